namespace Lethe.Data.Cohorts.Export;

/// <summary>A form in which a cohort leaves Lethe. Add one to <see cref="CohortExports.All"/>.</summary>
/// <param name="Id">Name on the command line, e.g. <c>fhir</c>.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Keeps">What a reader finds again, and what the form cannot say.</param>
/// <param name="IsFolder">True when it is a folder, false when it is one file.</param>
/// <param name="Owns">Whether a file of this name is one that the form writes: only such a folder is replaced.</param>
/// <param name="Write">Writes a cohort to a path; tells how many stays are done.</param>
public sealed record CohortExportFormat(
    string Id,
    string Title,
    string Keeps,
    bool IsFolder,
    Func<string, bool> Owns,
    Action<Cohort, string, IProgress<int>?, CancellationToken> Write);
