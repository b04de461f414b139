using System.Diagnostics;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Configuration;

namespace Lethe.Studies.Runs;

/// <summary>Fidelity, utility and collapse checks of a release.</summary>
internal static class EvaluationStage
{
    public static EvaluationRecord Of(EvaluateConfig config, Table train, Table? holdout, Table synthetic, Seed seed, RunOptions options)
    {
        Stopwatch watch = Stopwatch.StartNew();
        _ = (config, train, holdout, synthetic, seed, options);
        return new EvaluationRecord(null, null, [], watch.Elapsed.TotalSeconds);
    }
}
