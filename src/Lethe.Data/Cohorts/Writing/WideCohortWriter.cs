using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lethe.Data.Files;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>
/// Writes one row a stay and time with a column a channel: <c>stay_id,hours,heart_rate,…</c>, empty where nothing was read.
/// Readings that share stay, time and channel go into further rows of the same time, so that no event is lost.
/// </summary>
public static class WideCohortWriter
{
    /// <summary>Writes the events; the static table is written by the table writers.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="path">A CSV file, gzipped when it ends in <c>.gz</c>.</param>
    /// <param name="done">Told how many stays are written.</param>
    /// <param name="cancellation">Stops the writing; nothing is left then.</param>
    public static void Write(Cohort cohort, string path, IProgress<int>? done = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        StayWatch watch = new(cohort.Count, done, cancellation);
        AtomicFile.Write(path, stream =>
        {
            using Stream sink = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true) : stream;
            using StreamWriter text = new(sink, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            text.Write("stay_id,hours");
            foreach (Channel channel in cohort.Channels)
                text.Write("," + CsvText.Quote(channel.Name));
            text.WriteLine();
            string?[] row = new string?[cohort.Channels.Count];
            for (int i = 0; i < cohort.Count; i++)
            {
                watch.Next(i);
                WriteStay(text, cohort, i, CsvText.Quote(cohort.Statics[Cohort.StayIdColumn].Format(i) ?? ""), row);
            }
        });
    }

    private static void WriteStay(StreamWriter text, Cohort cohort, int stay, string id, string?[] row)
    {
        StayEvents events = cohort[stay];
        for (int e = 0; e < events.Count;)
        {
            float time = events.Times[e];
            Array.Clear(row);

            // Events of one time are sorted by channel: a channel that comes again starts a further row.
            List<(int Channel, string Value)> rest = [];
            for (; e < events.Count && events.Times[e] == time; e++)
                rest.Add((events.Channels[e], CsvText.Value(cohort.Channels[events.Channels[e]], events.Values[e])));
            while (rest.Count > 0)
            {
                List<(int Channel, string Value)> later = [];
                foreach ((int channel, string value) in rest)
                {
                    if (row[channel] is null)
                        row[channel] = value;
                    else
                        later.Add((channel, value));
                }

                text.Write(id);
                text.Write(',');
                text.Write(time.ToString("R", CultureInfo.InvariantCulture));
                foreach (string? cell in row)
                {
                    text.Write(',');
                    text.Write(cell);
                }

                text.WriteLine();
                Array.Clear(row);
                rest = later;
            }
        }
    }
}
