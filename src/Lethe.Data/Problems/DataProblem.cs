namespace Lethe.Data.Problems;

/// <summary>How bad a problem is.</summary>
public enum Severity
{
    /// <summary>Nothing is wrong: what was decided and why, so that the reader can overrule it.</summary>
    Note,

    /// <summary>Work goes on; the reader should know.</summary>
    Warning,

    /// <summary>The data cannot be used as it is.</summary>
    Error,
}

/// <summary>
/// One thing that is wrong with the data: where, what was found, what was expected, what to do. The offending value is
/// kept apart from the rest, because only the data holder's own terminal may show it.
/// </summary>
public sealed record DataProblem
{
    /// <summary>Short stable code, e.g. <c>LD012</c>, listed in the documentation.</summary>
    public required string Code { get; init; }

    /// <summary>How bad it is.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>File (name only in public text), or null.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file, counted from 1 with the header, or null.</summary>
    public long? Line { get; init; }

    /// <summary>Column name, or null.</summary>
    public string? Column { get; init; }

    /// <summary>What is wrong, without any value from the data.</summary>
    public required string Message { get; init; }

    /// <summary>The value that was found: sensitive, shown only on the owner's terminal; null when there is none.</summary>
    public string? Value { get; init; }

    /// <summary>What the user can do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>The text for logs, reports and run folders: position and kind, no value.</summary>
    public string PublicText => Text(includeValue: false);

    /// <summary>The text for the data holder's own terminal, with the value.</summary>
    public string OwnerText => Text(includeValue: true);

    /// <summary>The public text.</summary>
    public override string ToString() => PublicText;

    /// <summary>The text with one full stop at its end, unless it ends in another mark.</summary>
    internal static string Sentence(string text) => text.EndsWith('?') || text.EndsWith('.') ? text : text + ".";

    private string Text(bool includeValue)
    {
        List<string> where = [];
        if (File is not null)
            where.Add(includeValue ? File : Path.GetFileName(File));
        if (Line is not null)
            where.Add($"line {Line}");
        if (Column is not null)
            where.Add($"column '{Column}'");
        string place = where.Count == 0 ? "" : string.Join(", ", where) + ": ";
        string found = includeValue && Value is not null ? $" (found '{Value}')" : "";
        return $"{Code} {place}{Message.TrimEnd('.')}{found}. {Sentence(Remedy)}";
    }
}
