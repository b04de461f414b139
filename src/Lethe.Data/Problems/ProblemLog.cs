using System.Globalization;

namespace Lethe.Data.Problems;

/// <summary>
/// Gathers every problem of one reading, so that a person mends all of them in one go. Of problems with the same code in
/// the same column the first few are kept whole and the rest only counted. Not thread-safe.
/// </summary>
public sealed class ProblemLog
{
    private readonly Dictionary<(string Code, string? Column), Tally> _tallies = [];
    private readonly List<DataProblem> _problems = [];
    private readonly string? _file;
    private readonly int _perKind;

    /// <summary>Starts an empty log.</summary>
    /// <param name="file">Filled into problems that name no file.</param>
    /// <param name="perKind">How many problems of one code in one column are kept whole.</param>
    public ProblemLog(string? file = null, int perKind = 3)
    {
        _file = file;
        _perKind = perKind;
    }

    /// <summary>True to take errors of single rows as warnings, because such rows are rejected and counted.</summary>
    public bool RowErrorsAreWarnings { get; init; }

    /// <summary>True once an error was added.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a problem, or counts it when enough of its kind are known.</summary>
    public void Add(DataProblem problem)
    {
        HasErrors |= problem.Severity == Severity.Error;
        if (Count(problem.Code, problem.Column, problem.Line, problem.Severity))
            _problems.Add(problem.File is null ? problem with { File = _file } : problem);
    }

    /// <summary>Adds all of these.</summary>
    public void AddRange(IEnumerable<DataProblem> problems)
    {
        foreach (DataProblem p in problems)
            Add(p);
    }

    /// <summary>
    /// Adds a problem of one row, of a kind that may repeat a million times; <paramref name="make"/> runs only for those
    /// kept whole.
    /// </summary>
    public void Add(string code, Severity severity, long line, string? column, Func<DataProblem> make)
    {
        if (RowErrorsAreWarnings && severity == Severity.Error)
            severity = Severity.Warning;
        HasErrors |= severity == Severity.Error;
        if (Count(code, column, line, severity))
            _problems.Add(make() with { Code = code, Severity = severity, Line = line, Column = column, File = _file });
    }

    /// <summary>Number of problems with this code in this column so far.</summary>
    public long CountOf(string code, string? column) => _tallies.TryGetValue((code, column), out Tally? t) ? t.Count : 0;

    /// <summary>Everything found, worst first, in the order found; the uncounted rest of a kind as one line after it.</summary>
    public IReadOnlyList<DataProblem> ToList()
    {
        IEnumerable<DataProblem> rest = _tallies
            .Where(t => t.Value.Count > _perKind)
            .Select(t => new DataProblem
            {
                Code = t.Key.Code,
                Severity = t.Value.Severity,
                File = _file,
                Column = t.Key.Column,
                Line = t.Value.LastLine,
                Message = string.Create(CultureInfo.InvariantCulture, $"{t.Value.Count - _perKind:N0} more of the same, {t.Value.Count:N0} in all; this is the last"),
                Remedy = "The remedy is the same as above",
            });
        return [.. _problems.Concat(rest).OrderByDescending(p => p.Severity)];
    }

    /// <summary>Throws everything gathered when there is an error among it.</summary>
    /// <exception cref="DataException">An error was added.</exception>
    public void ThrowIfErrors()
    {
        if (HasErrors)
            throw new DataException(ToList().Where(p => p.Severity != Severity.Note));
    }

    private bool Count(string code, string? column, long? line, Severity severity)
    {
        if (!_tallies.TryGetValue((code, column), out Tally? tally))
            _tallies.Add((code, column), tally = new Tally { Severity = severity });
        tally.Count++;
        tally.LastLine = line;
        return tally.Count <= _perKind;
    }

    private sealed class Tally
    {
        public long Count { get; set; }

        public long? LastLine { get; set; }

        public Severity Severity { get; init; }
    }
}
