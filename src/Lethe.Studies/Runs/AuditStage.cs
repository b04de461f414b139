using System.Diagnostics;
using Lethe.Audit;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Studies.Runs;

/// <summary>The attacks on a release.</summary>
internal static class AuditStage
{
    public static AuditRecord Of(
        IReadOnlyList<string> attacks, Table train, Table? holdout, Table? reference, Table synthetic, string claim, Seed seed, RunOptions options)
    {
        Stopwatch watch = Stopwatch.StartNew();
        AuditOutcome outcome = Auditor.Audit(new AuditData(train, synthetic, holdout, reference), new AuditOptions
        {
            Seed = seed,
            Attacks = attacks,
            Claim = claim,
            Progress = new Relay<string>(step => options.Progress?.Report(new StageAdvanced(step, 0, 0, new Dictionary<string, double>()))),
            Cancellation = options.Cancellation,
        });
        return new AuditRecord(outcome, watch.Elapsed.TotalSeconds);
    }
}
