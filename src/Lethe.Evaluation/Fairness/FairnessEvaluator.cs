using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Accuracy;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Fairness;

/// <summary>Do fidelity and utility hold in every group, and does the model trained on synthetic patients treat groups as the one trained on real patients does?</summary>
public static class FairnessEvaluator
{
    private const int MostRows = 10_000;
    private const string OneClass = "the group's holdout cases are of one class, or there are none";

    /// <summary>The fairness section; null when the table has no grouping.</summary>
    /// <param name="train">Real rows that the generator saw.</param>
    /// <param name="holdout">Real rows that it never saw.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="target">Target with two classes for the scores of a model; null, several classes or a number: shares and fidelity only.</param>
    /// <param name="seed">Decides learners' draws and subsamples.</param>
    /// <param name="attributes">Grouping columns; null for the usual ones.</param>
    /// <param name="learner">The model; null for logistic regression.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public static FairnessSection? Evaluate(
        Table train, Table holdout, Table synthetic, string? target, Seed seed, IReadOnlyList<string>? attributes = null, Learner? learner = null, CancellationToken cancellation = default)
    {
        Table[] aligned = TableAlignment.Align(train, synthetic, holdout);
        Table r = TablePair.Cut(aligned[0], MostRows, seed.Derive("train-rows")), s = TablePair.Cut(aligned[1], MostRows, seed.Derive("synthetic-rows"));
        Table h = TablePair.Cut(aligned[2], MostRows, seed.Derive("holdout-rows"));
        IReadOnlyList<Grouping> groupings = attributes is null ? Grouping.Usually(r) : [.. attributes.Select(a => Grouping.By(r, a))];
        if (groupings.Count == 0)
            return null;

        learner ??= Learner.Linear;
        PredictionTask? task = target is null ? null : PredictionTask.Of(target, r, h);
        Models? models = task is { IsBinary: true } ? Models.Train(learner, task, r, s, h, seed, cancellation) : null;
        List<GroupFairness> groups = [];
        List<Measure> gaps = [];
        foreach (Grouping grouping in groupings)
        {
            cancellation.ThrowIfCancellationRequested();
            List<(GroupScores Tstr, GroupScores Trtr)> scored = [];
            for (int g = 0; g < grouping.Groups.Count; g++)
            {
                (Table R, Table S, Table H) part = (Rows(r, grouping, g), Rows(s, grouping, g), Rows(h, grouping, g));
                if (part.R.RowCount + part.S.RowCount + part.H.RowCount == 0)
                    continue;
                (GroupScores Tstr, GroupScores Trtr)? scores = models?.Score(grouping, g);
                if (scores is { } both)
                    scored.Add(both);
                groups.Add(new GroupFairness
                {
                    Attribute = grouping.Attribute,
                    Group = grouping.Groups[g],
                    Holdout = part.H.RowCount,
                    RealShare = Share(part.R.RowCount, r.RowCount),
                    SyntheticShare = Share(part.S.RowCount, s.RowCount),
                    Measures = [.. Fidelity(part, r.RowCount, s.RowCount, seed), .. scores is { } pair ? Scores(pair.Tstr, pair.Trtr) : []],
                    Unreliable = models is null ? part.H.RowCount < GroupScores.LeastCases : scores?.Trtr.Unreliable ?? true,
                });
            }

            if (scored.Count > 1)
                gaps.AddRange(Gaps(grouping.Attribute, FairnessGaps.Of([.. scored.Select(p => p.Tstr)]), FairnessGaps.Of([.. scored.Select(p => p.Trtr)])));
        }

        string what = models is null
            ? "Shares and accuracy of margins within groups; there is no target with two classes, so no model was compared."
            : $"Shares and accuracy of margins within groups, and {learner.Name} of {target} trained on synthetic and on real rows, tested on the {h.RowCount} holdout rows group by group at threshold 0.5.";
        return new FairnessSection
        {
            Design = $"{what} Groups with fewer than {GroupScores.LeastCases} holdout cases or {GroupScores.LeastPositives} positive ones are marked unreliable.",
            Groups = groups,
            Gaps = gaps,
        };
    }

    private static IEnumerable<Measure> Fidelity((Table R, Table S, Table H) part, int realRows, int syntheticRows, Seed seed)
    {
        double ratio = Share(part.S.RowCount, syntheticRows) / Share(part.R.RowCount, realRows);
        yield return Figures.Near("fairness.share-ratio", "Share of the group, synthetic over real", ratio, 1, "the group has no real training row", minimum: 0,
            note: ratio is < 0.8 or > 1.25 ? "outside 0.8 to 1.25: the group shrank or grew" : null);
        yield return Figures.Score("fairness.a1", "Univariate accuracy A1 within the group", Accuracy(part.R, part.S, seed), "the group has no rows in a table") with
        {
            Reference = Accuracy(part.R, part.H, seed) is var reference && double.IsNaN(reference) ? null : reference,
            ReferenceName = "real holdout",
        };
    }

    private static double Accuracy(Table real, Table other, Seed seed) =>
        real.RowCount == 0 || other.RowCount == 0 ? double.NaN : MarginalAccuracy.Univariate(new TablePair(real, other, seed).Labels).Accuracy;

    private static IEnumerable<Measure> Scores(GroupScores tstr, GroupScores trtr)
    {
        (string Id, string Name, Direction Direction, Func<GroupScores, double> Of)[] rates =
        [
            ("auroc", "AUROC within the group", Direction.Higher, g => g.Auroc),
            ("selection-rate", "Share predicted positive", Direction.None, g => g.SelectionRate),
            ("tpr", "True positive rate", Direction.Higher, g => g.TruePositiveRate),
            ("fpr", "False positive rate", Direction.Lower, g => g.FalsePositiveRate),
            ("precision", "Precision", Direction.Higher, g => g.Precision),
            ("brier", "Brier score", Direction.Lower, g => g.Brier),
            ("calibration-gap", "Calibration gap", Direction.Lower, g => g.CalibrationGap),
        ];
        return rates.Select(rate => Beside(
            new Measure { Id = "fairness." + rate.Id, Name = rate.Name, Direction = rate.Direction, Minimum = 0, Maximum = 1, N = tstr.N }, rate.Of(tstr), rate.Of(trtr), OneClass));
    }

    private static IEnumerable<Measure> Gaps(string attribute, FairnessGaps tstr, FairnessGaps trtr)
    {
        const string Undefined = "fewer than two groups have the rate";
        Measure Gap(string id, string name, Func<FairnessGaps, double> of) => Beside(
            new Measure { Id = "fairness." + id, Name = name, Subject = attribute, Direction = Direction.Lower, Ideal = 0, Minimum = 0, Maximum = 1 }, of(tstr), of(trtr), Undefined);
        yield return Gap("demographic-parity", "Demographic parity difference", g => g.DemographicParityDifference);
        yield return Gap("equal-opportunity", "Equal opportunity difference", g => g.EqualOpportunityDifference);
        yield return Gap("equalised-odds", "Equalised odds difference", g => g.EqualisedOddsDifference);
        yield return Gap("auroc-gap", "AUROC gap", g => g.AurocGap);
        yield return Gap("demographic-parity-ratio", "Demographic parity ratio", g => g.DemographicParityRatio) with { Direction = Direction.Higher, Ideal = 1 };
    }

    private static Measure Beside(Measure shape, double synthetic, double real, string undefined) => Figures.Make(shape, synthetic, undefined) with
    {
        Reference = double.IsNaN(real) ? null : real,
        ReferenceName = Comparisons.Reference,
    };

    private static Table Rows(Table table, Grouping grouping, int group) =>
        table.Take([.. Enumerable.Range(0, table.RowCount).Where(i => grouping.Of(table, i) == group)]);

    private static double Share(int count, int n) => n == 0 ? 0 : (double)count / n;

    /// <summary>Predictions of both models on the labelled holdout rows.</summary>
    private sealed record Models(Table Holdout, int[] Truth, double[] Tstr, double[] Trtr)
    {
        public static Models? Train(Learner learner, PredictionTask task, Table train, Table synthetic, Table holdout, Seed seed, CancellationToken cancellation)
        {
            Table h = task.Labelled(holdout);
            TrainedClassifier? real = TrainedClassifier.Train(learner, task, train, seed.Derive("fit"), cancellation);
            TrainedClassifier? own = TrainedClassifier.Train(learner, task, synthetic, seed.Derive("fit"), cancellation);
            if (h.RowCount == 0 || real is null || own is null)
                return null;
            int[] truth = task.Labels(h);
            return new Models(h, truth, new Predictions(truth, own.Probabilities(h), 2).Positive, new Predictions(truth, real.Probabilities(h), 2).Positive);
        }

        public (GroupScores Tstr, GroupScores Trtr)? Score(Grouping grouping, int group)
        {
            int[] rows = [.. Enumerable.Range(0, Truth.Length).Where(i => grouping.Of(Holdout, i) == group)];
            if (rows.Length == 0)
                return null;
            int[] y = [.. rows.Select(i => Truth[i])];
            return (GroupScores.Of(y, [.. rows.Select(i => Tstr[i])]), GroupScores.Of(y, [.. rows.Select(i => Trtr[i])]));
        }
    }
}
