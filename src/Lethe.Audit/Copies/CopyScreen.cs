using Lethe.Audit.Diagnostics;
using Lethe.Evaluation.Statistics;
using Lethe.Results;
using MathNet.Numerics.Distributions;

namespace Lethe.Audit.Copies;

/// <summary>
/// Synthetic rows that repeat a training record, exactly or nearly, against the rate at which they repeat holdout records,
/// which the generator never saw: tables of few levels produce honest matches, only the excess is a finding.
/// </summary>
/// <param name="ExactTrain">Synthetic rows equal to a training record in every modelled column.</param>
/// <param name="ExactHoldout">The same against holdout records.</param>
/// <param name="NearTrain">Synthetic rows nearer to a training record than real patients are to each other.</param>
/// <param name="NearHoldout">The same against holdout records.</param>
/// <param name="NearLimit">The distance below which a row counts as near; 0 when real patients coincide themselves.</param>
/// <param name="RepeatedTrain">Training rows that stand in the release exactly.</param>
/// <param name="RepeatedHoldout">Holdout rows that stand in it exactly.</param>
/// <param name="SyntheticRows">Rows of the release.</param>
/// <param name="TrainRows">Training rows.</param>
/// <param name="HoldoutRows">Holdout rows.</param>
internal sealed record CopyScreen(
    int ExactTrain, int ExactHoldout, int NearTrain, int NearHoldout, double NearLimit,
    int RepeatedTrain, int RepeatedHoldout, int SyntheticRows, int TrainRows, int HoldoutRows)
{
    /// <summary>Quantile of the distances between real patients below which a synthetic row counts as a near copy.</summary>
    private const double SpacingQuantile = 0.001;

    /// <summary>Chance of at least so many exact hits among the training records if none were copied.</summary>
    public double ExactP => ExcessP(ExactTrain, ExactHoldout);

    /// <summary>Chance of at least so many near hits among the training records if none were copied.</summary>
    public double NearP => ExcessP(NearTrain, NearHoldout);

    public static CopyScreen Of(RealNeighbours near)
    {
        double[] toTrain = near.SyntheticToTrain.Distances(), toHoldout = near.SyntheticToHoldout.Distances();
        double limit = near.RealSpacing.Length == 0 ? 0 : Quantile.Of(near.RealSpacing, SpacingQuantile);
        return new CopyScreen(
            toTrain.Count(d => d == 0), toHoldout.Count(d => d == 0),
            toTrain.Count(d => d < limit), toHoldout.Count(d => d < limit), limit,
            near.TrainToSynthetic.Count(d => d == 0), near.HoldoutToSynthetic.Count(d => d == 0),
            near.SyntheticRows, near.TrainRows, near.HoldoutRows);
    }

    public IReadOnlyList<Measure> Measures() =>
    [
        new Measure
        {
            Id = "copies.repeated-patients",
            Name = "Training records that stand in the release exactly",
            Value = (double)RepeatedTrain / TrainRows,
            Interval = ProportionInterval.Wilson(RepeatedTrain, TrainRows),
            Reference = (double)RepeatedHoldout / HoldoutRows,
            ReferenceInterval = ProportionInterval.Wilson(RepeatedHoldout, HoldoutRows),
            ReferenceName = "holdout records, never seen by the generator",
            Direction = Direction.Lower,
            Minimum = 0,
            Maximum = 1,
            N = TrainRows,
            Note = $"{RepeatedTrain} of {TrainRows} training records, {RepeatedHoldout} of {HoldoutRows} holdout records.",
        },
        Rate("copies.exact", "Synthetic rows equal to a training record", ExactTrain, ExactHoldout, ExactP, null),
        Rate(
            "copies.near",
            "Synthetic rows nearer to a training record than real patients are to each other",
            NearTrain,
            NearHoldout,
            NearP,
            NearLimit > 0 ? null : "real patients coincide with each other in these columns, so nearness tells nothing"),
    ];

    private Measure Rate(string id, string name, int train, int holdout, double p, string? notComputed) => new()
    {
        Id = id,
        Name = name,
        Value = notComputed is null ? (double)train / SyntheticRows : null,
        Interval = notComputed is null ? ProportionInterval.Wilson(train, SyntheticRows) : null,
        Reference = notComputed is null ? (double)holdout / SyntheticRows * TrainRows / HoldoutRows : null,
        ReferenceName = "expected from the holdout at the training part's size",
        Direction = Direction.Lower,
        Minimum = 0,
        Maximum = 1,
        N = SyntheticRows,
        NotComputedBecause = notComputed,
        Note = notComputed is null
            ? FormattableString.Invariant($"Of {SyntheticRows} synthetic rows {train} hit a training record, {holdout} a holdout record ({TrainRows} and {HoldoutRows} records); chance of so many without copying: p = {p:G3}.")
            : null,
    };

    /// <summary>Without copying each hit falls on a training record with the training part's share of the real rows: P(Bin(a + b, share) ≥ a).</summary>
    private double ExcessP(int train, int holdout)
    {
        int hits = train + holdout;
        return train == 0 ? 1 : 1 - Binomial.CDF((double)TrainRows / (TrainRows + HoldoutRows), hits, train - 1);
    }
}
