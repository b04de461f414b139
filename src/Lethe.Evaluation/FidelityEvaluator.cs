using Lethe.Data.Tables;
using Lethe.Evaluation.Drawing;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Fidelity.Pairs;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Tables;
using Lethe.Learning;
using Lethe.Results;

namespace Lethe.Evaluation;

/// <summary>Runs all registered metrics and draws columns, associations and projections: the fidelity section.</summary>
public static class FidelityEvaluator
{
    private const int WorstPairs = 10;

    /// <summary>The section of one comparison.</summary>
    /// <param name="input">The tables with seed, rules and limits.</param>
    /// <param name="progress">Told before every metric; may be null.</param>
    /// <param name="metrics">Metrics to run; null for <see cref="FidelityMetrics.All"/>.</param>
    public static FidelitySection Evaluate(MetricInput input, IProgress<EvaluationProgress>? progress = null, IReadOnlyList<IMetric>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        metrics ??= FidelityMetrics.All;
        ILookup<MetricPlace, Measure> figures = Run(input, metrics, progress).ToLookup(f => f.Place, f => f.Measure);
        progress?.Report(new EvaluationProgress("drawings", 0.97));
        Table real = input.Synthetic.Real, synthetic = input.Synthetic.Other;
        Table? holdout = input.Holdout?.Other;
        (AssociationMatrices? associations, Measure[] worst) = Associations(input);
        ILookup<string?, Measure> columns = figures[MetricPlace.Columns].ToLookup(m => m.Subject);
        return new FidelitySection
        {
            Overall = [.. figures[MetricPlace.Overall]],
            Columns = [.. real.Columns.Select((c, j) => new ColumnFidelity(
                c.Name, Name(c), [.. columns[c.Name]], Distributions.Of(c, synthetic.Columns[j], holdout?.Columns[j])))],
            Associations = associations,
            WorstPairs = worst,
            Detection = [.. figures[MetricPlace.Detection]],
            Plausibility = [.. figures[MetricPlace.Plausibility]],
            Novelty = [.. figures[MetricPlace.Novelty]],
            Projection = Components(input),
            Neighbourhoods = Neighbourhoods(input),
            Notes = Notes(input),
        };
    }

    private static List<(MetricPlace Place, Measure Measure)> Run(MetricInput input, IReadOnlyList<IMetric> metrics, IProgress<EvaluationProgress>? progress)
    {
        List<(MetricPlace, Measure)> figures = [];
        for (int i = 0; i < metrics.Count; i++)
        {
            input.Cancellation.ThrowIfCancellationRequested();
            progress?.Report(new EvaluationProgress(metrics[i].Descriptor.Title, 0.97 * i / metrics.Count));
            figures.AddRange(metrics[i].Evaluate(input).Select(m => (metrics[i].Place, m)));
        }

        return figures;
    }

    private static (AssociationMatrices? Matrices, Measure[] Worst) Associations(MetricInput input)
    {
        TablePair pair = input.Synthetic.Limit(input.Limits.Margins);
        if (pair.Real.Columns.Count < 2)
            return (null, []);
        string[] labels = [.. pair.Real.Columns.Select(c => c.Name)];
        double[,] r = AssociationMatrix.Mixed(pair.Real), s = AssociationMatrix.Mixed(pair.Other);
        double[,]? h = input.Holdout is null ? null : AssociationMatrix.Mixed(input.Holdout.Limit(input.Limits.Margins).Other);
        List<Measure> pairs = [];
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = i + 1; j < labels.Length; j++)
            {
                double difference = Math.Abs(r[i, j] - s[i, j]), reference = h is null ? double.NaN : Math.Abs(r[i, j] - h[i, j]);
                if (double.IsNaN(difference))
                    continue;
                pairs.Add(Figures.Distance(
                    "fidelity.pair-association", "Association difference", difference, "", subject: $"{labels[i]} × {labels[j]}",
                    note: FormattableString.Invariant($"real {r[i, j]:0.00}, synthetic {s[i, j]:0.00}")) with
                {
                    Reference = double.IsNaN(reference) ? null : reference,
                    ReferenceName = double.IsNaN(reference) ? null : "real holdout",
                });
            }
        }

        AssociationMatrices matrices = new(
            labels, "Pearson, correlation ratio or bias-corrected Cramér's V by kind of pair", AssociationMatrix.ToRows(r), AssociationMatrix.ToRows(s))
        {
            Holdout = h is null ? null : AssociationMatrix.ToRows(h),
        };
        return (matrices, [.. pairs.OrderByDescending(p => p.Value).Take(WorstPairs)]);
    }

    private static Projection? Components(MetricInput input)
    {
        TablePair pair = input.Synthetic.Limit(input.Limits.Kernels);
        if (pair.Real.RowCount < 2 || pair.Other.RowCount == 0 || pair.Real.Columns.Count == 0)
            return null;
        (DesignMatrix x, DesignMatrix y) = MixedFeatures.Of(pair.Real, pair.Other, FeatureScaling.ZScore);
        PrincipalComponents components = PrincipalComponents.Fit(x);
        (double[] rx, double[] ry) = components.Project(x);
        (double[] sx, double[] sy) = components.Project(y);
        string method = FormattableString.Invariant($"principal components of the real rows, {100 * components.VarianceShare:0} % of the variance");
        return new Projection(method, new Series("real", rx, ry), new Series("synthetic", sx, sy));
    }

    private static Projection? Neighbourhoods(MetricInput input)
    {
        TablePair pair = input.Synthetic.Limit(input.Limits.Drawing / 2);
        if (pair.Real.RowCount < 5 || pair.Other.RowCount < 5 || pair.Real.Columns.Count == 0)
            return null;
        (DesignMatrix x, DesignMatrix y) = MixedFeatures.Of(pair.Real, pair.Other, FeatureScaling.ZScore);
        DesignMatrix pooled = new([.. x.Values, .. y.Values], x.Rows + y.Rows, x.Columns);
        (double[] px, double[] py) = StochasticNeighbourEmbedding.Embed(pooled, input.Seed.Derive("t-sne"), cancellation: input.Cancellation);
        return new Projection(
            $"t-SNE of {x.Rows} real and {y.Rows} synthetic rows; only neighbourhoods mean something",
            new Series("real", px[..x.Rows], py[..x.Rows]), new Series("synthetic", px[x.Rows..], py[x.Rows..]));
    }

    private static string[] Notes(MetricInput input)
    {
        int real = input.Synthetic.Real.RowCount, synthetic = input.Synthetic.Other.RowCount, largest = Math.Max(real, synthetic);
        List<string> notes = [];
        if (input.Holdout is null)
            notes.Add("There is no real holdout, so the figures have no reference.");
        else if (input.Holdout.Other.RowCount != synthetic)
            notes.Add($"References compare the {real} training rows with {input.Holdout.Other.RowCount} holdout rows, the figures with {synthetic} synthetic rows: with fewer rows distances are larger by sampling noise alone. Figures relative to an expected maximum take that into account.");
        if (input.Holdout is not null)
            notes.Add($"Intervals of references are the 5 % to 95 % range over {input.RealSplits.Count} random splits of the real rows into parts of these sizes.");
        foreach ((int limit, string what) in ((int, string)[])[
            (input.Limits.Margins, "margins, pairs and associations"), (input.Limits.Learners, "detection"),
            (input.Limits.Neighbours, "nearest neighbours"), (input.Limits.Kernels, "kernel and transport distances")])
        {
            if (largest > limit)
                notes.Add($"Figures about {what} use a random {limit} rows of each larger table, drawn by the run's seed.");
        }

        string[] constant = [.. input.Synthetic.Real.Columns.Where(IsConstant).Select(c => c.Name)];
        if (constant.Length > 0)
            notes.Add($"Constant in the real training data and left out of correlations: {string.Join(", ", constant)}.");
        return [.. notes];
    }

    private static bool IsConstant(Column column) => column switch
    {
        NumericColumn n => n.Values.ToArray().Where(v => !double.IsNaN(v)).Distinct().Take(2).Count() < 2,
        DiscreteColumn d => d.Codes.ToArray().Where(c => c >= 0).Distinct().Take(2).Count() < 2,
        _ => true,
    };

#pragma warning disable CA1308 // Kinds stand in lower case in the result document.
    private static string Name(Column column) => column.Schema.Kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
