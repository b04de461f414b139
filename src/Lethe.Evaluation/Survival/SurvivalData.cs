namespace Lethe.Evaluation.Survival;

/// <summary>Right-censored times.</summary>
/// <param name="Times">Time of each case, from entry to event or censoring.</param>
/// <param name="Events">True where the event happened at that time, false where the case was censored then.</param>
public sealed record SurvivalData(double[] Times, bool[] Events)
{
    /// <summary>Number of cases.</summary>
    public int Count => Times.Length;

    /// <summary>Cases at these positions.</summary>
    public SurvivalData Take(IReadOnlyList<int> rows) => new([.. rows.Select(i => Times[i])], [.. rows.Select(i => Events[i])]);

    /// <summary>Distinct times ascending with the number at risk just before, events and censorings at each.</summary>
    internal List<(double Time, int AtRisk, int Events, int Censored)> Steps()
    {
        int[] order = [.. Enumerable.Range(0, Count).OrderBy(i => Times[i])];
        List<(double, int, int, int)> steps = [];
        for (int start = 0; start < order.Length;)
        {
            int end = start, events = 0;
            while (end < order.Length && Times[order[end]] == Times[order[start]])
                events += Events[order[end++]] ? 1 : 0;
            steps.Add((Times[order[start]], order.Length - start, events, end - start - events));
            start = end;
        }

        return steps;
    }
}
