using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;

namespace Lethe.Evaluation.TimeSeries;

/// <summary>
/// Sequences of equal shape, as the metrics of time-series generators read them: N windows or stays on a regular grid of T steps with F
/// features. Values are finite everywhere; where a cell was not observed they hold what the grid put there (imputation), and 0 beyond a
/// stay's length. Immutable, thread-safe.
/// </summary>
public sealed class SeriesSet
{
    private readonly float[] _values;
    private readonly byte[] _mask;
    private readonly int[] _lengths;

    /// <summary>A set from its parts (not copied).</summary>
    /// <param name="values">Values [N, T, F], row-major, finite.</param>
    /// <param name="mask">1 where a value was observed, else 0 [N, T, F].</param>
    /// <param name="lengths">Valid steps of each sequence, 0 … T.</param>
    /// <param name="steps">T ≥ 1.</param>
    /// <param name="names">One name a feature, F of them.</param>
    /// <exception cref="ArgumentException">A part has another length, or a value is not finite.</exception>
    public SeriesSet(float[] values, byte[] mask, int[] lengths, int steps, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        long cells = (long)lengths.Length * steps * names.Count;
        if (values.LongLength != cells || mask.LongLength != cells)
            throw new ArgumentException($"{lengths.Length} sequences of {steps} steps × {names.Count} features have {cells} cells; the parts have {values.LongLength} values and {mask.LongLength} mask entries.", nameof(values));
        if (Array.Exists(lengths, l => l < 0 || l > steps))
            throw new ArgumentException($"A length lies outside 0 … {steps}.", nameof(lengths));
        if (Array.Exists(values, v => !float.IsFinite(v)))
            throw new ArgumentException("A value is not finite; impute or set unobserved cells to 0 first.", nameof(values));
        (_values, _mask, _lengths, Steps, Names) = (values, mask, lengths, steps, names);
        IsFull = Array.TrueForAll(lengths, l => l == steps);
    }

    /// <summary>Number of sequences N.</summary>
    public int Count => _lengths.Length;

    /// <summary>Steps T.</summary>
    public int Steps { get; }

    /// <summary>Features F.</summary>
    public int Features => Names.Count;

    /// <summary>Names of the features.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True when every sequence has all T steps.</summary>
    public bool IsFull { get; }

    /// <summary>Values [N, T, F].</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>1 where observed, else 0 [N, T, F].</summary>
    public ReadOnlySpan<byte> Mask => _mask;

    /// <summary>Valid steps of each sequence.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>The value at a step of a sequence.</summary>
    public float this[int sequence, int step, int feature] => _values[At(sequence, step, feature)];

    /// <summary>Position of a cell.</summary>
    public int At(int sequence, int step, int feature) => (((sequence * Steps) + step) * Features) + feature;

    /// <summary>True where the cell was observed.</summary>
    public bool IsObserved(int sequence, int step, int feature) => _mask[At(sequence, step, feature)] != 0;

    /// <summary>The T × F values of one sequence.</summary>
    public ReadOnlySpan<float> Sequence(int sequence) => _values.AsSpan(sequence * Steps * Features, Steps * Features);

    /// <summary>Complete sequences: everything observed, all of full length. The values are not copied.</summary>
    /// <param name="values">Values [N, T, F].</param>
    /// <param name="steps">T.</param>
    /// <param name="features">F.</param>
    /// <param name="names">Names of the features; null for <c>feature_0</c> ….</param>
    public static SeriesSet Complete(float[] values, int steps, int features, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        byte[] mask = new byte[values.Length];
        Array.Fill(mask, (byte)1);
        int[] lengths = new int[values.Length / (steps * features)];
        Array.Fill(lengths, steps);
        return new SeriesSet(values, mask, lengths, steps, names ?? [.. Enumerable.Range(0, features).Select(f => $"feature_{f}")]);
    }

    /// <summary>A cohort on the codec's grid, in the channels' units, imputed as the codec's options say.</summary>
    public static SeriesSet Of(Cohort cohort, GridCodec codec)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(codec);
        Grid grid = codec.Encode(cohort);
        for (int i = 0; i < grid.Values.Length; i++)
        {
            if (!float.IsFinite(grid.Values[i]))
                grid.Values[i] = 0;
        }

        return new SeriesSet(grid.Values, grid.Mask, grid.Lengths, grid.Steps, [.. cohort.Channels.Select(c => c.Name)]);
    }

    /// <summary>The sequences at these positions, in this order; positions may repeat.</summary>
    public SeriesSet Take(ReadOnlySpan<int> sequences)
    {
        int width = Steps * Features;
        float[] values = new float[sequences.Length * width];
        byte[] mask = new byte[values.Length];
        int[] lengths = new int[sequences.Length];
        for (int i = 0; i < sequences.Length; i++)
        {
            _values.AsSpan(sequences[i] * width, width).CopyTo(values.AsSpan(i * width));
            _mask.AsSpan(sequences[i] * width, width).CopyTo(mask.AsSpan(i * width));
            lengths[i] = _lengths[sequences[i]];
        }

        return new SeriesSet(values, mask, lengths, Steps, Names);
    }

    /// <summary>
    /// The set with one feature more for every feature: whether it was observed, 0 or 1. What a classifier must see of irregular data,
    /// whose gaps tell as much as its values.
    /// </summary>
    public SeriesSet WithMaskFeatures()
    {
        int f = Features, rows = Count * Steps;
        float[] values = new float[rows * 2 * f];
        byte[] mask = new byte[values.Length];
        for (int row = 0; row < rows; row++)
        {
            _values.AsSpan(row * f, f).CopyTo(values.AsSpan(row * 2 * f));
            for (int c = 0; c < f; c++)
                values[(row * 2 * f) + f + c] = _mask[(row * f) + c];
            int end = row % Steps < _lengths[row / Steps] ? 1 : 0;
            mask.AsSpan(row * 2 * f, 2 * f).Fill((byte)end);
        }

        return new SeriesSet(values, mask, [.. _lengths], Steps, [.. Names, .. Names.Select(n => n + " observed")]);
    }
}
