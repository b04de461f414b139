using Lethe.Audit.Attacks;
using Lethe.Audit.Copies;
using Lethe.Audit.Diagnostics;
using Lethe.Audit.Statistics;
using Lethe.Data.Splits;
using Lethe.Results;

namespace Lethe.Audit;

/// <summary>Runs the attacks, controls, copy screen and distance diagnostics on a release, made by whatever tool.</summary>
public static class Auditor
{
    /// <summary>Audits the release in <paramref name="data"/>.</summary>
    /// <exception cref="KeyNotFoundException">An attack is asked for that does not exist.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static AuditOutcome Audit(AuditData data, AuditOptions options)
    {
        IAttack[] wanted = options.Attacks.Count == 0 ? [.. AttackRegistry.All] : [.. options.Attacks.Select(AttackRegistry.Get)];
        if (Unable(data) is { } reason)
            return new AuditOutcome(AuditState.NoVerdict, Empty(options, reason));

        CandidateSet candidates = CandidateSet.Draw(data, options.Seed.Derive("candidates"));
        List<AttackFigures> figures = [];
        List<ControlResult> controls = [];
        foreach (IAttack attack in wanted.Where(a => AttackRunner.CanRun(a, data.ReferencePoints)))
        {
            options.Cancellation.ThrowIfCancellationRequested();
            options.Progress?.Report(attack.Descriptor.Title);
            Lethe.Numerics.Randomness.Seed seed = options.Seed.Derive(attack.Descriptor.Name);
            double[] rows = AttackRunner.Score(attack, data.Synthetic, data.ReferencePoints, candidates.Rows, seed);
            figures.Add(new AttackFigures(attack, candidates.ByPatient(rows), candidates.Labels));
            controls.AddRange(Controls.Run(attack, data, candidates, seed));
        }

        if (figures.Count == 0)
            return new AuditOutcome(AuditState.NoVerdict, Empty(options, "none of the attacks asked for can be run: they need reference patients"));

        options.Cancellation.ThrowIfCancellationRequested();
        options.Progress?.Report("copies and distances");
        RealNeighbours near = new(data, options.Cancellation);
        CopyScreen copies = CopyScreen.Of(near);
        MaxPermutationTest permutation = MaxPermutationTest.Of([.. figures.Select(f => f.Scores)], candidates.Labels, options.Seed);
        (AuditState state, string sentence) = Verdict.Of(figures, permutation, copies, controls);
        return new AuditOutcome(state, new PrivacySection
        {
            Claim = options.Claim,
            Attacks = [.. figures.Select((f, i) => f.Result(permutation.AdjustedP[i]))],
            Copies = copies.Measures(),
            Distances = DistanceDiagnostics.Measures(near),
            DistanceCurves = DistanceDiagnostics.Curves(near),
            Controls = controls,
            Verdict = sentence,
            NotTested = NotTested(data, wanted),
        });
    }

    private static string? Unable(AuditData data)
    {
        if (data.Holdout is null)
            return "there is no holdout: without patients whom the generator never saw, members cannot be told from everybody";
        if (data.Synthetic.RowCount == 0)
            return "the release has no rows";
        return Grouping.Of(data.Train).GroupCount < 2 || Grouping.Of(data.Holdout).GroupCount < 2
            ? "an attack needs at least two training and two holdout patients"
            : null;
    }

    private static PrivacySection Empty(AuditOptions options, string reason) => new()
    {
        Claim = options.Claim,
        Attacks = [],
        Copies = [],
        Distances = [],
        NotTested = ["Everything: the audit was not computed."],
        NotComputedBecause = reason,
    };

    private static List<string> NotTested(AuditData data, IAttack[] wanted)
    {
        List<string> gaps = [];
        foreach (IAttack attack in AttackRegistry.All)
        {
            if (!wanted.Contains(attack))
                gaps.Add($"{attack.Descriptor.Title}: not asked for.");
            else if (!AttackRunner.CanRun(attack, data.ReferencePoints))
                gaps.Add($"{attack.Descriptor.Title}: needs reference patients, of whom there are none.");
        }

        gaps.Add("Negative controls on unrelated patients: " + (data.ReferencePoints is null ? "not run, there are no reference patients." : "run on half of the reference patients."));
        gaps.Add("Other membership attacks on the release (densities, classifiers, column subsets): not run.");
        gaps.Add("Attribute inference, singling out, linkability: not run.");
        gaps.Add("Adversaries with a sampler, shadow models, or the model file (levels T2 to T6): not run.");
        gaps.Add("The most isolated patients and subgroups apart: not run.");
        return gaps;
    }
}
