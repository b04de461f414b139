using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;

namespace Lethe.Evaluation.TimeSeries;

/// <summary>What an evaluation of synthetic stays compares.</summary>
public sealed record SeriesEvaluationInput
{
    private const int MostHours = 48;

    /// <summary>Real stays that the generator saw.</summary>
    public required Cohort Train { get; init; }

    /// <summary>Real stays that it never saw; null: no reference figures and no utility.</summary>
    public Cohort? Holdout { get; init; }

    /// <summary>Synthetic stays, with the same channels in the same order.</summary>
    public required Cohort Synthetic { get; init; }

    /// <summary>Static column with two values that outcome models predict; null for the training cohort's first outcome, or none.</summary>
    public string? Outcome { get; init; }

    /// <summary>The grid on which steps are compared.</summary>
    public GridOptions Grid { get; init; } = new();

    /// <summary>
    /// A grid for a cohort: hours from its anchor to its last reading, 48 at most; the length of stays from a modelled static column <c>length_hours</c> where there is one.
    /// </summary>
    public static GridOptions GridFor(Cohort train)
    {
        ArgumentNullException.ThrowIfNull(train);
        float last = 0;
        foreach (float t in train.Times)
            last = Math.Max(last, t);
        const string Length = "length_hours";
        bool hasLength = train.Statics.Schema.TryGet(Length, out _) && train.Statics[Length] is NumericColumn { Schema.IsModelled: true };
        return new GridOptions { Steps = Math.Clamp((int)Math.Floor(last) + 1, 1, MostHours), LengthColumn = hasLength ? Length : null };
    }
}
