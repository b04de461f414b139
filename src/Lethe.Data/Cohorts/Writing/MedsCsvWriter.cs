using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lethe.Data.Files;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>
/// Writes a cohort as an event stream shaped like the Medical Event Data Standard: <c>subject_id,time,code,numeric_value</c>,
/// sorted by subject and time, static attributes first with an empty time. Codes are <c>STATIC//column</c> (or
/// <c>STATIC//column//level</c>), <c>ICU_ADMISSION</c>, <c>CHANNEL//name//unit</c> (levels of a categorical channel as a fourth part) and
/// <c>MEDS_DEATH</c>. Subjects are numbered anew; admission is midnight of <see cref="FhirBulkWriter.Anchor"/>.
/// </summary>
public static class MedsCsvWriter
{
    /// <summary>Writes the stream.</summary>
    /// <param name="cohort">The cohort; each stay becomes a subject.</param>
    /// <param name="path">A CSV file, gzipped when it ends in <c>.gz</c>.</param>
    public static void Write(Cohort cohort, string path)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        FhirStatics statics = new(cohort);
        AtomicFile.Write(path, stream =>
        {
            using Stream sink = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true) : stream;
            using StreamWriter text = new(sink, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            text.WriteLine("subject_id,time,code,numeric_value");
            for (int i = 0; i < cohort.Count; i++)
                WriteStay(text, cohort, statics, i);
        });
    }

    private static void WriteStay(StreamWriter text, Cohort cohort, FhirStatics statics, int stay)
    {
        int subject = stay + 1;
        foreach (Column column in cohort.Statics.Columns)
        {
            if (column.IsMissing(stay) || column.Schema.Role is ColumnRole.Identifier or ColumnRole.PatientKey || column is TextColumn)
                continue;
            if (column is NumericColumn number)
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{subject},,{CsvText.Quote("STATIC//" + column.Name)},{number[stay]:R}"));
            else
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{subject},,{CsvText.Quote("STATIC//" + column.Name + "//" + column.Format(stay))},"));
        }

        StayEvents events = cohort[stay];
        bool admitted = false;
        for (int e = 0; e < events.Count; e++)
        {
            if (!admitted && events.Times[e] >= 0)
            {
                text.WriteLine($"{subject},{Time(0)},ICU_ADMISSION,");
                admitted = true;
            }

            Channel channel = cohort.Channels[events.Channels[e]];
            string code = $"CHANNEL//{channel.Name}//{channel.Unit}";
            bool level = channel.Kind == ChannelKind.Categorical && events.Values[e] < channel.Levels.Count;
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{subject},{Time(events.Times[e])},{CsvText.Quote(level ? $"{code}//{channel.Levels[(int)events.Values[e]]}" : code)},{(level ? "" : events.Values[e].ToString("R", CultureInfo.InvariantCulture))}"));
        }

        if (!admitted)
            text.WriteLine($"{subject},{Time(0)},ICU_ADMISSION,");
        if (statics.Died(stay) == true)
            text.WriteLine($"{subject},{Time(statics.EndHours(stay))},MEDS_DEATH,");
    }

    private static string Time(double hours) =>
        FhirBulkWriter.Anchor.AddSeconds(Math.Round(hours * 3600)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
