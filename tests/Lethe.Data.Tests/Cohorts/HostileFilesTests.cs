using System.IO.Compression;
using System.Text;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>Damaged and odd files give the right answer or a clear error, never a crash or a wrong count.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lethe").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("\uFEFFid,time,variable,value\r\ns0,1,hr,70\r\ns1,2,hr,80\r\n")]
    [InlineData("value,variable,id,time\n70,hr,s0,1\n80,hr,s1,2")]
    [InlineData("ID,Time,Variable,Value,note\ns0,1,hr,70,\"a, quoted\nnote\"\n\ns1,2,\"hr\",\"80\",ü北\n")]
    public void Byte_order_marks_line_ends_quotes_and_column_order_do_not_matter(string text)
    {
        CohortReadResult result = Read(text);
        Assert.Equal([(0, 1f, 0, 70f), (1, 2f, 0, 80f)], CohortSamples.Events(result.Cohort));
        Assert.Equal(2, result.Tally.Read);
    }

    [Fact]
    public void Every_row_is_accounted_for()
    {
        CohortReadResult result = Read("id,time,variable,value\ns0,1,hr,70\ns0,1,hr,71\nghost,1,hr,70\ns1,x,hr,70\ns1,,hr,70\ns1,2,hr,\ns1,2,hr,high\ns1,2,,5\ns1,-3,hr,60\n");
        Assert.Equal(9, result.Tally.Read);
        Assert.Equal(3, result.Tally.Kept);
        Assert.Equal(result.Tally.Read, result.Tally.Kept + result.Tally.LeftOut.Sum(l => l.Count));
        Assert.Contains(result.Tally.LeftOut, l => l.Reason.StartsWith("identifier", StringComparison.Ordinal) && l.Places[0].EndsWith(":4", StringComparison.Ordinal));
        Assert.Contains(result.Tally.Noted, l => l.Reason.Contains("before admission", StringComparison.Ordinal));
        Assert.Contains(result.Tally.Noted, l => l.Reason.Contains("same stay, time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "LR005")]
    [InlineData("id,time,value\ns0,1,70\n", "LR002")]
    [InlineData("id,time,variable,value\ns0,1,hr\n", "LR003")]
    public void Broken_files_are_refused_with_a_code(string text, string code)
    {
        DataException e = Assert.Throws<DataException>(() => Read(text));
        Assert.Equal(code, e.Problems[0].Code);
        Assert.NotEmpty(e.Problems[0].Remedy);
    }

    [Fact]
    public void A_truncated_archive_is_refused_with_the_line()
    {
        StringBuilder text = new("id,time,variable,value\n");
        RandomStream r = new Seed(5).Stream("rows");
        for (int i = 0; i < 20_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"s{i % 3},{r.NextDouble()},hr,{r.NextInt(200)}\n");
        byte[] whole = Gzip(text.ToString());
        string path = Path.Combine(_folder, "cut.csv.gz");
        int refused = 0;
        foreach (double share in (double[])[0.1, 0.5, 0.9, 0.999])
        {
            File.WriteAllBytes(path, whole[..(int)(whole.Length * share)]);
            try
            {
                CohortReadResult result = TidyCohortReader.Read(path, CohortSamples.Statics(3), []);
                Assert.Fail($"A file cut at {share:P1} was read as if it were whole: {result.Tally.Read} rows");
            }
            catch (DataException e)
            {
                Assert.Contains(e.Problems[0].Code, (string[])["LR003", "LR004"]);
                refused++;
            }
        }

        Assert.Equal(4, refused);
        File.WriteAllBytes(path, whole);
        Assert.Equal(20_000, TidyCohortReader.Read(path, CohortSamples.Statics(3), []).Tally.Read);
    }

    [Fact]
    public void A_line_of_a_million_characters_is_one_row()
    {
        string variable = new('v', 1_000_000);
        CohortReadResult result = Read($"id,time,variable,value\ns0,1,{variable},70\ns1,1,hr,80\n");
        Assert.Equal(2, result.Tally.Kept);
        Assert.Equal(1_000_000, result.Cohort.Channels[0].Name.Length);
    }

    [Fact]
    public void Random_bytes_never_crash()
    {
        RandomStream r = new Seed(11).Stream("bytes");
        string path = Path.Combine(_folder, "noise.csv");
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] bytes = new byte[r.NextInt(400)];
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = r.NextBool(0.6) ? (byte)"id,time,variable,value\r\n\"0123456789.-e"[r.NextInt(37)] : (byte)r.NextInt(256);
            File.WriteAllBytes(path, [.. "id,time,variable,value\n"u8, .. bytes]);
            try
            {
                CohortReadResult result = TidyCohortReader.Read(path, CohortSamples.Statics(2), []);
                Assert.Equal(result.Tally.Read, result.Tally.Kept + result.Tally.LeftOut.Sum(l => l.Count));
            }
            catch (DataException e)
            {
                Assert.NotEmpty(e.Problems);
            }
        }
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }

    private CohortReadResult Read(string text)
    {
        string path = Path.Combine(_folder, "events.csv");
        File.WriteAllText(path, text);
        return TidyCohortReader.Read(path, CohortSamples.Statics(2), []);
    }
}
