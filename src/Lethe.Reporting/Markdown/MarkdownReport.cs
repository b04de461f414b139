using System.Text;
using Lethe.Reporting.Annex;
using Lethe.Reporting.Cards;
using Lethe.Reporting.Charts;
using Lethe.Reporting.Editions;
using Lethe.Reporting.Sections;
using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Markdown;

/// <summary>The report as Markdown: the same sections in the same order, figures as their sentence of reading and their numbers.</summary>
public static class MarkdownReport
{
    /// <summary>Writes the document in its own edition.</summary>
    public static string Render(RunDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Render(document, document.Edition);
    }

    /// <summary>Writes the document in the given edition.</summary>
    /// <exception cref="ArgumentException">An internal report was asked of a document that is already reduced.</exception>
    public static string Render(RunDocument document, ReportEdition edition)
    {
        RunDocument run = ReleaseEdition.For(document, edition);
        var w = new MarkdownWriter();
        w.Line($"# {MarkdownText.Inline(run.Title)}");
        w.Paragraph($"**{Phrases.EditionName(run.Edition)}.** {Phrases.EditionMeaning(run.Edition)}");
        w.Facts(SectionFacts.Cover(run));
        Decision(w, run);
        Context(w, run);
        Source(w, run);
        Method(w, run);
        FormalPrivacy(w, run);
        EmpiricalPrivacyText.Write(w, run);
        Fidelity(w, run);
        Utility(w, run);
        Fairness(w, run);
        Limitations(w, run);
        Reproduction(w, run);
        Annex(w, run);
        w.Section(12);
        foreach (GlossaryEntry entry in Glossary.Current.Entries)
            w.Line($"- **{MarkdownText.Inline(entry.Term)}** ({MarkdownText.Inline(entry.Range)}): {MarkdownText.Inline(entry.Reading)}");
        return w.ToString();
    }

    private static void Decision(MarkdownWriter w, RunDocument run)
    {
        w.Section(0);
        if (run.Data.Simulated)
            w.Paragraph("**Simulated source data.** Lethe invented the source data of this run; no real patient is behind it.");
        w.Facts(SectionFacts.Release(run));
        foreach ((string question, Answer answer) in ((string, Answer)[])[("Is it faithful?", run.Decision.Faithful), ("Is it useful?", run.Decision.Useful), ("What does it give away?", run.Decision.Private)])
            w.Paragraph($"**{question}** {Phrases.StatusMark(answer.Status)} {(answer == run.Decision.Private ? Phrases.PrivacyStatusWord(answer.Status) : Phrases.StatusWord(answer.Status))}. {MarkdownText.Inline(Phrases.Sentence(answer.Sentence))} {MarkdownText.Inline(Phrases.Sentence(answer.Basis))}");
        w.Table(SectionTables.Answers(run.Decision));
        w.Paragraph($"**Formal claim.** {MarkdownText.Inline(Phrases.Sentence(run.Decision.FormalClaim))}");
        w.Heading("The largest caveats");
        w.List([.. run.Decision.Caveats.Take(3).Select(Phrases.Sentence)], "None recorded; section 9 lists what was not tested.");
        if (run.Decision.Gates.Count > 0)
            w.Table(SectionTables.Gates(run.Decision.Gates));
        w.Paragraph("Decision: ☐ release ☐ release under conditions ☐ do not release. Name, role, date, signature: ______________________");
    }

    private static void Context(MarkdownWriter w, RunDocument run)
    {
        w.Section(1);
        w.Facts(SectionFacts.Context(run));
        w.Heading("Adversaries considered");
        w.List([.. (run.Privacy?.Attacks ?? []).Select(a => a.ThreatModel).Distinct().Order(StringComparer.Ordinal)], "Not computed, because no attack was run.");
    }

    private static void Source(MarkdownWriter w, RunDocument run)
    {
        w.Section(2);
        w.Facts(SectionFacts.Source(run));
        w.Table(SectionTables.Counts(run.Data));
        w.Table(SectionTables.Columns(run.Data));
        w.Paragraph(MarkdownText.Inline(Readings.Missing(run.Data)));
        if (run.Cohort is { } c)
        {
            w.Heading("Stays and their course");
            w.Facts(CohortTables.Facts(c));
            w.Table(CohortTables.TableOne(c));
            if (c.LeftOut.Count > 0)
                w.Table(CohortTables.LeftOut(c));
            w.Table(CohortTables.Channels(c));
            w.List([CohortTables.ObservedReading(c), CohortTables.CorrelationReading(c)], "");
        }

        w.Heading("Left out");
        w.List(run.Data.Exclusions, "No row and no column was left out.");
        w.Heading("Warnings about the data");
        w.List(run.Data.Warnings, "No warnings.");
    }

    private static void Method(MarkdownWriter w, RunDocument run)
    {
        w.Section(3);
        w.Facts(SectionFacts.Method(run));
        if (run.Method.Selection is { } selection)
        {
            w.Paragraph(MarkdownText.Inline(selection.Rule));
            w.Table(SectionTables.Selection(selection));
        }

        w.Heading("Deviations from the paper");
        w.List(run.Method.Deviations, "None recorded.");
        w.Heading("What pre-processing learnt from the data");
        w.List(run.Method.LearntFromData, "Nothing recorded.");
        w.Paragraph(run.Method.Training.Count > 0 ? MarkdownText.Inline(Readings.Training(run.Method.Training)) : "Course of training: not computed, because the method recorded none.");
        if (run.Method.CollapseChecks.Count > 0)
            w.Table(SectionTables.Checks("Collapse checks", "Check", run.Method.CollapseChecks));
        if (run.Method.Notices.Count > 0)
            w.List(run.Method.Notices, "");
        if (run.Method.Options.Count > 0)
            w.Table(SectionTables.Options(run.Method));
    }

    private static void FormalPrivacy(MarkdownWriter w, RunDocument run)
    {
        w.Section(4);
        w.Paragraph(MarkdownText.Inline(Phrases.Sentence(run.Method.PrivacyClaim)));
        if (run.FormalPrivacy is not { } card)
        {
            w.NotComputed("no method of this run carries a formal claim");
            return;
        }

        w.Facts(SectionFacts.PrivacyCard(card));
        w.Paragraph(Phrases.EpsilonMeaning(card.Epsilon, card.Delta));
        w.Table(SectionTables.Ledger(card));
        w.Measures("ε at the same δ", card.Accountants, "a single accountant was asked");
    }

    private static void Fidelity(MarkdownWriter w, RunDocument run)
    {
        w.Section(6);
        if (run.Fidelity is { } f)
            Columns(w, f);
        else if (run.Series is null)
            w.NotComputed("fidelity was not asked for in this run");
        if (run.Series is { } s)
            Courses(w, s);
    }

    private static void Courses(MarkdownWriter w, SeriesSection s)
    {
        w.Facts(SeriesText.Facts(s));
        w.Measures("Courses over time: values", s.Values);
        w.Measures("Courses over time: what is observed when", s.Observation);
        w.Measures("Courses that no monitor draws", s.Plausibility);
        w.Measures("Trained judges", s.Detection, "trained judges were switched off, or there are too few stays to test them on");
        w.Measures("Figures per channel", [.. s.Channels.SelectMany(c => c.Measures)], "no figures per channel");
        w.List([SeriesText.Observation(s), .. s.Channels.Select(c => $"{c.Title}: {SeriesText.Course(c)} {SeriesText.Autocorrelation(c)}")], "");
        w.List(s.Notes, "");
    }

    private static void Columns(MarkdownWriter w, FidelitySection f)
    {

        w.Measures("Figures about the whole table", f.Overall);
        w.Measures("Figures per column", [.. f.Columns.SelectMany(c => c.Measures.Select(m => m with { Subject = m.Subject ?? c.Column }))], "no figures per column");
        w.List([.. f.Columns.Select(c => $"{c.Column}: {Readings.Distribution(c.Distribution)}")], "");
        w.Paragraph(f.Associations is { } a ? MarkdownText.Inline(Readings.Associations(a)) : "Pairs: not computed, because fewer than two columns have an association.");
        w.Measures("Pairs that differ most", f.WorstPairs, "no pair of columns was compared");
        w.Measures("Detection by a classifier", f.Detection, "detection was not part of this run");
        if (f.Projection is { } p)
            w.Paragraph($"{MarkdownText.Inline(p.Method)}: {Readings.Projection(p)}");
        w.Measures("Clinical plausibility: violations", f.Plausibility, "no rules were given");
        if (f.Survival.Count > 0)
            w.Measures("Survival times, censoring and Cox models", f.Survival);
        w.Measures("New rows and distances", f.Novelty, "rows were not compared one by one");
        w.List(f.Notes, "");
    }

    private static void Utility(MarkdownWriter w, RunDocument run)
    {
        w.Section(7);
        if (run.Utility is not { } u)
        {
            w.NotComputed("no target column was named, so no model could be trained and tested");
            return;
        }

        w.Paragraph($"Target: {MarkdownText.Inline(u.Target)}. {MarkdownText.Inline(u.Design)}");
        w.Measures("Averaged over learners", u.Headline);
        foreach (LearnerUtility learner in u.Learners)
        {
            w.Heading(Phrases.Sentence(learner.Learner).TrimEnd('.'));
            w.Measures($"Scores of the {learner.Learner}: value trained on synthetic, reference trained on real", learner.Measures);
            foreach ((string name, ClassificationReport? report) in ((string, ClassificationReport?)[])[("TSTR", learner.Tstr), ("TRTR", learner.Trtr)])
            {
                if (report is null)
                    continue;
                w.Table(SectionTables.Report($"Classification report, {name}", report));
                w.Table(SectionTables.Confusion($"Confusion matrix, {name} (rows true, columns predicted)", report));
            }

            if (learner.Calibration.Count > 0)
                w.Paragraph(MarkdownText.Inline(Readings.Calibration(learner.Calibration)));
        }

        w.Measures("Agreement of models from synthetic and real data", u.Agreement, "feature importances were not compared");
        w.List(u.Notes, "");
    }

    private static void Fairness(MarkdownWriter w, RunDocument run)
    {
        w.Section(8);
        if (run.Fairness is not { } f)
        {
            w.NotComputed("the run compared no groups; whether small groups are represented is unknown");
            return;
        }

        w.Paragraph(MarkdownText.Inline(f.Design));
        w.Table(SectionTables.Groups(f));
        w.Paragraph(MarkdownText.Inline(Readings.Groups(f)));
        w.Measures("Figures within groups", [.. f.Groups.SelectMany(g => g.Measures.Select(m => m with { Subject = $"{g.Attribute} {g.Group}" }))], "no figures were computed within groups");
        w.Measures("Differences between groups", f.Gaps, "no differences between groups were computed");
    }

    private static void Limitations(MarkdownWriter w, RunDocument run)
    {
        w.Section(9);
        w.List(run.Limitations, "None recorded beyond those below.");
        w.Heading("Not tested");
        w.List(run.Privacy?.NotTested ?? ["Empirical privacy as a whole: no attack was part of this run."], "Nothing recorded.");
        w.Heading("Limits of every audit");
        w.List(LimitationsPage.Always, "");
    }

    private static void Reproduction(MarkdownWriter w, RunDocument run)
    {
        w.Section(10);
        w.Facts(SectionFacts.Reproduction(run));
        if (run.Provenance.Files.Count > 0)
            w.Table(SectionTables.Files(run.Provenance.Files));
        if (run.Configuration is not null)
            w.Block(MarkdownText.Code(run.Configuration, "yaml"));
        foreach (Card card in CardDeck.For(run))
        {
            w.Heading(card.Title);
            w.List([.. card.Parts.Select(p => $"{p.Heading}: {(p.Lines.Count == 0 ? Fact.NotStated : string.Join(" ", p.Lines))}")], "");
        }
    }

    private static void Annex(MarkdownWriter w, RunDocument run)
    {
        w.Section(11);
        RegulatoryMap map = RegulatoryMap.Current;
        w.Paragraph($"Regulatory map {map.Version} of {map.Date}. Texts change: check the instruments themselves before relying on a row.");
        foreach (RegulatoryRow row in map.Rows)
        {
            w.Heading(row.Instrument);
            w.Paragraph($"{MarkdownText.Inline(row.Citation)}. *{MarkdownText.Inline(row.Asks)}*");
            w.List([.. row.Evidence.Select(key => Evidence.Line(key, run)).Select(line => $"{line.Text} (Section {line.Section})"), .. row.PersonAdds.Select(add => $"A person must add: {add}: ____________")], "");
        }
    }
}
