using System.Globalization;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;

namespace Lethe.Synthesis.Series.VectorAutoregression;

/// <summary>Simulates stays: statics first, then step by step which channels are read and, where they are, their next values.</summary>
internal sealed class FittedVectorAutoregression(
    SeriesEncoder encoder, StaticModel statics, Autoregression dynamics, ReadingChain[] readings, ReadingChain?[] levels) : FittedCohortSynthesizer
{
    private readonly int[] _numeric = AutoregressionPanel.NumericOf(encoder);

    public override Descriptor Descriptor => VectorAutoregression.Announcement;

    public override CohortShape Shape => encoder.Shape;

    public override FitReport Report { get; } = new()
    {
        Deviations =
        [
            "Equations are fitted by ridge regression to the steps at which their channel was read; between readings a channel keeps its value.",
            "Channels with levels follow a Markov chain of their own; so does, for every channel, whether it is read.",
        ],
        LearntFromData =
        [
            .. encoder.LearntFromData, .. statics.LearntFromData,
            "Coefficients, residual variances and one residual correlation matrix of linear equations.",
            "Rates at which every channel goes from unread to read and back, and between levels.",
        ],
    };

    public static FittedVectorAutoregression Load(ModelReader reader)
    {
        SeriesEncoder encoder = SeriesEncoder.Load(reader);
        StaticModel statics = StaticModel.Load(reader, encoder);
        int channels = encoder.Shape.Channels.Count;
        ReadingChain[] readings = [.. Enumerable.Range(0, channels).Select(c => ReadingChain.Load(reader, NameOf("readings", c), 2))];
        ReadingChain?[] levels = [.. Enumerable.Range(0, channels).Select(c =>
            encoder.Shape.Channels[c].Kind == ChannelKind.Categorical ? ReadingChain.Load(reader, NameOf("levels", c), encoder.ValueOf(c).Count) : null)];
        return new FittedVectorAutoregression(encoder, statics, Autoregression.Load(reader, AutoregressionPanel.NumericOf(encoder).Length, statics.Width), readings, levels);
    }

    public override void Save(ModelWriter writer)
    {
        encoder.Save(writer);
        statics.Save(writer);
        dynamics.Save(writer);
        for (int c = 0; c < readings.Length; c++)
        {
            readings[c].Save(writer, NameOf("readings", c));
            levels[c]?.Save(writer, NameOf("levels", c));
        }
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        StaticDraw draw = statics.Sample(stays, seed.Derive("statics"), conditions);
        int steps = encoder.Steps, width = encoder.Width;
        SeriesData data = new(stays, steps, width, new float[stays * steps * width], draw.Lengths);
        for (int i = 0; i < stays; i++)
            Simulate(data.Cells.AsSpan(i * steps * width, steps * width), draw.Lengths[i], draw.Encoded.AsSpan(i * statics.Width, statics.Width), seed.Stream("stay", i));
        return encoder.Decode(data, draw.Columns, encoder.HasMask ? MaskRule.Half(readings.Length) : MaskRule.Draw, seed.Stream("masks"));
    }

    private void Simulate(Span<float> cells, int length, ReadOnlySpan<float> given, RandomStream stream)
    {
        int channels = _numeric.Length, order = dynamics.Order;
        double[] past = new double[order * channels], current = new double[channels], noise = new double[channels], next = new double[channels];
        int[] known = new int[channels], read = new int[readings.Length], level = new int[readings.Length];
        bool[] seen = new bool[channels];
        Array.Fill(read, -1);
        Array.Fill(level, -1);
        for (int t = 0; t < length; t++)
        {
            Span<float> step = cells.Slice(t * encoder.Width, encoder.Width);
            for (int c = 0; c < channels; c++)
                noise[c] = stream.NextGaussian();
            dynamics.Step(past, known, given, noise, next);
            for (int c = 0; c < readings.Length; c++)
            {
                read[c] = encoder.HasMask ? readings[c].Next(read[c], stream) : 1;
                if (encoder.HasMask)
                    step[encoder.ValueWidth + c] = read[c];
                if (levels[c] is { } chain)
                {
                    level[c] = read[c] == 1 ? chain.Next(level[c], stream) : level[c];
                    step[encoder.ValueOf(c).First + Math.Max(0, level[c])] = 1;
                }
            }

            for (int n = 0; n < channels; n++)
            {
                if (read[_numeric[n]] == 1)
                    (current[n], seen[n]) = (next[n], true);
                known[n] = seen[n] ? Math.Min(order, known[n] + 1) : 0;
                step[encoder.ValueOf(_numeric[n]).First] = (float)StandardNormal.Cdf(current[n]);
            }

            past.AsSpan(0, (order - 1) * channels).CopyTo(past.AsSpan(channels));
            for (int n = 0; n < channels; n++)
                past[n] = seen[n] ? current[n] : 0;
        }
    }

    private static string NameOf(string what, int channel) => string.Create(CultureInfo.InvariantCulture, $"{what}.{channel}");
}
