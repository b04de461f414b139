using System.Text;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Serialization;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tests.Contracts;

/// <summary>Every method that has a model file: saved equals live, the same model gives the same bytes, and no patient is in it.</summary>
public sealed class ModelFileContract
{
    private const int Canaries = 5;

    public static TheoryData<string> Names => Contract.Saveable;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_model_samples_as_the_live_one(string method)
    {
        FittedTableSynthesizer model = Contract.Fitted(method), loaded = Contract.Reload(model);
        Assert.Equal(model.Descriptor, loaded.Descriptor);
        Assert.Equal(model.Claim, loaded.Claim);
        Contract.AssertEqual(model.SampleTable(5000, new Seed(12)), loaded.SampleTable(5000, new Seed(12)));
        Assert.Equal(Contract.Bytes(model), Contract.Bytes(loaded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_fit_gives_the_same_file(string method) =>
        Assert.Equal(Contract.Bytes(Contract.Fitted(method)), Contract.Bytes(Contract.Fit(method, ContractTables.Mixed())));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_refused_wherever_it_is_damaged(string method)
    {
        byte[] bytes = Contract.Bytes(Contract.Fitted(method));
        RandomStream random = new Seed(17).Stream("damage");
        for (int repeat = 0; repeat < 60; repeat++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.NextInt(damaged.Length)] ^= (byte)(1 << random.NextInt(8));
            LoadsAsBeforeOrIsRefused(bytes, damaged);
            LoadsAsBeforeOrIsRefused(bytes, bytes[..random.NextInt(bytes.Length)]);
        }
    }

    /// <summary>
    /// Rows with values that no other row has, in the middle of their columns. Where such a row's values stand together, in
    /// one array or at one place of several arrays, the file holds the row.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_training_row_can_be_read_out_of_the_file(string method)
    {
        (Table table, double[][] canaries) = WithCanaries();
        byte[] file = Contract.Bytes(Contract.Fit(method, table));
        using MemoryStream stream = new(file);
        SafetensorsFile arrays = Safetensors.Read(new MemoryStream(ModelArchive.Read(stream)[ModelArchive.Weights]));
        List<(string Array, int Length, int Index, int Canary, int Column)> hits = [];
        foreach (NamedArray array in arrays.Arrays)
        {
            double[] values = Values(array);
            int from = hits.Count;
            for (int i = 0; i < values.Length; i++)
            {
                for (int k = 0; k < Canaries; k++)
                {
                    for (int c = 0; c < canaries[k].Length; c++)
                    {
                        if (Math.Abs(values[i] - canaries[k][c]) < 1e-4)
                            hits.Add((array.Name, array.Length, i, k, c));
                    }
                }
            }

            // Within one array: two columns of one canary within a row's length of each other.
            var here = hits[from..];
            Assert.DoesNotContain(here, a => here.Any(b => b.Canary == a.Canary && b.Column != a.Column && Math.Abs(a.Index - b.Index) <= 2 * table.Columns.Count));
        }

        // Across arrays of one length: most canaries at the same place in the same two arrays would mean rows side by side.
        var aligned = hits.SelectMany(a => hits.Where(b => b.Canary == a.Canary && b.Column > a.Column && b.Index == a.Index && b.Length == a.Length && b.Array != a.Array)
            .Select(b => (a.Array, Other: b.Array, a.Canary))).Distinct().GroupBy(p => (p.Array, p.Other));
        Assert.All(aligned, pair => Assert.True(pair.Count() < 3, $"arrays {pair.Key} hold values of the same rows side by side"));

        string text = Encoding.UTF8.GetString(file);
        Assert.DoesNotContain("patient ", text);
    }

    private static void LoadsAsBeforeOrIsRefused(byte[] original, byte[] damaged)
    {
        FittedSynthesizer loaded;
        try
        {
            loaded = ModelFile.Read(new MemoryStream(damaged));
        }
        catch (InvalidDataException)
        {
            return;
        }

        // A bit that zip readers ignore (a time stamp, a version): the content is what it was.
        Assert.Equal(original, Contract.Bytes(loaded));
    }

    private static (Table Table, double[][] Canaries) WithCanaries()
    {
        Table mixed = ContractTables.Mixed();
        double[] age = ((NumericColumn)mixed["age"]).Values.ToArray(), ratio = ((NumericColumn)mixed["ratio"]).Values.ToArray(), admitted = ((NumericColumn)mixed["admitted"]).Values.ToArray();
        double[][] canaries = new double[Canaries][];
        int[] rows = new Seed(23).Stream("canaries").Permutation(age.Length)[..Canaries];
        for (int k = 0; k < Canaries; k++)
        {
            // Ranks differ between the columns, so that sorted columns do not line up by themselves.
            canaries[k] = [51.003 + (3 * k), 0.803 + (0.1 * ((k + 2) % Canaries)), 18402.25 + (17 * ((k + 3) % Canaries)) + (1 / 1440.0)];
            (age[rows[k]], ratio[rows[k]], admitted[rows[k]]) = (canaries[k][0], canaries[k][1], canaries[k][2]);
        }

        return (new Table(mixed.Columns.Select(c => c.Name switch
        {
            "age" => new NumericColumn(c.Schema with { Kind = ColumnKind.Continuous, Decimals = 3 }, age),
            "ratio" => new NumericColumn(c.Schema with { Decimals = 3 }, ratio),
            "admitted" => new NumericColumn(c.Schema, admitted),
            _ => c,
        })), canaries);
    }

    private static double[] Values(NamedArray array) => array switch
    {
        _ when array.ElementType == typeof(double) => array.Elements<double>(),
        _ when array.ElementType == typeof(float) => [.. array.Elements<float>().Select(f => (double)f)],
        _ when array.ElementType == typeof(int) => [.. array.Elements<int>().Select(i => (double)i)],
        _ => [],
    };
}
