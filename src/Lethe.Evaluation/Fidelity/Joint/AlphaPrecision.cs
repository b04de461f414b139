using Lethe.Evaluation.Statistics;
using Lethe.Learning;

namespace Lethe.Evaluation.Fidelity.Joint;

/// <summary>
/// α-precision, β-recall and authenticity of Alaa et al., "How faithful is your synthetic data?", 2022, without an embedding
/// network (which is not deterministic), on points scaled by the real range. Tables of equal size. Deviation: the published code
/// compares authenticity by wrong indices; <see cref="Authenticity"/> is the definition of the paper.
/// </summary>
public sealed record AlphaPrecision
{
    /// <summary>α (and β): 30 values from 0 to 1.</summary>
    public required IReadOnlyList<double> Alphas { get; init; }

    /// <summary>P(α): share of other rows within the α-quantile of real distances to the real centre.</summary>
    public required IReadOnlyList<double> PrecisionCurve { get; init; }

    /// <summary>
    /// Share of real rows whose nearest other row is not farther than their nearest real row and lies within the β-quantile radius
    /// of the other table's centre.
    /// </summary>
    public required IReadOnlyList<double> RecallCurve { get; init; }

    /// <summary>Share of other rows that are farther from their nearest real row than that row is from its own nearest real row; 0.5 or more is good.</summary>
    public required double Authenticity { get; init; }

    /// <summary>The same by the published code's indexing slip; for comparison with published numbers only.</summary>
    public required double AuthenticityPublishedCode { get; init; }

    /// <summary>1 − Σ|α − P(α)|/Σα, 1 is best.</summary>
    public double Precision => Delta(Alphas, PrecisionCurve);

    /// <summary>1 − Σ|β − R(β)|/Σβ, 1 is best.</summary>
    public double Recall => Delta(Alphas, RecallCurve);

    /// <summary>All three of two sets of points of equal size.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static AlphaPrecision Of(DesignMatrix real, DesignMatrix other, int steps = 30)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        if (real.Rows != other.Rows)
            throw new ArgumentException($"α-precision compares tables of equal size; the real one has {real.Rows} rows, the other {other.Rows}. Draw a subsample first.");

        RowDistances distances = RowDistances.Euclidean(real, other);
        int n = real.Rows;
        double[] realRadius = ToCentre(real, real), otherRadius = ToCentre(other, real), otherOwn = ToCentre(other, other);
        double[] realNearest = distances.RealRadii(1), row = new double[n];
        double[] toOther = new double[n], toReal = new double[n];
        int[] nearestOther = new int[n], nearestReal = new int[n];
        Array.Fill(toOther, double.PositiveInfinity);
        for (int j = 0; j < n; j++)
        {
            distances.OtherToReal(j, row);
            toReal[j] = double.PositiveInfinity;
            for (int i = 0; i < n; i++)
            {
                if (row[i] < toReal[j])
                    (toReal[j], nearestReal[j]) = (row[i], i);
                if (row[i] < toOther[i])
                    (toOther[i], nearestOther[i]) = (row[i], j);
            }
        }

        double[] alphas = [.. Enumerable.Range(0, steps).Select(k => (double)k / (steps - 1))];
        double[] precision = new double[steps], recall = new double[steps];
        double[] sortedReal = Sorted(realRadius), closest = [.. nearestOther.Select(j => otherOwn[j])], sortedClosest = Sorted(closest);
        for (int k = 0; k < steps; k++)
        {
            double r = Quantile.OfSorted(sortedReal, alphas[k]), b = Quantile.OfSorted(sortedClosest, alphas[k]);
            precision[k] = (double)otherRadius.Count(d => d <= r) / n;
            recall[k] = (double)Enumerable.Range(0, n).Count(i => toOther[i] <= realNearest[i] && closest[i] <= b) / n;
        }

        return new AlphaPrecision
        {
            Alphas = alphas,
            PrecisionCurve = precision,
            RecallCurve = recall,
            Authenticity = (double)Enumerable.Range(0, n).Count(j => toReal[j] > realNearest[nearestReal[j]]) / n,
            AuthenticityPublishedCode = (double)Enumerable.Range(0, n).Count(i => toOther[i] > realNearest[nearestOther[i]]) / n,
        };
    }

    private static double Delta(IReadOnlyList<double> alphas, IReadOnlyList<double> curve) =>
        1 - (alphas.Zip(curve, (a, c) => Math.Abs(a - c)).Sum() / alphas.Sum());

    private static double[] ToCentre(DesignMatrix points, DesignMatrix centreOf)
    {
        double[] centre = [.. Enumerable.Range(0, centreOf.Columns).Select(c => Moments.Mean(centreOf.Column(c)))];
        double[] distance = new double[points.Rows];
        for (int i = 0; i < distance.Length; i++)
            distance[i] = Math.Sqrt(MaximumMeanDiscrepancy.Squared(points.Row(i), centre));
        return distance;
    }

    private static double[] Sorted(double[] values)
    {
        double[] sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return sorted;
    }
}
