using Lethe.Audit.Statistics;
using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Audit;

/// <summary>The statistics of one attack's scores, the same for every attack.</summary>
/// <param name="Attack">The attack.</param>
/// <param name="Scores">One score a patient, members first.</param>
/// <param name="Labels">Membership bits.</param>
internal sealed record AttackFigures(IAttack Attack, double[] Scores, int[] Labels)
{
    private static readonly double[] FalsePositiveRates = [0.1, 0.01, 0.001];

    public int Members { get; } = Labels.Sum();

    public int NonMembers => Labels.Length - Members;

    public DeLong.Estimate Auc { get; } = DeLong.Of(Labels, Scores);

    public Interval? AucInterval { get; } = DeLong.Interval(Labels, Scores);

    public LowFprCertificate? Certificate { get; } = LowFprCertificate.Of(
        Scores.AsSpan(0, Labels.Sum()), Scores.AsSpan(Labels.Sum()));

    public double EquivalenceP => Equivalence.P(Auc.Auc, Auc.StandardError);

    private string Prefix => $"attack.{Attack.Descriptor.Name}.";

    public AttackResult Result(double adjustedP)
    {
        RocCurve roc = RocCurve.Of(Labels, Scores);
        return new AttackResult
        {
            Attack = Attack.Descriptor,
            ThreatModel = Attack.ThreatModel.Describe(),
            Area = AttackArea.Membership,
            Measures = [AucMeasure(adjustedP), .. FalsePositiveRates.Select(f => TprMeasure(roc, f)), CertificateMeasure(), AdvantageMeasure()],
            Roc = [new Series(Attack.Descriptor.Title, roc.FalsePositiveRate, roc.TruePositiveRate)],
            Members = Members,
            NonMembers = NonMembers,
            Finding = Finding(adjustedP),
            Power = Power(),
        };
    }

    private Measure AucMeasure(double adjustedP) => new()
    {
        Id = Prefix + "auc",
        Name = "Area under the ROC curve",
        Value = Auc.Auc,
        Interval = AucInterval,
        Direction = Direction.Ideal,
        Ideal = 0.5,
        Minimum = 0,
        Maximum = 1,
        N = Labels.Length,
        Note = FormattableString.Invariant($"0.5 is blind guessing. Permutation p over all attacks: {adjustedP:G3}; equivalence to guessing within ±{Equivalence.DefaultMargin}: p = {EquivalenceP:G3}."),
    };

    private Measure TprMeasure(RocCurve roc, double fpr)
    {
        // The rate at f is read off the f·n most suspicious non-members: fewer than one of them is no figure, fewer than ten a rough one.
        double behind = fpr * NonMembers, percent = fpr * 100;
        double tpr = roc.TprAtFpr(fpr);
        bool estimable = behind >= 1;
        return new Measure
        {
            Id = FormattableString.Invariant($"{Prefix}tpr-at-fpr-{fpr}"),
            Name = FormattableString.Invariant($"Members found at {percent} % false alarms"),
            Value = estimable ? tpr : null,
            Interval = estimable ? ProportionInterval.ClopperPearson((int)Math.Round(tpr * Members), Members) : null,
            Direction = Direction.Lower,
            Ideal = fpr,
            Minimum = 0,
            Maximum = 1,
            N = Labels.Length,
            NotComputedBecause = estimable ? null : FormattableString.Invariant($"not estimable: {percent} % of {NonMembers} non-members is less than one patient; {1 / fpr:F0} are needed, {10 / fpr:F0} for a firm figure"),
            Note = estimable && behind < 10 ? FormattableString.Invariant($"Rough: rests on {Math.Floor(behind):F0} non-members; {10 / fpr:F0} would make it firm. The interval covers the members only.") : null,
        };
    }

    private Measure CertificateMeasure()
    {
        string id = Prefix + "certificate", name = "Established excess of members found over false alarms, aimed at 1 % false alarms";
        return Certificate is not { } c
            ? new Measure { Id = id, Name = name, NotComputedBecause = "it needs at least two non-members" }
            : new Measure
            {
                Id = id,
                Name = name,
                Value = c.TprLower - c.FprUpper,
                Direction = Direction.Lower,
                Ideal = 0,
                Minimum = -1,
                Maximum = 1,
                N = Labels.Length,
                Note = FormattableString.Invariant($"{c.TruePositives} of {c.Members} members (at least {c.TprLower:P1}) and {c.FalsePositives} of {c.NonMembers} non-members (at most {c.FprUpper:P1}) lie above the threshold. Above 0 a leak is established."),
            };
    }

    private Measure AdvantageMeasure()
    {
        string id = Prefix + "advantage", name = "Membership advantage";
        return CrossFittedAdvantage.Of(Scores.AsSpan(0, Members), Scores.AsSpan(Members)) is not { } advantage
            ? new Measure { Id = id, Name = name, NotComputedBecause = "it needs at least two members and two non-members" }
            : new Measure
            {
                Id = id,
                Name = name,
                Value = advantage.Value,
                Interval = advantage.Interval,
                Direction = Direction.Ideal,
                Ideal = 0,
                Minimum = -1,
                Maximum = 1,
                N = Labels.Length,
                Note = "True minus false positive rate at a threshold chosen on one half of the patients and applied to the other, both ways round.",
            };
    }

    private string Finding(double adjustedP)
    {
        string figure = AucInterval is { } i
            ? FormattableString.Invariant($"area under the curve {Auc.Auc:F3} (95 % interval {i.Lower:F3}–{i.Upper:F3}), {Members} members and {NonMembers} non-members")
            : FormattableString.Invariant($"area under the curve {Auc.Auc:F3}, {Members} members and {NonMembers} non-members");
        string reading = Certificate is { Leak: true } c
            ? FormattableString.Invariant($"it singles out {c.TruePositives} members with few false alarms: a leak.")
            : adjustedP < 0.05
                ? FormattableString.Invariant($"members and non-members can be told apart better than by chance (p = {adjustedP:G3}).")
                : "it did not tell members from non-members with significance; that shows what this attack found, not that nothing can be found.";
        return $"Under this attack, with this knowledge, on these data: {figure}; {reading}";
    }

    private string Power() => FormattableString.Invariant(
        $"With {Members} members and {NonMembers} non-members an attack whose true area is below {AuditPower.MinimumDetectableAuc(Members, NonMembers):F3} is missed in one audit of ten or more; copies of fewer than about {2 * (AuditPower.MinimumDetectableAuc(Members, NonMembers) - 0.5):P0} of the patients do not show in it.");
}
