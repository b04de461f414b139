using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Encoding;

/// <summary>
/// How a number in [0, 1] that a network gives for "was this cell observed" becomes yes or no: drawn with that probability
/// (networks that give expectations), or by a threshold per channel (networks that give samples). Immutable.
/// </summary>
public sealed class MaskRule
{
    private readonly float[] _thresholds;

    private MaskRule(float[] thresholds) => _thresholds = thresholds;

    /// <summary>Each cell is observed with the probability that the network gives.</summary>
    public static MaskRule Draw { get; } = new([]);

    /// <summary>Each cell is observed above one half.</summary>
    public static MaskRule Half(int channels) => new([.. Enumerable.Repeat(0.5f, channels)]);

    /// <summary>
    /// Thresholds with which a pilot sample of the trained network has the training rates of observation: the quantile of each
    /// channel's scores at one minus its rate. Scores that are a point mass keep the nearest possible rate.
    /// </summary>
    /// <param name="encoder">Knows where masks stand.</param>
    /// <param name="train">Training data.</param>
    /// <param name="pilot">Sampled cells of the same layout, before any decision on masks.</param>
    public static MaskRule MatchingRates(SeriesEncoder encoder, SeriesData train, SeriesData pilot)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(pilot);
        float[] thresholds = new float[encoder.MaskWidth];
        for (int c = 0; c < thresholds.Length; c++)
        {
            float[] observed = train.Column(encoder.ValueWidth + c), scores = pilot.Column(encoder.ValueWidth + c);
            Array.Sort(scores);
            double rate = observed.Length == 0 ? 0 : observed.Average();
            int at = (int)Math.Round((1 - rate) * scores.Length);
            thresholds[c] = at >= scores.Length ? 2 : at <= 0 ? -1 : (scores[at - 1] + scores[at]) / 2;
        }

        return new MaskRule(thresholds);
    }

    /// <summary>Whether a cell counts as observed.</summary>
    internal bool Observed(int channel, float score, RandomStream stream) =>
        _thresholds.Length == 0 ? stream.NextDouble() < score : score > _thresholds[channel];

    internal void Save(ModelWriter writer, string name) => writer.Add(name, _thresholds, _thresholds.Length);

    internal static MaskRule Load(ModelReader reader, string name, int channels)
    {
        float[] thresholds = reader.Floats(name, -1);
        ModelReader.Require((thresholds.Length == 0 || thresholds.Length == channels) && thresholds.All(float.IsFinite), name, "does not fit the channels");
        return new MaskRule(thresholds);
    }
}
