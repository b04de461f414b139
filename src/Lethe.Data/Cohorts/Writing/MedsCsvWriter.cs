using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lethe.Data.Cohorts.Documents;
using Lethe.Data.Files;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>
/// Writes a cohort as an event stream shaped like the Medical Event Data Standard: <c>subject_id,time,code,numeric_value</c>,
/// sorted by subject and time, static attributes first with an empty time. Codes are <c>STATIC//column</c> (or
/// <c>STATIC//column//level</c>), <c>ICU_ADMISSION</c>, <c>CHANNEL//name//unit</c> (levels of a categorical channel as a third part),
/// <c>OUTCOME//column//level</c> and <c>MEDS_DEATH</c> at the end of the stay; a slash that would end a part early is written
/// <c>%2F</c>. Every stay is a subject; stays and patients are numbered anew, so that no identifier of the source leaves.
/// Admission is midnight of <see cref="FhirBulkWriter.Anchor"/>; times are exact to the microsecond.
/// </summary>
public static class MedsCsvWriter
{
    /// <summary>The stream.</summary>
    public const string EventsFile = "meds_events.csv.gz";

    /// <summary>Writes the stream, and beside it what it cannot say of channels (<c>channels.yaml</c>) and static columns (<c>statics.schema.yaml</c>).</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="folder">Created when absent.</param>
    /// <param name="done">Told how many stays are written.</param>
    /// <param name="cancellation">Stops the writing; nothing is left then.</param>
    public static void Write(Cohort cohort, string folder, IProgress<int>? done = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        Directory.CreateDirectory(folder);
        FhirStatics statics = new(cohort);
        StayWatch watch = new(cohort.Count, done, cancellation);
        AtomicFile.Write(Path.Combine(folder, EventsFile), stream =>
        {
            using Stream sink = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
            using StreamWriter text = new(sink, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            text.WriteLine("subject_id,time,code,numeric_value");
            for (int i = 0; i < cohort.Count; i++)
            {
                watch.Next(i);
                WriteStay(text, cohort, statics, i);
            }
        });
        AtomicFile.WriteAllText(Path.Combine(folder, CohortFolder.ChannelsFile), ChannelsYaml.Write(cohort));
        AtomicFile.WriteAllText(Path.Combine(folder, CohortFolder.SchemaFile), SchemaYaml.Write(cohort.Schema));
    }

    private static void WriteStay(StreamWriter text, Cohort cohort, FhirStatics statics, int stay)
    {
        string subject = (stay + 1).ToString(CultureInfo.InvariantCulture);
        foreach (Column column in cohort.Statics.Columns.Where(c => !cohort.Outcomes.Contains(c.Name)))
            Attribute(text, subject, "", MedsCode.Static, column, statics, stay);
        StayEvents events = cohort[stay];
        bool admitted = false;
        for (int e = 0; e < events.Count; e++)
        {
            if (!admitted && events.Times[e] >= 0)
                Line(text, subject, Time(0), MedsCode.Admission, "");
            admitted |= events.Times[e] >= 0;
            Channel channel = cohort.Channels[events.Channels[e]];
            float value = events.Values[e];
            if (channel.Kind == ChannelKind.Categorical && value >= 0 && value < channel.Levels.Count)
                Line(text, subject, Time(events.Times[e]), MedsCode.Of(MedsCode.Channel, channel.Name, channel.Unit ?? "", channel.Levels[(int)value]), "");
            else
                Line(text, subject, Time(events.Times[e]), MedsCode.Of(MedsCode.Channel, channel.Name, channel.Unit ?? ""), value.ToString("R", CultureInfo.InvariantCulture));
        }

        if (!admitted)
            Line(text, subject, Time(0), MedsCode.Admission, "");
        string end = Time(statics.EndHours(stay));
        foreach (string outcome in cohort.Outcomes)
            Attribute(text, subject, end, MedsCode.Outcome, cohort.Statics[outcome], statics, stay);
        if (statics.Died(stay) == true)
            Line(text, subject, end, MedsCode.Death, "");
    }

    private static void Attribute(StreamWriter text, string subject, string time, string kind, Column column, FhirStatics statics, int stay)
    {
        if (column.IsMissing(stay) || column.Schema.Role == ColumnRole.Identifier || column.Name == Cohort.StayIdColumn)
            return;
        if (column.Schema.Role == ColumnRole.PatientKey)
            Line(text, subject, time, MedsCode.Of(kind, column.Name, statics.PatientId(stay)), "");
        else if (column is NumericColumn { Schema.Kind: not ColumnKind.DateTime } number)
            Line(text, subject, time, MedsCode.Of(kind, column.Name), number[stay].ToString("R", CultureInfo.InvariantCulture));
        else
            Line(text, subject, time, MedsCode.Of(kind, column.Name, column.Format(stay) ?? ""), "");
    }

    private static void Line(StreamWriter text, string subject, string time, string code, string value)
    {
        text.Write(subject);
        text.Write(',');
        text.Write(time);
        text.Write(',');
        text.Write(CsvText.Quote(code));
        text.Write(',');
        text.WriteLine(value);
    }

    private static string Time(double hours) => FhirBulkWriter.Instant(hours).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
}
