using Lethe.Reporting.Sections;
using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Markdown;

/// <summary>Section 5 in Markdown.</summary>
internal static class EmpiricalPrivacyText
{
    public static void Write(MarkdownWriter w, RunDocument run)
    {
        w.Section(5);
        if (run.Privacy is not { } p)
        {
            w.NotComputed("empirical privacy was not asked for in this run; nothing is known about what the data give away");
            return;
        }

        if (p.Verdict is not null)
            w.Paragraph($"**{MarkdownText.Inline(Phrases.Sentence(p.Verdict))}**");
        if (p.NotComputedBecause is not null)
            w.NotComputed(p.NotComputedBecause);
        Attacks(w, p, "5.1 Membership inference", "no membership attack was run", AttackArea.Membership);
        Attacks(w, p, "5.2 Attribute inference", "no attribute inference was run", AttackArea.Attribute);
        Attacks(w, p, "5.3 Singling out, linkability, inference", "none of the three attacks was run", AttackArea.SinglingOut, AttackArea.Linkability, AttackArea.Inference);
        w.Heading("5.4 Memorisation: exact and near copies");
        w.Measures("Copies", p.Copies, "the copy screen was not part of this run");
        if (p.Attacks.Any(a => a.Area == AttackArea.Memorisation))
            Attacks(w, p, "Attacks on memorised records", "", AttackArea.Memorisation);
        w.Heading("5.5 The most exposed patients and subgroups");
        w.Measures("Attacks on exposed groups", p.Exposed, "the attacks were not repeated on exposed groups");
        w.Heading("5.6 Controls");
        if (p.Controls.Count > 0)
            w.Table(SectionTables.Controls(p.Controls));
        else
            w.NotComputed("no controls were run; the findings above are weaker for it");
        w.Heading("5.7 Distances: diagnosis only");
        if (run.Edition == ReportEdition.Release)
            w.Paragraph("Not shown in the release edition: distances are functions of single patients.");
        else
            w.Measures("Distances to the closest record; they do not support a privacy claim", p.Distances, "distances were not part of this run");
        w.Heading("Not tested");
        w.List(p.NotTested, "Nothing was recorded as not tested; section 9 gives the assumptions.");
    }

    private static void Attacks(MarkdownWriter w, PrivacySection p, string heading, string missing, params AttackArea[] areas)
    {
        AttackResult[] attacks = [.. p.Attacks.Where(a => areas.Contains(a.Area))];
        w.Heading(heading);
        if (attacks.Length == 0)
        {
            w.NotComputed(missing);
            return;
        }

        w.Paragraph(MarkdownText.Inline(Readings.Attacks(attacks)));
        foreach (TextTable table in SectionTables.Attacks(attacks))
            w.Table(table);
        w.List([.. attacks.Select(a => $"{a.Attack.Title}: {a.Finding} {a.Power}".TrimEnd())], "");
    }
}
