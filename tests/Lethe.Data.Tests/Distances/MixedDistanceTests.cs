using Lethe.Data.Distances;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Distances;

public sealed class MixedDistanceTests
{
    private static Table Make(double[] age, int[] sex, string[]? levels = null) => new(
    [
        new NumericColumn(new ColumnSchema { Name = "age", Kind = ColumnKind.Integer }, age),
        new DiscreteColumn(new ColumnSchema { Name = "sex", Kind = ColumnKind.Categorical, Categories = levels ?? ["f", "m"] }, sex),
    ]);

    [Theory]
    [InlineData(20, 0, 20, 0, 0.0)]
    [InlineData(20, 0, 60, 0, 0.5)]
    [InlineData(20, 0, 40, 1, 0.75)]
    [InlineData(20, 0, 400, 0, 0.5)]
    [InlineData(double.NaN, 0, 20, 0, 0.5)]
    [InlineData(double.NaN, 0, double.NaN, 0, 0.0)]
    [InlineData(20, -1, 20, 0, 0.5)]
    [InlineData(20, -1, 20, -1, 0.0)]
    public void Distance_follows_gower(double age1, int sex1, double age2, int sex2, double expected)
    {
        MixedDistance distance = new(Make([20, 60], [0, 1]));
        MixedPoints a = distance.Encode(Make([age1], [sex1])), b = distance.Encode(Make([age2], [sex2]));
        Assert.Equal(expected, distance.Between(a, 0, b, 0), 15);
        Assert.Equal(expected, distance.Between(b, 0, a, 0), 15);
    }

    [Fact]
    public void A_column_that_is_constant_in_the_reference_counts_any_difference_as_one()
    {
        MixedDistance distance = new(Make([30, 30], [0, 1]));
        MixedPoints points = distance.Encode(Make([30, 30.5, double.NaN], [0, 0, 0]));
        Assert.Equal(0.5, distance.Between(points, 0, points, 1));
        Assert.Equal(0.5, distance.Between(points, 0, points, 2));
        Assert.Equal(0, distance.Between(points, 2, points, 2));
    }

    [Fact]
    public void Levels_are_matched_by_name_not_by_code()
    {
        MixedDistance distance = new(Make([20, 60], [0, 1]));
        MixedPoints a = distance.Encode(Make([20, 20], [0, 1])), b = distance.Encode(Make([20, 20], [0, 2], ["m", "f", "x"]));
        Assert.Equal(0.5, distance.Between(a, 0, b, 0));
        Assert.Equal(0, distance.Between(a, 1, b, 0));
        Assert.Equal(0.5, distance.Between(a, 1, b, 1));
    }

    [Fact]
    public void Nearest_neighbours_equal_a_full_sort()
    {
        RandomStream random = new Seed(5).Stream("table");
        double[] age = new double[1300];
        int[] sex = new int[age.Length];
        for (int i = 0; i < age.Length; i++)
            (age[i], sex[i]) = (random.NextBool(0.1) ? double.NaN : random.NextInt(60), random.NextInt(3) - 1);
        Table table = Make(age, sex);
        MixedDistance distance = new(table);
        MixedPoints points = distance.Encode(table);
        Neighbours nearest = distance.Nearest(points, points, 4, excludeSelf: true);
        for (int i = 0; i < age.Length; i += 97)
        {
            int[] expected = [.. Enumerable.Range(0, age.Length).Where(j => j != i).OrderBy(j => distance.Between(points, i, points, j)).ThenBy(j => j).Take(4)];
            Assert.Equal(expected, Enumerable.Range(0, 4).Select(r => nearest.Row(i, r)));
            Assert.Equal(expected.Select(j => distance.Between(points, i, points, j)), Enumerable.Range(0, 4).Select(r => nearest.Distance(i, r)));
        }
    }

    [Fact]
    public void Mean_pairwise_distance_is_the_mean_over_pairs()
    {
        Table table = Make([20, 30, 60, double.NaN], [0, 1, -1, 0]);
        MixedDistance distance = new(table);
        MixedPoints points = distance.Encode(table);
        double sum = 0;
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < i; j++)
                sum += distance.Between(points, i, points, j);
        }

        Assert.Equal(sum / 6, distance.MeanPairwise(points), 14);
        Assert.True(double.IsNaN(distance.MeanPairwise(points.Take([0]))));
    }

    [Fact]
    public void Product_distances_reproduce_the_reference_values()
    {
        Golden golden = Golden.Load("tabular/expected/gower.json");
        var c = golden.Case("d-product");
        Table real = Csv(golden, c, "real"), synthetic = Csv(golden, c, "synthetic");
        MixedDistance distance = new(real);
        double[] dcr = distance.Nearest(distance.Encode(synthetic), distance.Encode(real), 1).Distances();
        double[] expected = Golden.Vector(c.GetProperty("expected").GetProperty("dcr_synthetic_to_real"));
        for (int i = 0; i < expected.Length; i++)
            Golden.Close(expected[i], dcr[i], 1e-9, 1e-9, $"row {i}");
    }

    /// <summary>The numeric columns of the generated clinical tables; all others hold levels, even where they look like numbers.</summary>
    private static readonly string[] Numeric = ["age", "trestbps", "chol", "thalach", "oldpeak", "ca"];

    private static Table Csv(Golden golden, System.Text.Json.JsonElement c, string input)
    {
        string[][] rows = [.. File.ReadAllLines(Path.Combine(golden.Folder, c.GetProperty("inputs").GetProperty(input).GetString()!)).Select(l => l.Split(','))];
        return new Table(rows[0].Select((name, j) =>
        {
            string[] cells = [.. rows.Skip(1).Select(r => r[j])];
            if (Numeric.Contains(name))
                return (Column)new NumericColumn(new ColumnSchema { Name = name, Kind = ColumnKind.Continuous, Decimals = 15 }, [.. cells.Select(s => s.Length == 0 ? double.NaN : double.Parse(s))]);
            string[] levels = [.. cells.Where(s => s.Length > 0).Distinct()];
            return new DiscreteColumn(new ColumnSchema { Name = name, Kind = ColumnKind.Categorical, Categories = levels }, [.. cells.Select(s => Array.IndexOf(levels, s))]);
        }));
    }
}
