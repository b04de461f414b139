using Lethe.Results;

namespace Lethe.Reporting.Text;

/// <summary>Measures as a table: value, interval, reference and ideal side by side; empty columns are left out.</summary>
internal static class MeasureTables
{
    private const int LeastRepeats = 4;

    public static TextTable Of(string caption, IReadOnlyList<Measure> measures, string nameTitle = "Measure")
    {
        bool subjects = measures.Any(m => m.Subject is not null);
        bool intervals = measures.Any(m => m.Interval is not null);
        bool references = measures.Any(m => m.Reference is not null);
        bool referenceIntervals = measures.Any(m => m.ReferenceInterval is not null);
        bool ideals = measures.Any(m => m.Ideal is not null);
        bool counts = measures.Any(m => m.N is not null);
        string[] names = [.. measures.Where(m => m.Reference is not null).Select(m => m.ReferenceName ?? "reference").Distinct()];
        string referenceTitle = names.Length == 1 ? Capital(names[0]) : "Reference";

        bool remarks = HasRemarks(measures);
        List<TextColumn> columns = [new(nameTitle)];
        if (subjects)
            columns.Add(new("About"));
        columns.Add(TextColumn.Figure("Value"));
        if (intervals)
            columns.Add(TextColumn.Figure(IntervalTitle(measures)));
        if (references)
            columns.Add(TextColumn.Figure(referenceTitle));
        if (referenceIntervals)
            columns.Add(TextColumn.Figure("Its interval"));
        if (ideals)
            columns.Add(TextColumn.Figure("Ideal"));
        columns.Add(new("Better"));
        if (counts)
            columns.Add(TextColumn.Figure("n"));

        if (remarks)
            columns.Add(new("Remark"));

        List<IReadOnlyList<string>> rows = [];
        foreach (Measure m in measures)
        {
            List<string> row = [m.Name];
            if (subjects)
                row.Add(m.Subject ?? "");
            row.Add(m.Value is { } v ? Figures.Number(v) : "not computed");
            if (intervals)
                row.Add(m.Value is null ? Figures.None : Figures.Range(m.Interval));
            if (references)
                row.Add(m.Reference is null ? Figures.None : Figures.Number(m.Reference));
            if (referenceIntervals)
                row.Add(Figures.Range(m.ReferenceInterval));
            if (ideals)
                row.Add(Figures.Constant(m.Ideal));
            row.Add(Better(m.Direction));
            if (counts)
                row.Add(m.N is { } n ? Figures.Cell(n) : Figures.None);
            if (remarks)
                row.Add(m.Note ?? "");
            rows.Add(row);
        }

        return new TextTable(caption, columns, rows);
    }

    /// <summary>
    /// Measures that repeat one name for many subjects as a table of their own, named by the figure and with the subjects in
    /// front; the others together, first.
    /// </summary>
    public static IReadOnlyList<(string? Name, IReadOnlyList<Measure> Measures)> ByName(IReadOnlyList<Measure> measures)
    {
        IGrouping<string, Measure>[] groups = [.. measures.GroupBy(m => m.Name)];
        bool Repeats(IGrouping<string, Measure> g) => g.Count() >= LeastRepeats && g.All(m => m.Subject is not null);
        Measure[] single = [.. groups.Where(g => !Repeats(g)).SelectMany(g => g)];
        List<(string?, IReadOnlyList<Measure>)> tables = single.Length > 0 ? [(null, single)] : [];
        tables.AddRange(groups.Where(Repeats).Select(g => ((string?)g.Key, (IReadOnlyList<Measure>)[.. g.Select(m => m with { Name = m.Subject!, Subject = null })])));
        return tables;
    }

    /// <summary>Notes and interval methods under a table, one line each.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<Measure> measures)
    {
        List<string> notes = [];
        string[] references = [.. measures.Where(m => m.Reference is not null).Select(m => m.ReferenceName ?? "reference").Distinct()];
        if (references.Length > 1)
        {
            foreach (string reference in references)
                notes.Add($"Reference of {Phrases.List([.. measures.Where(m => m.Reference is not null && (m.ReferenceName ?? "reference") == reference).Select(m => Phrases.Inner(m.Name)).Distinct()])}: {reference}.");
        }

        string[] methods = [.. measures.Where(m => m.Interval is not null).Select(m => m.Interval!.Method).Distinct()];
        if (methods.Length > 0)
            notes.Add("Intervals: " + string.Join("; ", methods) + ".");
        notes.AddRange(measures.Where(m => m.Value is null).Select(m => $"{m.Name}{(m.Subject is null ? "" : $" ({m.Subject})")}: {Phrases.NotComputed(m.NotComputedBecause)}.").Distinct());
        if (!HasRemarks(measures))
            notes.AddRange(measures.Where(m => m.Note is not null).GroupBy(m => m.Note!).Select(g => $"{string.Join(", ", g.Select(m => m.Name + (m.Subject is null ? "" : $" ({m.Subject})")).Distinct())}: {g.Key}"));
        return notes;
    }

    // Short notes that differ from row to row read best in the row.
    private static bool HasRemarks(IReadOnlyList<Measure> measures) =>
        measures.Count > 2 && measures.All(m => m.Note is { Length: <= 40 }) && measures.Select(m => m.Note).Distinct().Count() > 1;

    private static string IntervalTitle(IReadOnlyList<Measure> measures)
    {
        double[] levels = [.. measures.Where(m => m.Interval is not null).Select(m => m.Interval!.Level).Distinct()];
        return levels.Length == 1 ? Figures.Percent(levels[0]) + " interval" : "Interval";
    }

    private static string Better(Direction direction) => direction switch
    {
        Direction.Higher => "higher",
        Direction.Lower => "lower",
        Direction.Ideal => "nearer",
        _ => "",
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
