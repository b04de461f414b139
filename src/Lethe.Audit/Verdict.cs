using Lethe.Audit.Copies;
using Lethe.Audit.Statistics;
using Lethe.Results;

namespace Lethe.Audit;

/// <summary>From figures to one of five states. Similarity figures cannot move the state towards "not detected".</summary>
internal static class Verdict
{
    private const double LeakP = 0.01;
    private const double LeakAuc = 0.55;
    private const double CopyP = 0.001;
    private const double SignalP = 0.05;
    private const double EquivalenceLevel = 0.05;
    private const double LargestTprAtOnePercent = 0.03;

    /// <summary>Fewer patients a side cannot show that an area lies within ½ ± 0.05.</summary>
    internal const int LeastPerArm = 750;

    public static (AuditState State, string Sentence) Of(
        IReadOnlyList<AttackFigures> attacks, MaxPermutationTest permutation, CopyScreen copies, IReadOnlyList<ControlResult> controls)
    {
        string levels = string.Join(" and ", attacks.Select(a => a.Attack.ThreatModel.Code()).Distinct().Order());
        int perArm = attacks.Min(a => Math.Min(a.Members, a.NonMembers));
        double visible = AuditPower.MinimumDetectableAuc(attacks[0].Members, attacks[0].NonMembers);

        if (controls.FirstOrDefault(c => !c.Passed) is { } failed)
            return (AuditState.NoVerdict, $"No verdict: a control failed ({failed.Name}), so the attacks' figures cannot be relied on.");

        List<string> leaks = [];
        foreach (AttackFigures a in attacks.Where(a => a.Certificate is { Leak: true }))
            leaks.Add($"{a.Attack.Descriptor.Title} singles out {a.Certificate!.TruePositives} of {a.Members} training patients with few false alarms");
        AttackFigures worst = attacks.MaxBy(a => Math.Abs(a.Auc.Auc - 0.5))!;
        if (permutation.P < LeakP && worst.AucInterval is { } i && (i.Lower > LeakAuc || i.Upper < 1 - LeakAuc))
            leaks.Add(FormattableString.Invariant($"{worst.Attack.Descriptor.Title} tells training patients from others with an area of {worst.Auc.Auc:F3} (95 % interval {i.Lower:F3}–{i.Upper:F3})"));
        if (copies.ExactP < CopyP || copies.NearP < CopyP)
            leaks.Add(FormattableString.Invariant($"{copies.ExactTrain} synthetic rows repeat a training record exactly and {copies.NearTrain} nearly, far more than repeat unseen patients"));
        if (leaks.Count > 0)
            return (AuditState.Leak, $"Leak ({levels}): {string.Join("; ", leaks)}.");

        if (permutation.P < SignalP)
            return (AuditState.Signal, FormattableString.Invariant($"Signal ({levels}): the attacks do better than chance (p = {permutation.P:G3} over {attacks.Count} attacks), by less than what counts as a leak here."));

        bool equivalent = attacks.All(a => a.EquivalenceP < EquivalenceLevel)
            && attacks.All(a => a.Certificate is { } c && LowFprCertificate.UpperLimit(c.TruePositives, c.Members) <= LargestTprAtOnePercent)
            && perArm >= LeastPerArm;
        return equivalent
            ? (AuditState.NotDetected, FormattableString.Invariant($"No leak detected at level {levels} (margin {Equivalence.DefaultMargin}): not detected by the {attacks.Count} attacks listed, at this level of access, for the average patient."))
            : (AuditState.Inconclusive, FormattableString.Invariant($"Inconclusive ({levels}): no significant finding, and too few patients to show its absence ({perArm} a side; {LeastPerArm} would allow it). This audit could have seen an area of {visible:F3} or more."));
    }
}
