namespace Lethe.Data.Problems;

/// <summary>
/// The data cannot be used. Carries every problem found, worst first. <see cref="Exception.Message"/> holds no value
/// from the data and may be logged; <see cref="OwnerText"/> may not leave the data holder's terminal.
/// </summary>
public sealed class DataException : Exception
{
    /// <summary>Makes an exception of at least one problem.</summary>
    public DataException(IEnumerable<DataProblem> problems)
        : this([.. problems.OrderByDescending(p => p.Severity)])
    {
    }

    /// <summary>Makes an exception of one problem.</summary>
    public DataException(DataProblem problem)
        : this([problem])
    {
    }

    private DataException(DataProblem[] problems)
        : base(string.Join(Environment.NewLine, problems.Select(p => p.PublicText)))
    {
        Problems = problems;
    }

    /// <summary>All problems, errors before warnings.</summary>
    public IReadOnlyList<DataProblem> Problems { get; }

    /// <summary>All problems with the offending values, for the data holder's own terminal only.</summary>
    public string OwnerText => string.Join(Environment.NewLine, Problems.Select(p => p.OwnerText));
}
