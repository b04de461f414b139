namespace Lethe.Learning.Networks;

/// <summary>A fitted <see cref="MlpClassifier"/>. Immutable; safe to share between threads.</summary>
public sealed class MlpModel : IFittedClassifier
{
    private const int BlockRows = 256;

    private readonly int[] _present;
    private readonly MlpNetwork? _network;
    private readonly double[] _losses;

    internal MlpModel(int features, int classes, int[] present, MlpNetwork? network, double[] losses)
    {
        Features = features;
        Classes = classes;
        _present = present;
        _network = network;
        _losses = losses;
    }

    /// <inheritdoc/>
    public int Features { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <summary>Mean training loss of each epoch, penalty included; empty for a constant model.</summary>
    public ReadOnlySpan<double> TrainingLosses => _losses;

    /// <inheritdoc/>
    public double[] PredictProbability(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Width(x.Columns, Features);
        Guard.Finite(x, "a neural network");
        double[] p = new double[x.Rows * Classes];
        if (_network is null)
        {
            for (int i = 0; i < x.Rows; i++)
                p[(i * Classes) + _present[0]] = 1;
            return p;
        }

        // A copy owns the activations, so that threads may predict at once.
        MlpNetwork network = _network.Copy();
        for (int start = 0; start < x.Rows; start += BlockRows)
        {
            int n = Math.Min(BlockRows, x.Rows - start);
            ReadOnlySpan<double> block = network.Forward(x.Values.Slice(start * Features, n * Features), n);
            for (int i = 0; i < n; i++)
            {
                Span<double> row = p.AsSpan((start + i) * Classes, Classes);
                if (network.Outputs == 1)
                {
                    row[_present[0]] = 1 - block[i];
                    row[_present[1]] = block[i];
                    continue;
                }

                for (int k = 0; k < network.Outputs; k++)
                    row[_present[k]] = block[(i * network.Outputs) + k];
            }
        }

        return p;
    }
}
