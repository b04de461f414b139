using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Reading;

namespace Lethe.Data.Cohorts.Import;

/// <summary>A source of cohorts that Lethe reads. Add one to <see cref="CohortFormats.All"/>.</summary>
/// <param name="Id">Name on the command line, e.g. <c>mimic-iv</c>.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Expects">What <c>--from</c> must hold.</param>
/// <param name="Read">Reads a place (folder, SQLite file or PostgreSQL URL) under a definition; the layout counts where <see cref="HasLayout"/> says so.</param>
public sealed record CohortFormat(string Id, string Title, string Expects, Func<string, CohortDefinition, EventLayout, CancellationToken, CohortReadResult> Read)
{
    /// <summary>True when names of columns and the unit of time can be given (<see cref="EventLayout"/>).</summary>
    public bool HasLayout { get; init; }
}
