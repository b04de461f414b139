using Lethe.Data.Tables;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Importance;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Learning;
using Lethe.Results;

namespace Lethe.Evaluation.Survival;

/// <summary>
/// Are survival times of synthetic patients like real ones, and does a Cox model learnt from them order real patients? Every figure stands beside that of the
/// real holdout or of the model trained on real patients.
/// </summary>
public static class SurvivalEvaluator
{
    /// <summary>Ridge of the Cox models on standardised covariates: enough to keep separated ones finite.</summary>
    private const double Ridge = 1e-2;

    /// <summary>The figures.</summary>
    /// <param name="train">Real rows that the generator saw.</param>
    /// <param name="holdout">Real rows that it never saw, or null.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="time">Numeric column of times from entry.</param>
    /// <param name="occurred">Column that tells whether the event happened: a number above 0, or the second of two levels.</param>
    /// <exception cref="ArgumentException">The columns do not hold times and a yes/no event, or there are no usable rows.</exception>
    public static IReadOnlyList<Measure> Evaluate(Table train, Table? holdout, Table synthetic, string time, string occurred)
    {
        Table[] aligned = holdout is null ? TableAlignment.Align(train, synthetic) : TableAlignment.Align(train, synthetic, holdout);
        Check(aligned[0], time, occurred);
        Table r = Usable(aligned[0], time, occurred), s = Usable(aligned[1], time, occurred);
        Table? h = holdout is null ? null : Usable(aligned[2], time, occurred);
        SurvivalData real = Data(r, time, occurred), other = Data(s, time, occurred);
        SurvivalData? unseen = h is null ? null : Data(h, time, occurred);
        if (real.Count == 0)
            throw new ArgumentException($"No training row has both a time in '{time}' and an event status in '{occurred}'.");
        List<Measure> figures = [];
        figures.AddRange(Compared(real, other).Select((m, k) => unseen is null ? m : WithReference(m, Compared(real, unseen)[k])));
        int impossible = ((NumericColumn)aligned[1][time]).Values.ToArray().Count(t => t <= 0 || t > real.Times.Max());
        int impossibleReal = ((NumericColumn)aligned[0][time]).Values.ToArray().Count(t => t <= 0);
        figures.Add(Figures.Distance(
            "survival.impossible-times", "Times not above 0 or beyond the longest real follow-up", s.RowCount == 0 ? double.NaN : (double)impossible / s.RowCount, "there are no synthetic rows", maximum: 1) with
        {
            Reference = (double)impossibleReal / r.RowCount,
            ReferenceName = "real training data",
        });
        if (h is not null && unseen is not null)
            figures.AddRange(Models(r, real, s, other, h, unseen, time, occurred));
        return figures;
    }

    private static Measure[] Compared(SurvivalData real, SurvivalData other)
    {
        const string NoRows = "the compared table has no usable rows";
        bool empty = other.Count == 0;
        SurvivalDivergence? divergence = empty ? null : SurvivalDivergence.Of(real, other);
        double Share(SurvivalData d) => (double)d.Events.Count(e => e) / d.Count;
        return
        [
            Figures.Near("survival.optimism", "Survival optimism", divergence?.Optimism ?? double.NaN, 0, NoRows, -1, 1, note: "above 0: cases live longer than real ones"),
            Figures.Distance("survival.absolute-optimism", "Area between survival curves", divergence?.AbsoluteOptimism ?? double.NaN, NoRows, maximum: 1),
            Figures.Near("survival.short-sightedness", "Follow-up lost", divergence?.ShortSightedness ?? double.NaN, 0, NoRows, maximum: 1),
            Figures.Distance("survival.event-share-difference", "Difference of event shares", empty ? double.NaN : Math.Abs(Share(real) - Share(other)), NoRows, maximum: 1),
            Figures.Distance("survival.censoring-difference", "Area between censoring curves", empty ? double.NaN : SurvivalDivergence.Of(Reversed(real), Reversed(other)).AbsoluteOptimism, NoRows, maximum: 1),
            Figures.Plain("survival.log-rank-p", "Log-rank p-value", empty ? double.NaN : LogRank.Test(real, other).P, NoRows, note: "not a score: a p-value on synthetic rows is computed as if they were real"),
        ];
    }

    private static IEnumerable<Measure> Models(Table r, SurvivalData real, Table s, SurvivalData synthetic, Table h, SurvivalData unseen, string time, string occurred)
    {
        string[] covariates = [.. r.Schema.Columns.Where(c => c.IsModelled && c.Name != time && c.Name != occurred).Select(c => c.Name)];
        FeatureEncoder encoder = FeatureEncoder.Fit(r, covariates, new FeatureEncoderOptions { DropFirstLevel = true, DropConstant = true });
        if (encoder.Width == 0 || real.Events.Count(e => e) < 2 || synthetic.Events.Count(e => e) < 2 || !unseen.Events.Contains(true))
            yield break;
        DesignMatrix x = encoder.Encode(r);
        StandardScaler scaler = StandardScaler.Fit(x);
        DesignMatrix tests = scaler.Transform(encoder.Encode(h));
        CoxModel trtr = CoxModel.Fit(scaler.Transform(x), real, ridge: Ridge), tstr = CoxModel.Fit(scaler.Transform(encoder.Encode(s)), synthetic, ridge: Ridge);
        double[] byReal = trtr.Risk(tests), bySynthetic = tstr.Risk(tests);
        KaplanMeier censoring = KaplanMeier.OfCensoring(real);
        double horizon = Quantile.Of(real.Times, 0.9);
        yield return Beside("survival.harrell", "Concordance (Harrell), Cox model", Concordance.Harrell(unseen, bySynthetic).C, Concordance.Harrell(unseen, byReal).C);
        yield return Beside("survival.uno", "Concordance (Uno), Cox model", Concordance.Uno(unseen, bySynthetic, censoring, horizon), Concordance.Uno(unseen, byReal, censoring, horizon));
        CoefficientAgreement? agreement = CoefficientAgreement.Of([.. trtr.Coefficients], [.. trtr.StandardErrors], [.. tstr.Coefficients], [.. tstr.StandardErrors]);
        const string Undefined = "no coefficient has a finite standard error";
        yield return Figures.Score("survival.hazard-signs", "Hazard ratios, same direction", agreement?.SignAgreement ?? double.NaN, Undefined);
        yield return Figures.Score("survival.hazard-overlap", "Hazard ratios, overlap of 95 % intervals", agreement?.IntervalOverlap ?? double.NaN, Undefined, note: "intervals on synthetic rows are computed as if they were real and are too narrow");
        yield return Figures.Distance("survival.hazard-difference", "Hazard ratios, mean difference in real standard errors", agreement?.StandardisedDifference ?? double.NaN, Undefined);

        static Measure Beside(string id, string name, double synthetic, double real) => Figures.Score(id, name, synthetic, "no pair of holdout cases can be compared") with
        {
            Reference = double.IsNaN(real) ? null : real,
            ReferenceName = "trained on real",
        };
    }

    private static Measure WithReference(Measure measure, Measure reference) => measure with { Reference = reference.Value, ReferenceName = "real holdout" };

    /// <summary>Censoring as the event.</summary>
    private static SurvivalData Reversed(SurvivalData data) => data with { Events = [.. data.Events.Select(e => !e)] };

    private static Table Usable(Table table, string time, string occurred)
    {
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(i => !table[time].IsMissing(i) && !table[occurred].IsMissing(i) && ((NumericColumn)table[time])[i] >= 0)];
        return rows.Length == table.RowCount ? table : table.Take(rows);
    }

    private static void Check(Table real, string time, string occurred)
    {
        if (real[time] is not NumericColumn)
            throw new ArgumentException($"Column '{time}' holds levels; survival times are numbers. Name the column of times.");
        if (real[occurred] is DiscreteColumn { Levels.Count: not 2 } d)
            throw new ArgumentException($"Column '{occurred}' has {d.Levels.Count} levels; the event status is a number (0 = censored) or has two levels, the second meaning that it happened.");
    }

    private static SurvivalData Data(Table table, string time, string occurred)
    {
        bool[] events = table[occurred] is NumericColumn n ? [.. n.Values.ToArray().Select(v => v > 0)] : [.. ((DiscreteColumn)table[occurred]).Codes.ToArray().Select(c => c == 1)];
        return new SurvivalData(((NumericColumn)table[time]).Values.ToArray(), events);
    }
}
