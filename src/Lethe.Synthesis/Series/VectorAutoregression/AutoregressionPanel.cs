using Lethe.Data.Cohorts;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.VectorAutoregression;

/// <summary>Training stays as the regression sees them: normal scores of ranks, carried forward, and which cells were read.</summary>
internal sealed class AutoregressionPanel
{
    // Ranks stop at the scale's outermost quantiles: 0.5 % and 99.5 %.
    private const double OutermostRank = 0.005;

    private readonly SeriesData _data;
    private readonly SeriesEncoder _encoder;
    private readonly double[] _scores;
    private readonly int[] _firstRead;

    public AutoregressionPanel(SeriesData data, SeriesEncoder encoder)
    {
        (_data, _encoder, Numeric) = (data, encoder, NumericOf(encoder));
        _scores = new double[data.Count * data.Steps * Numeric.Length];
        _firstRead = new int[data.Count * Numeric.Length];
        for (int i = 0; i < data.Count; i++)
        {
            for (int n = 0; n < Numeric.Length; n++)
            {
                _firstRead[(i * Numeric.Length) + n] = data.Steps;
                for (int t = data.Lengths[i] - 1; t >= 0; t--)
                {
                    _scores[(((i * data.Steps) + t) * Numeric.Length) + n] = Score(data[i][(t * data.Width) + encoder.ValueOf(Numeric[n]).First]);
                    if (IsRead(i, t, Numeric[n]))
                        _firstRead[(i * Numeric.Length) + n] = t;
                }
            }
        }
    }

    /// <summary>Channels with numbers: those that the autoregression moves.</summary>
    public int[] Numeric { get; }

    public int Stays => _data.Count;

    public int Steps(int stay) => _data.Lengths[stay];

    public static int[] NumericOf(SeriesEncoder encoder) =>
        [.. Enumerable.Range(0, encoder.Shape.Channels.Count).Where(c => encoder.Shape.Channels[c].Kind != ChannelKind.Categorical)];

    /// <summary>Whether a channel was read at a step.</summary>
    public bool IsRead(int stay, int step, int channel) =>
        !_encoder.HasMask || _data[stay][(step * _data.Width) + _encoder.ValueWidth + channel] != 0;

    /// <summary>Level of a categorical channel at a step, carried forward.</summary>
    public int LevelOf(int stay, int step, int channel)
    {
        (int first, int count) = _encoder.ValueOf(channel);
        return Math.Max(0, _data[stay].Slice((step * _data.Width) + first, count).IndexOf(1f));
    }

    /// <summary>Normal scores of the numeric channels at a step, carried forward; 0 before the first reading means nothing.</summary>
    public ReadOnlySpan<double> Scores(int stay, int step) => _scores.AsSpan(((stay * _data.Steps) + step) * Numeric.Length, Numeric.Length);

    /// <summary>Step of a numeric channel's first reading; the number of steps when there is none.</summary>
    public int FirstRead(int stay, int numeric) => _firstRead[(stay * Numeric.Length) + numeric];

    /// <summary>Φ⁻¹ of a rank.</summary>
    public static double Score(double rank) => StandardNormal.Inverse(Math.Clamp(rank, OutermostRank, 1 - OutermostRank));

    /// <summary>Largest score: simulated ones are kept within it either side.</summary>
    public static double LargestScore { get; } = Score(1);
}
