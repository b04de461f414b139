namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Moments and correlations of the attributes over the training stays: statics with outcome, levels and ranges of channels, "never
/// observed" bits. Columns without variance are no target.
/// </summary>
internal sealed class AttributeMoments
{
    private const double LeastVariance = 1e-6;

    private AttributeMoments(int width) => (Mean, Variance, Correlation, Use) = (new double[width], new double[width], new double[width * width], new bool[width]);

    /// <summary>By attribute.</summary>
    public double[] Mean { get; }

    /// <summary>By attribute.</summary>
    public double[] Variance { get; }

    /// <summary>[attribute, attribute].</summary>
    public double[] Correlation { get; }

    /// <summary>Whether an attribute is a target.</summary>
    public bool[] Use { get; }

    /// <summary>Computes them.</summary>
    public static AttributeMoments Of(GhostsData data)
    {
        int width = data.Layout.Attributes;
        AttributeMoments targets = new(width);
        for (int i = 0; i < data.Count; i++)
        {
            Span<float> attributes = data.Attributes(i);
            for (int a = 0; a < width; a++)
                targets.Mean[a] += attributes[a] / (double)data.Count;
        }

        double[] centred = new double[width];
        for (int i = 0; i < data.Count; i++)
        {
            Span<float> attributes = data.Attributes(i);
            for (int a = 0; a < width; a++)
                centred[a] = attributes[a] - targets.Mean[a];
            for (int a = 0; a < width; a++)
            {
                for (int b = 0; b < width; b++)
                    targets.Correlation[(a * width) + b] += centred[a] * centred[b] / data.Count;
            }
        }

        for (int a = 0; a < width; a++)
        {
            targets.Variance[a] = targets.Correlation[(a * width) + a];
            targets.Use[a] = targets.Variance[a] > LeastVariance;
        }

        for (int at = 0; at < targets.Correlation.Length; at++)
        {
            int a = at / width, b = at % width;
            targets.Correlation[at] = targets.Use[a] && targets.Use[b] ? targets.Correlation[at] / Math.Sqrt(targets.Variance[a] * targets.Variance[b]) : 0;
        }

        return targets;
    }
}
