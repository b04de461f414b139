using System.IO.Compression;
using System.Text;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Import;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>Every source of cohorts with the oddities and the damage that files have: the right answer or a clear error, never a crash or a wrong count.</summary>
public sealed class HostileSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Sources => [.. SmallSources.All];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Sources))]
    public void Line_ends_byte_order_marks_and_quotes_do_not_matter(string source)
    {
        CohortReadResult plain = Read(source, SmallSources.Files(source));
        Assert.True(plain.Tally.Kept > 0);
        HospitalReaderTests.Balanced(plain);
        foreach (Func<string, string> change in (Func<string, string>[])[
            t => t.Replace("\n", "\r\n", StringComparison.Ordinal),
            t => "\uFEFF" + t,
            t => t.TrimEnd('\n'),
            t => t + "\n\n",
            Quoted])
        {
            Same(plain, Read(source, Changed(source, change)));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_line_of_a_million_characters_is_one_row(string source)
    {
        string note = "\"ü北, \"\"quoted\"\"\n" + new string('x', 1_000_000) + "\"";
        CohortReadResult plain = Read(source, SmallSources.Files(source));
        Dictionary<string, string> files = SmallSources.Files(source);
        foreach (string table in files.Keys.Where(f => !f.EndsWith(".yaml", StringComparison.Ordinal) && !IsStatics(f) && source != "wide").ToList())
        {
            string[] lines = files[table].TrimEnd('\n').Split('\n');
            files[table] = string.Join('\n', lines.Select((l, i) => i == 0 ? l + ",remark" : i == lines.Length - 1 ? l + "," + note : l + ",")) + "\n";
        }

        if (source == "wide")
            files["wide.csv"] = files["wide.csv"].Replace("s9,1,60,", "s9,1," + new string('9', 1_000_000) + ",", StringComparison.Ordinal); // an unknown stay
        Same(plain, Read(source, files));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void An_archive_that_was_cut_is_refused(string source)
    {
        foreach ((string table, string text) in SmallSources.Files(source))
        {
            if (table.EndsWith(".yaml", StringComparison.Ordinal) || table.EndsWith(".txt", StringComparison.Ordinal))
                continue; // never compressed
            byte[] whole = Gzip(text);
            CohortReadResult plain = Read(source, SmallSources.Files(source));
            Place(SmallSources.Files(source), table);
            string path = _folder.File(table + ".gz");
            File.WriteAllBytes(path, whole);
            Same(plain, Import(source, _folder.Path));
            foreach (int cut in (int[])[1, 4, 9, whole.Length / 2])
            {
                File.WriteAllBytes(path, whole[..^cut]);
                DataException e = Assert.Throws<DataException>(() => Import(source, _folder.Path));
                Assert.NotEmpty(e.Problems[0].Remedy);
                Assert.Contains(table, e.Problems[0].File, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_ragged_row_is_refused_with_its_line(string source)
    {
        foreach (string table in SmallSources.Files(source).Keys.Where(f => !f.EndsWith(".yaml", StringComparison.Ordinal) && !IsStatics(f)))
        {
            Dictionary<string, string> files = SmallSources.Files(source);
            files[table] = files[table].TrimEnd('\n') + "\n1\n";
            DataException e = Assert.Throws<DataException>(() => Read(source, files));
            Assert.Equal("LR003", e.Problems[0].Code);
            Assert.Equal(files[table].Count(c => c == '\n'), e.Problems[0].Line);
            Assert.EndsWith(table, e.Problems[0].File, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Random_damage_never_crashes_or_loses_count(string source)
    {
        RandomStream r = new Seed(77).Derive(source).Stream("damage");
        string[] splices = ["\"", ",", "\n", "\r", "\0", "\uFEFF", "-", "1e999", "NaN", "999999999999999999999", "2152-13-45 00:00:00", "//", "%", "é", "\n\n", ";"];
        int read = 0, refused = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            Dictionary<string, string> files = SmallSources.Files(source);
            string table = files.Keys.ElementAt(r.NextInt(files.Count));
            StringBuilder text = new(files[table]);
            for (int n = 1 + r.NextInt(3); n > 0 && text.Length > 0; n--)
            {
                int at = r.NextInt(text.Length);
                if (r.NextBool(0.5))
                    text.Remove(at, Math.Min(1 + r.NextInt(6), text.Length - at));
                else
                    text.Insert(at, splices[r.NextInt(splices.Length)]);
            }

            files[table] = text.ToString();
            try
            {
                HospitalReaderTests.Balanced(Read(source, files));
                read++;
            }
            catch (DataException e)
            {
                Assert.All(e.Problems, p => Assert.NotEmpty(p.Message));
                refused++;
            }
        }

        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused: the damage tests nothing");
    }

    private CohortReadResult Read(string source, Dictionary<string, string> files) => Import(source, Place(files));

    private static CohortReadResult Import(string source, string folder) =>
        CohortImport.Run(source.Split('/')[0], folder, CohortDefinition.Everything, null, null, TestContext.Current.CancellationToken);

    private string Place(Dictionary<string, string> files, string? without = null)
    {
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.Delete(file);
        foreach ((string name, string text) in files.Where(f => f.Key != without))
            File.WriteAllText(_folder.File(name), text);
        return _folder.Path;
    }

    private static Dictionary<string, string> Changed(string source, Func<string, string> change) =>
        SmallSources.Files(source).ToDictionary(f => f.Key, f => f.Key.EndsWith(".yaml", StringComparison.Ordinal) ? f.Value : change(f.Value));

    private static void Same(CohortReadResult a, CohortReadResult b)
    {
        Assert.Equal(CohortSamples.Events(a.Cohort), CohortSamples.Events(b.Cohort));
        Assert.Equal((a.Tally.Read, a.Tally.Kept, a.Cohort.Count), (b.Tally.Read, b.Tally.Kept, b.Cohort.Count));
        HospitalReaderTests.Balanced(b);
    }

    private static bool IsStatics(string file) => file is "statics.csv";

    private static string Quoted(string text) => string.Join('\n', text.Split('\n').Select(line =>
        line.Length == 0 || line.Contains('"', StringComparison.Ordinal) ? line : string.Join(',', line.Split(',').Select(c => $"\"{c}\""))));

    private static byte[] Gzip(string text)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }
}
