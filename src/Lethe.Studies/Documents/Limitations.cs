using Lethe.Audit;
using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Results;
using Lethe.Studies.Loading;
using Lethe.Studies.Runs;

namespace Lethe.Studies.Documents;

/// <summary>Known weaknesses of a run, one sentence each.</summary>
internal static class Limitations
{
    private const int SmallTable = 1000;

    public static List<string> Of(LoadedData data, Table train, IReadOnlyList<string> conditions, MethodSection method, EvaluationRecord? evaluation, AuditRecord? audit)
    {
        int patients = Grouping.Of(train).GroupCount;
        List<string> limits = [];
        if (data.Simulated)
            limits.Add("The source was simulated: nothing here says how the method does on patients of a real clinic.");
        if (conditions.Count > 0)
            limits.Add($"The synthetic patients were drawn under conditions ({string.Join(" and ", conditions)}): fidelity and utility compare them with the real patients who meet these.");
        if (audit is null)
            limits.Add("No attack was run on this release.");
        else if (audit.Outcome.State is AuditState.Inconclusive or AuditState.NoVerdict)
            limits.Add("The audit is no evidence that nothing leaks: see its verdict.");
        if (evaluation is { UtilityNotComputedBecause: { } reason })
            limits.Add($"Utility was not computed because {reason}.");
        if (patients < SmallTable)
            limits.Add($"{patients} training patients: figures have wide intervals, and rare combinations of values cannot be learnt without describing single patients.");
        if (method.Method is { Family: "adversarial" } && patients < SmallTable)
            limits.Add($"An adversarial generator alone is not published from fewer than {SmallTable} patients: compare it with the method that 'auto' chooses.");
        limits.Add("This report was computed from real patients. It is outside any formal claim, and publishing it is a release of its own: use the release edition.");
        limits.Add("One fit, one draw: another seed gives other patients and slightly other figures.");
        return limits;
    }
}
