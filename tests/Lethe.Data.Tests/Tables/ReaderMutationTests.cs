using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables.Reading;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Tables;

/// <summary>Damaged files are read or refused with problems; nothing else happens, and no row goes missing unaccounted.</summary>
public sealed class ReaderMutationTests
{
    private const string Alphabet = ",;|\t\"'\\\r\n 0123456789.-+eE<>?%°xyzNA\0\uFEFF";

    [Fact]
    public void DamagedFilesAreReadOrRefused()
    {
        RandomStream random = new Seed(99).Stream("mutations");
        byte[] good = Encoding.UTF8.GetBytes("id,age,sex,temp,seen,note\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            $"{i},{20 + i},{(i % 2 == 0 ? "m" : "f")},{36 + (i % 4)}.{i % 10} °C,2020-01-{1 + (i % 28):00},\"a, \"\"{i % 5}\"\"\nb\"\n")));
        Schema schema = ReadText.Read(good).Schema;
        int read = 0, refused = 0;
        for (int trial = 0; trial < 600; trial++)
        {
            byte[] damaged = Damage(good, random);
            TableReadOptions options = new()
            {
                Schema = random.NextBool() ? schema : null,
                BadRows = random.NextBool() ? BadRows.Reject : BadRows.Fail,
                UnknownLevels = (UnknownLevels)random.NextInt(3),
                IgnoreExtraColumns = random.NextBool(),
            };
            try
            {
                TableReadResult result = ReadText.Read(damaged, options);
                Assert.Equal(result.Report.RowsRead - result.Report.RowsRejected, result.Table.RowCount);
                Assert.DoesNotContain(result.Report.Problems, p => p.Severity == Severity.Error);
                read++;
            }
            catch (DataException e)
            {
                Assert.Contains(e.Problems, p => p.Severity == Severity.Error);
                Assert.All(e.Problems, p => Assert.Matches(@"^LD\d{3}$", p.Code));
                refused++;
            }
        }

        // Both outcomes must be common, or the test shows nothing.
        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    [Fact]
    public void DamagedSchemaFilesAreReadOrRefused()
    {
        RandomStream random = new Seed(98).Stream("mutations");
        Schema schema = ReadText.Read("id,age,sex,seen\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{20 + i},{(i % 2 == 0 ? "m" : "f")},2020-01-{1 + (i % 28):00}\n"))).Schema;
        schema = schema.WithColumns(schema.Columns.Select(c => c with { Description = "Free words, in which most damage does no harm; keys and values take none." }));
        byte[] good = Encoding.UTF8.GetBytes(SchemaYaml.Write(schema));
        int read = 0, refused = 0;
        for (int trial = 0; trial < 600; trial++)
        {
            string text = Encoding.UTF8.GetString(Damage(good, random, mostEdits: 1));
            try
            {
                _ = SchemaYaml.Parse(text);
                read++;
            }
            catch (DataException)
            {
                refused++;
            }
        }

        Assert.True(read > 50 && refused > 50, $"{read} read, {refused} refused");
    }

    private static byte[] Damage(byte[] good, RandomStream random, int mostEdits = 4)
    {
        List<byte> bytes = [.. good];
        int edits = 1 + random.NextInt(mostEdits);
        for (int i = 0; i < edits && bytes.Count > 1; i++)
        {
            int at = random.NextInt(bytes.Count);
            byte[] insert = Encoding.UTF8.GetBytes(Alphabet[random.NextInt(Alphabet.Length)].ToString());
            switch (random.NextInt(5))
            {
                case 0:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.NextInt(8)));
                    break;
                case 1:
                    bytes.InsertRange(at, insert);
                    break;
                case 2:
                    bytes[at] = (byte)random.NextInt(256);
                    break;
                case 3:
                    bytes[at] = insert[0];
                    break;
                default:
                    bytes.RemoveRange(at, random.NextBool(0.1) ? bytes.Count - at : 1);
                    break;
            }
        }

        return [.. bytes];
    }
}
