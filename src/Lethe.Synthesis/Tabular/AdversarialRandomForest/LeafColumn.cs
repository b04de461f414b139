using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.AdversarialRandomForest;

/// <summary>The distributions p_lj of one column in every leaf.</summary>
internal abstract class LeafColumn
{
    /// <summary>p_lj(E): probability that a cell drawn in a leaf meets a condition.</summary>
    public abstract double Mass(int leaf, Condition condition);

    /// <summary>Draws a cell in a leaf, one that meets the condition if there is one.</summary>
    public abstract double Draw(int leaf, RandomStream random, Condition? condition);

    public abstract void Save(ModelWriter writer, int column);

    public static LeafColumn Load(ModelReader reader, int column, ForestColumn forest, int leaves) =>
        forest.IsNumeric ? LeafNumbers.Load(reader, column, forest.Grid!, leaves) : LeafLevels.Load(reader, column, forest.Codes, leaves);
}

/// <summary>A numeric column: a normal cut to the leaf's bounds, blank with the leaf's missing share.</summary>
internal sealed class LeafNumbers(NumericGrid grid, int leaves) : LeafColumn
{
    public double[] Mean { get; private init; } = new double[leaves];

    public double[] Sd { get; private init; } = new double[leaves];

    public double[] Lower { get; private init; } = new double[leaves];

    public double[] Upper { get; private init; } = new double[leaves];

    public double[] Missing { get; private init; } = new double[leaves];

    public override double Mass(int leaf, Condition condition)
    {
        if (!TryCut(leaf, condition, out double a, out double b))
            return 0;
        if (Sd[leaf] == 0)
            return 1 - Missing[leaf];
        double whole = StandardNormal.Mass(Standard(leaf, Lower[leaf]), Standard(leaf, Upper[leaf]));
        return whole > 0 ? (1 - Missing[leaf]) * StandardNormal.Mass(a, b) / whole : 0;
    }

    public override double Draw(int leaf, RandomStream random, Condition? condition)
    {
        if (condition is null && Missing[leaf] > 0 && random.NextDouble() < Missing[leaf])
            return double.NaN;
        double a = Standard(leaf, Lower[leaf]), b = Standard(leaf, Upper[leaf]);
        if (condition is not null)
            TryCut(leaf, condition, out a, out b);
        double x = Sd[leaf] == 0 ? Mean[leaf] : Mean[leaf] + (Sd[leaf] * StandardNormal.TruncatedInverse(a, b, random.NextOpenDouble()));
        return grid.Restore(x, condition);
    }

    public override void Save(ModelWriter writer, int column)
    {
        writer.Add($"{column}.mean", Mean);
        writer.Add($"{column}.sd", Sd);
        writer.Add($"{column}.lower", Lower);
        writer.Add($"{column}.upper", Upper);
        writer.Add($"{column}.missing", Missing);
    }

    public static LeafNumbers Load(ModelReader reader, int column, NumericGrid grid, int leaves)
    {
        LeafNumbers loaded = new(grid, leaves)
        {
            Mean = reader.FiniteDoubles($"{column}.mean", leaves),
            Sd = reader.FiniteDoubles($"{column}.sd", leaves),
            Lower = reader.FiniteDoubles($"{column}.lower", leaves),
            Upper = reader.FiniteDoubles($"{column}.upper", leaves),
            Missing = reader.FiniteDoubles($"{column}.missing", leaves),
        };
        for (int l = 0; l < leaves; l++)
        {
            ModelReader.Require(loaded.Sd[l] >= 0 && loaded.Lower[l] <= loaded.Upper[l], $"{column}.sd", "has a leaf without a distribution");
            ModelReader.Require(loaded.Missing[l] is >= 0 and <= 1 && (!grid.IsEmpty || loaded.Missing[l] == 1), $"{column}.missing", "holds no share");
        }

        return loaded;
    }

    private double Standard(int leaf, double x) => Sd[leaf] > 0 ? (x - Mean[leaf]) / Sd[leaf] : 0;

    /// <summary>The accepted part of the leaf's range, in standard deviations from its mean.</summary>
    private bool TryCut(int leaf, Condition condition, out double a, out double b)
    {
        a = b = 0;
        if (!grid.TryPreimage(condition, out double low, out double high))
            return false;
        if (Sd[leaf] == 0)
            return Mean[leaf] >= low && Mean[leaf] <= high;
        a = Standard(leaf, Math.Max(low, Lower[leaf]));
        b = Standard(leaf, Math.Min(high, Upper[leaf]));
        return a < b;
    }
}

/// <summary>A discrete column: level frequencies, missing being a level.</summary>
internal sealed class LeafLevels(int[] codes, double[] probabilities) : LeafColumn
{
    /// <summary>Leaves × levels.</summary>
    public double[] Probabilities => probabilities;

    public override double Mass(int leaf, Condition condition)
    {
        double mass = 0;
        for (int s = 0; s < codes.Length; s++)
            mass += condition.Accepts(codes[s]) ? probabilities[(leaf * codes.Length) + s] : 0;
        return mass;
    }

    public override double Draw(int leaf, RandomStream random, Condition? condition)
    {
        double u = random.NextDouble() * (condition is null ? 1 : Mass(leaf, condition));
        int last = 0;
        for (int s = 0; s < codes.Length; s++)
        {
            double p = probabilities[(leaf * codes.Length) + s];
            if (p <= 0 || condition?.Accepts(codes[s]) == false)
                continue;
            last = s;
            u -= p;
            if (u < 0)
                break;
        }

        return last;
    }

    public override void Save(ModelWriter writer, int column) => writer.Add($"{column}.levels", probabilities, probabilities.Length / codes.Length, codes.Length);

    public static LeafLevels Load(ModelReader reader, int column, int[] codes, int leaves)
    {
        double[] p = reader.FiniteDoubles($"{column}.levels", leaves, codes.Length);
        for (int l = 0; l < leaves; l++)
        {
            double sum = 0;
            foreach (double share in p.AsSpan(l * codes.Length, codes.Length))
                sum += share >= 0 ? share : double.NaN;
            ModelReader.Require(Math.Abs(sum - 1) < 1e-6, $"{column}.levels", "has a leaf whose shares do not sum to 1");
        }

        return new LeafLevels(codes, p);
    }
}
