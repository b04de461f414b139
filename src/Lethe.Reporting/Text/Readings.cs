using Lethe.Results;

namespace Lethe.Reporting.Text;

/// <summary>One sentence of finding per figure, made from the figure's own numbers.</summary>
internal static class Readings
{
    /// <summary>½ Σ |p − q|: the share that would have to move for the two distributions to be equal.</summary>
    public static double TotalVariation(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        double sum = 0;
        for (int i = 0; i < Math.Max(p.Count, q.Count); i++)
            sum += Math.Abs((i < p.Count ? p[i] : 0) - (i < q.Count ? q[i] : 0));
        return sum / 2;
    }

    public static string Distribution(Distribution d)
    {
        string text = $"{Figures.Percent(Math.Round(TotalVariation(d.Real, d.Synthetic), 3))} of the synthetic records would have to move to match the real shares";
        return d.Holdout is { } holdout
            ? $"{text}; for the real holdout it is {Figures.Percent(Math.Round(TotalVariation(d.Real, holdout), 3))}."
            : text + ".";
    }

    public static string Missing(DataSection d)
    {
        ColumnSummary[] some = [.. d.Columns.Where(c => c.MissingShare != 0)];
        if (some.Length == 0)
            return "No cell is missing.";
        ColumnSummary most = some.MaxBy(c => c.MissingShare)!;
        return $"{Phrases.Plural(some.Length, "column")} of {d.Columns.Count} {(some.Length == 1 ? "has" : "have")} missing cells; the most in {most.Name}, {(most.MissingShare < 0 ? "under 10 cells" : Figures.Percent(most.MissingShare))}.";
    }

    public static string Training(IReadOnlyList<Series> lines)
    {
        IEnumerable<string> parts = lines.Where(l => l.Y.Count > 1).Select(l => $"{l.Name} went from {Figures.Number(l.Y[0])} to {Figures.Number(l.Y[^1])}");
        string text = string.Join("; ", parts);
        return text.Length == 0 ? "Too few points for a course." : Phrases.Sentence(text);
    }

    /// <summary>Mean and largest absolute difference over the pairs above the diagonal.</summary>
    public static (double Mean, double Largest, int Row, int Column, int Pairs) Difference(AssociationMatrices a)
    {
        double sum = 0, largest = -1;
        int pairs = 0, row = 0, column = 0;
        for (int r = 0; r < a.Labels.Count; r++)
        {
            for (int c = r + 1; c < a.Labels.Count; c++)
            {
                if (a.Real[r][c] is not { } x || a.Synthetic[r][c] is not { } y)
                    continue;
                double gap = Math.Abs(x - y);
                sum += gap;
                pairs++;
                if (gap > largest)
                    (largest, row, column) = (gap, r, c);
            }
        }

        return (pairs == 0 ? double.NaN : sum / pairs, largest, row, column, pairs);
    }

    public static string Associations(AssociationMatrices a)
    {
        (double mean, double largest, int row, int column, int pairs) = Difference(a);
        return pairs == 0
            ? "No pair has an association in both tables."
            : $"Over {Phrases.Plural(pairs, "pair")} the association differs by {Figures.Number(mean)} on average; most for {a.Labels[row]} with {a.Labels[column]}, by {Figures.Number(largest)}.{Holdout(a)}";
    }

    private static string Holdout(AssociationMatrices a) => a.Holdout is { } holdout && Difference(a with { Synthetic = holdout }) is { Pairs: > 0 } d
        ? $" The real holdout differs by {Figures.Number(d.Mean)} on average."
        : "";

    public static string Projection(Projection p)
    {
        int real = Math.Min(p.Real.X.Count, p.Real.Y.Count), synthetic = Math.Min(p.Synthetic.X.Count, p.Synthetic.Y.Count), n = real + synthetic;
        if (real < 2 || synthetic < 2)
            return "Too few points to compare.";
        double[] x = [.. p.Real.X.Take(real), .. p.Synthetic.X.Take(synthetic)], y = [.. p.Real.Y.Take(real), .. p.Synthetic.Y.Take(synthetic)];
        int other = 0;
        for (int i = 0; i < n; i++)
        {
            int nearest = -1;
            double best = double.PositiveInfinity;
            for (int j = 0; j < n; j++)
            {
                double d = ((x[i] - x[j]) * (x[i] - x[j])) + ((y[i] - y[j]) * (y[i] - y[j]));
                if (j != i && d < best)
                    (best, nearest) = (d, j);
            }

            if (nearest >= 0 && nearest < real != i < real)
                other++;
        }

        // In a perfect mixture a neighbour is of the other kind with the share of the other kind among the other points.
        double expected = 2.0 * real * synthetic / ((double)n * (n - 1));
        return $"{Figures.Percent(Math.Round((double)other / n, 3))} of the points have a nearest neighbour of the other kind; in a perfect mixture it would be {Figures.Percent(Math.Round(expected, 3))}. Two axes show a part of the data only.";
    }

    /// <summary>The figure that speaks for an attack: its AUC, or the first that has a value.</summary>
    public static Measure? Headline(AttackResult attack) =>
        attack.Measures.FirstOrDefault(m => m.Value is not null && m.Id.EndsWith(".auc", StringComparison.Ordinal)) ?? attack.Measures.FirstOrDefault(m => m.Value is not null);

    public static string Attacks(IReadOnlyList<AttackResult> attacks)
    {
        (AttackResult Attack, Measure Figure)[] figures = [.. attacks.Select(a => (a, Headline(a))).Where(p => p.Item2 is not null).Select(p => (p.a, p.Item2!))];
        if (figures.Length == 0)
            return "No attack gave a figure.";
        (AttackResult worst, Measure figure) = figures.MaxBy(p => Math.Abs(p.Figure.Value!.Value - (p.Figure.Ideal ?? 0)));
        string ideal = figure.Ideal is { } i ? $"; blind guessing gives {Figures.Constant(i)}" : "";
        string head = figures.Length == 1 ? worst.Attack.Title : $"Worst case of {figures.Length} attacks, {worst.Attack.Title}";
        string finding = Phrases.AgainstGuessing(figure);
        string luck = figures.Length > 1 && finding != Phrases.NotDetected && figure.Interval is not null
            ? " One interval in twenty excludes guessing by luck; the verdict accounts for the number of attacks."
            : "";
        return $"{head}: {Phrases.Inner(figure.Name)} {Phrases.ValueWithInterval(figure)}{ideal}: {finding}.{luck}";
    }

    public static string Roc(AttackResult attack) => Headline(attack) is { } m
        ? $"{m.Name} {Phrases.ValueWithInterval(m)} with {Figures.Cell(attack.Members)} members and {Figures.Cell(attack.NonMembers)} non-members: {Phrases.AgainstGuessing(m)}."
        : Phrases.Sentence(attack.Finding);

    /// <summary>The smallest of 10 %, 1 % and 0.1 % that at least one non-member stands for.</summary>
    public static double LowestRate(AttackResult attack) => attack.NonMembers >= 1000 ? 0.001 : attack.NonMembers >= 100 ? 0.01 : 0.1;

    /// <summary>True positive rate at a false positive rate: the highest point at or left of it.</summary>
    public static double FoundAt(Series roc, double rate)
    {
        double best = 0;
        for (int i = 0; i < Math.Min(roc.X.Count, roc.Y.Count); i++)
        {
            if (roc.X[i] <= rate + 1e-12)
                best = Math.Max(best, roc.Y[i]);
        }

        return best;
    }

    public static string LowRates(AttackResult attack)
    {
        double rate = LowestRate(attack);
        return $"While {Figures.Percent(rate)} of the non-members are accused, {Figures.Percent(Math.Round(FoundAt(attack.Roc[0], rate), 4))} of the members are found; blind guessing finds {Figures.Percent(rate)}.";
    }

    public static string AgainstReference(IReadOnlyList<Measure> measures, string synthetic, string reference)
    {
        Measure[] both = [.. measures.Where(m => m.Value is not null && m.Reference is not null)];
        if (both.Length == 0)
            return "No figure stands beside its reference.";
        Measure widest = both.MaxBy(m => Math.Abs(m.Value!.Value - m.Reference!.Value))!;
        return $"The largest distance between {synthetic} and {reference} is for {widest.Subject ?? widest.Name}: {Figures.Number(widest.Value)} against {Figures.Number(widest.Reference)}.";
    }

    public static string Confusion(ClassificationReport report) => report.Accuracy < 0
        ? "Cells under 10 are withheld, with those that would reveal them."
        : $"{Figures.Percent(report.Accuracy)} of the cases are on the diagonal.";

    public static string Scores(ClassificationReport report)
    {
        ClassScores[] shown = [.. report.Classes.Where(c => c.F1 >= 0)];
        if (shown.Length == 0)
            return "Scores that rest on cells under 10 are withheld.";
        ClassScores weakest = shown.MinBy(c => c.F1)!;
        return $"Weakest class: {weakest.Label}, F1 {Figures.Number(weakest.F1)} with {Figures.Cell(weakest.Support)} cases.";
    }

    public static string Calibration(IReadOnlyList<Series> curves)
    {
        IEnumerable<string> parts = curves.Where(c => c.X.Count > 0).Select(c => $"{c.Name} is off the diagonal by {Figures.Number(c.X.Zip(c.Y, (x, y) => Math.Abs(x - y)).Average())} on average");
        string text = string.Join("; ", parts);
        return text.Length == 0 ? "No bin has cases." : Phrases.Sentence(text);
    }

    public static string Curves(IReadOnlyList<Series> curves)
    {
        IEnumerable<string> parts = curves.Where(c => c.Name.Length > 0).Select(c => $"{c.Name}: half of the records lie within {Figures.Number(Median(c))}");
        return Phrases.Sentence(string.Join("; ", parts)) + " Diagnosis only: a large distance is no protection.";
    }

    public static string GroupRemark(GroupFairness g)
    {
        double ratio = g.RealShare > 0 ? g.SyntheticShare / g.RealShare : 1;
        string share = ratio < 0.8 ? "under-represented" : ratio > 1.25 ? "over-represented" : "";
        return g.Unreliable ? (share.Length == 0 ? "too small to rely on" : share + "; too small to rely on") : share;
    }

    public static string Groups(FairnessSection f)
    {
        GroupFairness[] lost = [.. f.Groups.Where(g => g.RealShare > 0 && g.SyntheticShare / g.RealShare < 0.8)];
        return lost.Length == 0
            ? "Every group keeps at least 80 % of its real share."
            : $"{Phrases.Plural(lost.Length, "group")} kept less than 80 % of the real share: {Phrases.List([.. lost.Select(g => $"{g.Attribute} {g.Group}")])}.";
    }

    // The position where a cumulative curve passes one half.
    private static double Median(Series cumulative)
    {
        for (int i = 0; i < Math.Min(cumulative.X.Count, cumulative.Y.Count); i++)
        {
            if (cumulative.Y[i] >= 0.5)
                return cumulative.X[i];
        }

        return double.NaN;
    }
}
