using Lethe.Results;

namespace Lethe.Reporting.Editions;

/// <summary>Curves whose steps are single patients, read off at fixed positions and rounded.</summary>
internal static class CurveReduction
{
    private static readonly double[] Positions = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    /// <summary>An ROC curve at twelve fixed false positive rates, to two decimals; its ends are always (0, 0) and (1, 1).</summary>
    public static Series Roc(Series curve)
    {
        int count = Math.Min(curve.X.Count, curve.Y.Count);
        if (count == 0)
            return curve;
        double[] y = new double[Positions.Length];
        for (int k = 0; k < Positions.Length; k++)
            y[k] = Math.Round(Text.Readings.FoundAt(curve, Positions[k]), 2);
        y[0] = 0;
        y[^1] = 1;
        return curve with { X = Positions, Y = y };
    }
}
