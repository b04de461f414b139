using Lethe.Evaluation.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Fidelity.Accuracy;

/// <summary>
/// Product accuracy: A = mean over columns, pairs or triples of columns of 1 − TVD, the total variation distance of their joint
/// label shares, together with the value that pure sampling noise would allow at best.
/// </summary>
public static class MarginalAccuracy
{
    /// <summary>Triples that <see cref="Trivariate"/> looks at when there are more.</summary>
    public const int MaxTriples = 1000;

    private const int DenseCells = 1 << 14;

    /// <summary>An accuracy with the expected accuracy of a table drawn from the same population.</summary>
    /// <param name="Accuracy">Mean 1 − TVD, 0–1.</param>
    /// <param name="ExpectedMaximum">
    /// 1 − ½ Σ_cells √(2p(1 − p)(1/n_R + 1/n_S)/π), the mean absolute difference of two sampled shares, averaged alike.
    /// </param>
    /// <param name="Margins">Number of columns, pairs or triples averaged.</param>
    public readonly record struct Result(double Accuracy, double ExpectedMaximum, int Margins)
    {
        /// <summary>A/A_max: about 1 for a fresh real sample; well above 1 signals copying.</summary>
        public double Relative => Accuracy / ExpectedMaximum;
    }

    /// <summary>A1: mean over columns; NaN without columns.</summary>
    public static Result Univariate(IReadOnlyList<LabelledColumn> columns) =>
        Mean([.. Enumerable.Range(0, columns.Count).Select(j => Of([columns[j]]))]);

    /// <summary>A2: mean over all pairs of columns; NaN with fewer than two columns.</summary>
    public static Result Bivariate(IReadOnlyList<LabelledColumn> columns)
    {
        List<Result> pairs = [];
        for (int a = 0; a < columns.Count; a++)
        {
            for (int b = a + 1; b < columns.Count; b++)
                pairs.Add(Of([columns[a], columns[b]]));
        }

        return Mean(pairs);
    }

    /// <summary>A3: mean over all triples, or over <see cref="MaxTriples"/> drawn without replacement; NaN with fewer than three columns.</summary>
    public static Result Trivariate(IReadOnlyList<LabelledColumn> columns, Seed seed)
    {
        List<(int A, int B, int C)> triples = Triples(columns.Count, seed);
        return Mean([.. triples.Select(t => Of([columns[t.A], columns[t.B], columns[t.C]]))]);
    }

    /// <summary>Accuracy and expected maximum of one joint margin.</summary>
    public static Result Of(ReadOnlySpan<LabelledColumn> margin)
    {
        int realRows = margin[0].Real.Length, otherRows = margin[0].Other.Length;
        double distance = 0, noise = 0, scale = 2 * ((1.0 / realRows) + (1.0 / otherRows)) / Math.PI;
        foreach ((int real, int other) in Cells(margin))
        {
            double p = (double)real / realRows;
            distance += Math.Abs(p - ((double)other / otherRows));
            noise += Math.Sqrt(p * (1 - p) * scale);
        }

        return new Result(1 - (distance / 2), 1 - (noise / 2), 1);
    }

    /// <summary>Counts per joint label: in an array while that is small, else only of those that occur.</summary>
    private static IEnumerable<(int Real, int Other)> Cells(ReadOnlySpan<LabelledColumn> margin)
    {
        double cells = 1;
        foreach (LabelledColumn c in margin)
            cells *= c.Levels;
        long[] real = Joint(margin, c => c.Real), other = Joint(margin, c => c.Other);
        if (cells <= DenseCells)
        {
            (int Real, int Other)[] dense = new (int, int)[(int)cells];
            foreach (long cell in real)
                dense[cell].Real++;
            foreach (long cell in other)
                dense[cell].Other++;
            return dense;
        }

        Dictionary<long, (int Real, int Other)> sparse = [];
        foreach (long cell in real)
            sparse[cell] = (sparse.GetValueOrDefault(cell).Real + 1, 0);
        foreach (long cell in other)
            sparse[cell] = (sparse.GetValueOrDefault(cell).Real, sparse.GetValueOrDefault(cell).Other + 1);
        return sparse.Values;
    }

    private static long[] Joint(ReadOnlySpan<LabelledColumn> margin, Func<LabelledColumn, int[]> side)
    {
        long[] joint = new long[side(margin[0]).Length];
        foreach (LabelledColumn column in margin)
        {
            int[] labels = side(column);
            for (int i = 0; i < joint.Length; i++)
                joint[i] = (joint[i] * column.Levels) + labels[i];
        }

        return joint;
    }

    private static Result Mean(List<Result> parts) => parts.Count == 0
        ? new Result(double.NaN, double.NaN, 0)
        : new Result(parts.Average(r => r.Accuracy), parts.Average(r => r.ExpectedMaximum), parts.Count);

    private static List<(int A, int B, int C)> Triples(int columns, Seed seed)
    {
        List<(int A, int B, int C)> triples = [];
        long all = (long)columns * (columns - 1) * (columns - 2) / 6;
        if (all <= 4 * MaxTriples)
        {
            for (int a = 0; a < columns; a++)
            {
                for (int b = a + 1; b < columns; b++)
                {
                    for (int c = b + 1; c < columns; c++)
                        triples.Add((a, b, c));
                }
            }

            if (triples.Count <= MaxTriples)
                return triples;
            int[] order = seed.Stream("triples").Permutation(triples.Count);
            return [.. order.Take(MaxTriples).Order().Select(i => triples[i])];
        }

        RandomStream random = seed.Stream("triples");
        HashSet<(int A, int B, int C)> drawn = [];
        while (drawn.Count < MaxTriples)
        {
            int[] t = [random.NextInt(columns), random.NextInt(columns), random.NextInt(columns)];
            Array.Sort(t);
            if (t[0] < t[1] && t[1] < t[2] && drawn.Add((t[0], t[1], t[2])))
                triples.Add((t[0], t[1], t[2]));
        }

        return triples;
    }
}
