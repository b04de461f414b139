using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Tabular.Controls;

namespace Lethe.Synthesis.Series.Controls;

/// <summary>Rates of observation per step and channel, the scale of each channel, the frequencies of levels and of lengths.</summary>
internal sealed class FittedIndependentSeries(SeriesEncoder encoder, FittedTableSynthesizer? statics, float[] rates, float[] levels, int[] lengths) : FittedCohortSynthesizer
{
    public override Descriptor Descriptor => IndependentSeries.Announcement;

    public override CohortShape Shape => encoder.Shape;

    public override FitReport Report { get; } = new()
    {
        LearntFromData = [.. encoder.LearntFromData, "The rate of observation of every channel at every step.", .. statics?.Report.LearntFromData ?? []],
    };

    public static FittedIndependentSeries Load(ModelReader reader)
    {
        SeriesEncoder encoder = SeriesEncoder.Load(reader);
        float[] rates = reader.Floats("rates", encoder.Steps * encoder.Shape.Channels.Count), levels = reader.Floats("levels", encoder.ValueWidth);
        int[] lengths = reader.IntsWithin("lengths", 0, int.MaxValue, encoder.Steps + 1);
        ModelReader.Require(lengths.Any(l => l > 0) && lengths[0] == 0, "lengths", "count nothing, or a stay without a step");
        FittedTableSynthesizer? statics = encoder.Shape.StaticCount == 0
            ? null
            : FittedIndependentColumns.Load(reader.Part("statics", encoder.Shape.Schema.WithColumns(encoder.Shape.Schema.Columns.Skip(1))));
        return new FittedIndependentSeries(encoder, statics, rates, levels, lengths);
    }

    public override void Save(ModelWriter writer)
    {
        encoder.Save(writer);
        writer.Add("rates", rates);
        writer.Add("levels", levels);
        writer.Add("lengths", lengths);
        statics?.Save(writer.Part("statics"));
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        Table? columns = statics?.SampleTable(stays, seed.Derive("statics"), conditions);
        RandomStream stream = seed.Stream("series");
        double[] weights = [.. lengths.Select(l => (double)l)];
        int channels = encoder.Shape.Channels.Count, width = encoder.Width;
        SeriesData data = new(stays, encoder.Steps, width, new float[stays * encoder.Steps * width], new int[stays]);
        for (int i = 0; i < stays; i++)
        {
            data.Lengths[i] = stream.NextIndex(weights);
            for (int t = 0; t < data.Lengths[i]; t++)
            {
                Span<float> step = data.Cells.AsSpan(((i * encoder.Steps) + t) * width, width);
                for (int c = 0; c < channels; c++)
                    DrawCell(step, c, rates[(t * channels) + c], stream);
            }
        }

        return encoder.Decode(data, columns, encoder.HasMask ? MaskRule.Half(channels) : MaskRule.Draw, stream);
    }

    private void DrawCell(Span<float> step, int channel, float rate, RandomStream stream)
    {
        (int first, int count) = encoder.ValueOf(channel);
        if (encoder.Shape.Channels[channel].Kind == ChannelKind.Categorical)
        {
            double[] weights = [.. Enumerable.Range(first, count).Select(v => (double)levels[v])];
            step[first + (weights.Any(w => w > 0) ? stream.NextIndex(weights) : 0)] = 1;
        }
        else
        {
            step[first] = stream.NextSingle();
        }

        if (encoder.HasMask)
            step[encoder.ValueWidth + channel] = stream.NextDouble() < rate ? 1 : 0;
    }
}
