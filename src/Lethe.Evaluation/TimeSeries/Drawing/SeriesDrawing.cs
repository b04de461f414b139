using System.Globalization;
using Lethe.Data.Cohorts;
using Lethe.Evaluation.Drawing;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.TimeSeries.Clinical;
using Lethe.Evaluation.TimeSeries.Utility;
using Lethe.Learning;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Drawing;

/// <summary>Puts figures into their places in the section and adds what is drawn: distributions, courses, curves, maps, examples.</summary>
internal static class SeriesDrawing
{
    private const int FewestStays = 10;
    private const int Bins = 20;
    private const int MostCodes = 20;

    private static readonly string[] Observed = ["series.missingness-error", "series.co-missingness", "series.ever-observed", "series.gap-w1", "series.whole-hours", "series.length-w1", "series.length-ks"];
    private static readonly string[] Plausible = ["series.frozen", "series.sawtooth", "series.implausible", "series.beyond-range", "series.pressure-order"];

    public static SeriesSection Section(StayMetricInput input, IReadOnlyList<Measure> measures, SeriesEvaluationOptions options, Seed seed)
    {
        StaySet train = input.Train, synthetic = input.Synthetic;
        Measure[] overall = [.. measures.Where(m => m.Subject is null)];
        double[][] seenReal = ObservationRates.Of(train.Grid), seenSynthetic = ObservationRates.Of(synthetic.Grid);
        Dictionary<string, int> stays = new() { ["train"] = train.Cohort.Count, ["synthetic"] = synthetic.Cohort.Count };
        if (input.Holdout is not null)
            stays["holdout"] = input.Holdout.Cohort.Count;
        (Projection? components, Projection? neighbourhoods) = Maps(input, options, seed.Derive("maps"));
        return new SeriesSection
        {
            Design = "",
            BinHours = input.Codec.Options.BinHours,
            Steps = train.Grid.Steps,
            Stays = stays,
            Values = [.. overall.Where(m => !Observed.Contains(m.Id) && !Plausible.Contains(m.Id))],
            Observation = [.. overall.Where(m => Observed.Contains(m.Id))],
            Plausibility = [.. overall.Where(m => Plausible.Contains(m.Id))],
            Channels = [.. Enumerable.Range(0, train.Channels).Select(c => Channel(input, c, measures, seenReal[c], seenSynthetic[c]))],
            Correlations = train.Channels < 2 ? null : Matrices(input, 0),
            LaggedCorrelations = train.Channels < 2 ? null : Matrices(input, 1),
            Projection = components,
            Neighbourhoods = neighbourhoods,
            Examples = Examples(input, options, seed.Derive("examples"), seenReal),
        };
    }

    private static ChannelFidelity Channel(StayMetricInput input, int c, IReadOnlyList<Measure> measures, double[] seenReal, double[] seenSynthetic)
    {
        Channel channel = input.Train.Cohort.Channels[c];
        return new ChannelFidelity
        {
            Channel = channel.Name,
            Title = channel.Title ?? channel.Name,
            Unit = channel.Unit,
            Measures = [.. measures.Where(m => m.Subject == channel.Name)],
            Distribution = Distribution(input, c),
            StaysReal = StaysWith(input.Train, c),
            StaysHoldout = input.Holdout is null ? 0 : StaysWith(input.Holdout, c),
            ObservedReal = Nullable(seenReal),
            ObservedSynthetic = Nullable(seenSynthetic),
            AutocorrelationReal = Nullable(Autocorrelations.Curve(input.Train.Grid, c)),
            AutocorrelationSynthetic = Nullable(Autocorrelations.Curve(input.Synthetic.Grid, c)),
            AutocorrelationHoldout = input.Holdout is null ? [] : Nullable(Autocorrelations.Curve(input.Holdout.Grid, c)),
            Real = Band(input.Train.Grid, c),
            Synthetic = Band(input.Synthetic.Grid, c),
        };
    }

    /// <summary>
    /// Shares of readings per bin, each stay weighing the same: then a share times the number of stays is at most the number of stays behind it, which is what the
    /// release edition relies on.
    /// </summary>
    private static Distribution? Distribution(StayMetricInput input, int c)
    {
        double[] readings = input.Train.Readings[c];
        if (readings.Length == 0 || input.Synthetic.Readings[c].Length == 0)
            return null;
        Channel channel = input.Train.Cohort.Channels[c];
        double[] codes = [.. readings.Select(v => Math.Round(v)).Distinct().Order()];
        if (channel.Kind is ChannelKind.Categorical or ChannelKind.Score && codes.Length <= MostCodes)
        {
            string[] labels = [.. codes.Select(v => v >= 0 && v < channel.Levels.Count ? channel.Levels[(int)v] : v.ToString("0", CultureInfo.InvariantCulture)), "other"];
            return Make(labels, null, v => Array.IndexOf(codes, Math.Round(v)) is >= 0 and int k ? k : codes.Length);
        }

        // Edges between the outer half percents: one misread value must not make the rest invisible. The end bins are open.
        double[] sorted = [.. readings.Order()];
        RealBins bins = new([Quantile.OfSorted(sorted, 0.005), Quantile.OfSorted(sorted, 0.995)], Bins);
        return Make([.. Enumerable.Range(0, bins.Count).Select(b => string.Create(CultureInfo.InvariantCulture, $"{bins.Edges[b]:0.####} to {bins.Edges[b + 1]:0.####}"))], bins.Edges, bins.Of);

        Distribution Make(string[] labels, double[]? edges, Func<double, int> bin) => new()
        {
            Labels = labels,
            Edges = edges,
            Real = Shares(input.Train, c, labels.Length, bin),
            Synthetic = Shares(input.Synthetic, c, labels.Length, bin),
            Holdout = input.Holdout is null || input.Holdout.Readings[c].Length == 0 ? null : Shares(input.Holdout, c, labels.Length, bin),
        };
    }

    private static int StaysWith(StaySet set, int channel)
    {
        int stays = 0;
        set.ForEachStay(channel, (_, _) => stays++);
        return stays;
    }

    private static double[] Shares(StaySet set, int channel, int bins, Func<double, int> bin)
    {
        double[] shares = new double[bins];
        int stays = 0;
        set.ForEachStay(channel, (_, values) =>
        {
            stays++;
            foreach (float v in values)
                shares[bin(v)] += 1.0 / values.Count;
        });
        return [.. shares.Select(s => s / stays)];
    }

    private static CourseBand Band(SeriesSet set, int channel)
    {
        double?[] lower = new double?[set.Steps], median = new double?[set.Steps], upper = new double?[set.Steps];
        List<double> cells = [];
        for (int t = 0; t < set.Steps; t++)
        {
            cells.Clear();
            for (int i = 0; i < set.Count; i++)
            {
                if (t < set.Lengths[i] && set.IsObserved(i, t, channel))
                    cells.Add(set[i, t, channel]);
            }

            if (cells.Count < FewestStays)
                continue;
            double[] sorted = [.. cells.Order()];
            (lower[t], median[t], upper[t]) = (Quantile.OfSorted(sorted, 0.25), Quantile.OfSorted(sorted, 0.5), Quantile.OfSorted(sorted, 0.75));
        }

        return new CourseBand(lower, median, upper);
    }

    private static AssociationMatrices Matrices(StayMetricInput input, int lag)
    {
        return new AssociationMatrices(
            [.. input.Train.Cohort.Channels.Select(ch => ch.Name)],
            lag == 0 ? "Pearson correlation of cells observed in the same step" : "Pearson correlation of a channel (row) with another (column) one step later",
            Rows(input.Train), Rows(input.Synthetic)) { Holdout = input.Holdout is null ? null : Rows(input.Holdout) };

        IReadOnlyList<IReadOnlyList<double?>> Rows(StaySet set)
        {
            double?[] cells = Nullable(Autocorrelations.Matrix(set.Grid, lag));
            return [.. cells.Chunk(set.Channels)];
        }
    }

    /// <summary>Both maps of stays by their standardised summaries, scaled and rotated by real stays alone.</summary>
    private static (Projection? Components, Projection? Neighbourhoods) Maps(StayMetricInput input, SeriesEvaluationOptions options, Seed seed)
    {
        if (options.MostPoints < 2)
            return (null, null);
        DesignMatrix real = Sample(StaySummaries.Of(input.Train), seed.Stream("real")), synthetic = Sample(StaySummaries.Of(input.Synthetic), seed.Stream("synthetic"));
        StandardScaler scaler = StandardScaler.Fit(real);
        (real, synthetic) = (Bounded(scaler.Transform(real)), Bounded(scaler.Transform(synthetic)));
        PrincipalComponents pca = PrincipalComponents.Fit(real);
        (double[] rx, double[] ry) = pca.Project(real);
        (double[] sx, double[] sy) = pca.Project(synthetic);
        string share = string.Create(CultureInfo.InvariantCulture, $"PCA of stay summaries, {pca.VarianceShare:P0} of the real variance shown");
        Projection components = new(share, new Series("real", rx, ry), new Series("synthetic", sx, sy));
        (double[] x, double[] y) = StochasticNeighbourEmbedding.Embed(DesignMatrix.FromRows([.. Rows(real), .. Rows(synthetic)]), seed.Derive("t-sne"), cancellation: input.Cancellation);
        return (components, new Projection("t-SNE of stay summaries", new Series("real", x[..real.Rows], y[..real.Rows]), new Series("synthetic", x[real.Rows..], y[real.Rows..])));

        DesignMatrix Sample(DesignMatrix all, RandomStream stream) => all.Rows <= options.MostPoints ? all : all.SelectRows(stream.Permutation(all.Rows).AsSpan(0, options.MostPoints));
    }

    // One slope of a stay with two readings a minute apart would be a picture of its own.
    private static DesignMatrix Bounded(DesignMatrix x) => new([.. StaySummaries.Filled(x).Values.ToArray().Select(v => Math.Clamp(v, -5, 5))], x.Rows, x.Columns);

    private static IEnumerable<double[]> Rows(DesignMatrix x) => Enumerable.Range(0, x.Rows).Select(i => x.Row(i).ToArray());

    private static IReadOnlyList<ExampleCourses> Examples(StayMetricInput input, SeriesEvaluationOptions options, Seed seed, double[][] seen)
    {
        int[] channels = [.. Enumerable.Range(0, input.Train.Channels)
            .Where(c => input.Train.Readings[c].Length > 0)
            .OrderByDescending(c => seen[c].Where(double.IsFinite).DefaultIfEmpty(0).Average()).Take(options.ExampleChannels).Order()];
        int[] real = Draw(input.Train, seed.Stream("real")), synthetic = Draw(input.Synthetic, seed.Stream("synthetic"));
        return [.. channels.Select(c =>
        {
            Channel channel = input.Train.Cohort.Channels[c];
            return new ExampleCourses(channel.Name, channel.Title ?? channel.Name, channel.Unit, Courses(input.Train, real, c, "real"), Courses(input.Synthetic, synthetic, c, "synthetic"));
        })];

        int[] Draw(StaySet set, RandomStream stream) => stream.Permutation(set.Cohort.Count)[..Math.Min(options.Examples, set.Cohort.Count)];
    }

    private static Series[] Courses(StaySet set, int[] stays, int channel, string name)
    {
        List<float> times = [], values = [];
        double start = set.Options.StartHours, end = start + (set.Options.Steps * set.Options.BinHours);
        return [.. stays.Select((stay, k) =>
        {
            set.Collect(stay, channel, times, values);
            int[] inside = [.. Enumerable.Range(0, times.Count).Where(e => times[e] >= start && times[e] < end)];
            return new Series($"{name} {k + 1}", [.. inside.Select(e => (double)times[e])], [.. inside.Select(e => (double)values[e])]);
        })];
    }

    private static double?[] Nullable(double[] values) => [.. values.Select(v => double.IsFinite(v) ? v : (double?)null)];
}
