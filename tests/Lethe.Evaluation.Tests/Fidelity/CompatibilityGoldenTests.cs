using Lethe.Data.Tables;
using Lethe.Evaluation.Compatibility;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Tests.Support;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Tests.Fidelity;

public sealed class CompatibilityGoldenTests
{
    [Fact]
    public void Association_differences_of_the_second_library_agree()
    {
        Golden golden = Golden.Load("tabular/expected/association_differences.json");
        foreach (GoldenCase c in GoldenCase.Of(golden).Where(c => c.Expected.TryGetProperty("mixed_correlation_frobenius", out _)))
        {
            TablePair pair = TablePair.Of(GoldenTable.Read(golden, c.Input("real")), GoldenTable.Read(golden, c.Input("synthetic")), new Seed(1));
            c.Check("mixed_correlation_frobenius", AssociationCompatibility.MixedFrobenius(pair.Real, pair.Other));
        }
    }

    [Fact]
    public void Pooled_ranges_of_the_second_library_agree()
    {
        Golden golden = Golden.Load("tabular/expected/gower.json");
        GoldenCase c = new(golden.Case("d-pooled-range"));
        TablePair pair = TablePair.Of(GoldenTable.Read(golden, c.Input("real")), GoldenTable.Read(golden, c.Input("synthetic")), new Seed(1));
        GowerCompatibility gower = new(pair.Real, pair.Other);
        double[] nearest = [.. Enumerable.Range(0, pair.Other.RowCount).Select(j => Enumerable.Range(0, pair.Real.RowCount).Min(i => gower.Between(j, i)))];
        c.CheckVector(c.Expected.GetProperty("nearest_real_distance_of_synthetic"), nearest, "nearest");
    }
}
