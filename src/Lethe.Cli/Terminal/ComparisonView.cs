using Lethe.Results;
using Spectre.Console;

namespace Lethe.Cli.Terminal;

/// <summary>The figures of a comparison on standard output.</summary>
internal static class ComparisonView
{
    public static void Show(Session session, RunDocument document)
    {
        if (document.Fidelity is { } fidelity)
        {
            ResultView.Show(session, "Fidelity", [.. fidelity.Overall, .. fidelity.Detection]);
            ResultView.Show(session, "Plausibility", fidelity.Plausibility);
        }

        if (document.Utility is { } utility)
            ResultView.Show(session, $"Utility for '{utility.Target}'", utility.Headline);
        if (document.Privacy is { } privacy)
            Show(session, privacy);
        foreach (Check gate in document.Decision.Gates)
            session.Streams.Out.WriteLine($"{(gate.Passed ? "Gate met" : "Gate missed")}: {gate.Detail}");
    }

    private static void Show(Session session, PrivacySection privacy)
    {
        if (privacy.NotComputedBecause is { } reason)
            session.Streams.Out.WriteLine($"The audit was not computed because {reason}.");
        foreach (AttackResult attack in privacy.Attacks)
        {
            ResultView.Show(session, $"{attack.Attack.Title} ({attack.ThreatModel})", attack.Measures);
            session.Streams.Out.WriteLine(attack.Finding);
        }

        ResultView.Show(session, "Controls", privacy.Controls.Select(c => c.Figure with { Name = c.Name, Subject = null, Note = $"{(c.Passed ? "as it must be" : "FAILED")}. {c.Expectation}" }));
        ResultView.Show(session, "Copies", privacy.Copies);
        ResultView.Show(session, "Distances: diagnosis only, no support for a claim", privacy.Distances);
        if (privacy.Verdict is { } verdict)
            session.Streams.Out.WriteLine(verdict);
        session.Streams.Out.WriteLine("Not tested:");
        foreach (string gap in privacy.NotTested)
            session.Streams.Out.WriteLine($"  - {gap}");
    }
}
