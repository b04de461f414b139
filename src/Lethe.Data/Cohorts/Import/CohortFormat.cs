using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Reading;

namespace Lethe.Data.Cohorts.Import;

/// <summary>A source of cohorts that Lethe reads. Add one to <see cref="CohortFormats.All"/>.</summary>
/// <param name="Id">Name on the command line, e.g. <c>mimic-iv</c>.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Expects">What <c>--from</c> must hold.</param>
/// <param name="Read">Reads a place (folder, SQLite file or PostgreSQL URL) under a definition.</param>
public sealed record CohortFormat(string Id, string Title, string Expects, Func<string, CohortDefinition, CancellationToken, CohortReadResult> Read);
