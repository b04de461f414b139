using Lethe.Data.Tables;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Tests.Support;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Tests;

public sealed class FidelityEvaluatorTests
{
    [Fact]
    public void An_imperfect_table_gets_a_complete_section()
    {
        Golden golden = Golden.Load("tabular/expected/quality_report.json");
        Table train = GoldenTable.Read(golden, "data/d_train.csv"), synthetic = GoldenTable.Read(golden, "data/d_synA.csv"), holdout = GoldenTable.Read(golden, "data/d_holdout.csv");
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        List<string> steps = [];
        FidelitySection section = FidelityEvaluator.Evaluate(new MetricInput(train, synthetic, holdout, new Seed(1)), new Reporter(steps, watch));
        foreach (Measure m in section.Overall.Concat(section.Detection).Concat(section.Plausibility).Concat(section.Novelty).Concat(section.WorstPairs).Concat(section.Columns[0].Measures))
            steps.Add($"{m.Id,-40} {m.Subject,-20} {m.Value:0.0000} [{m.Interval?.Lower:0.000} {m.Interval?.Upper:0.000}] ref {m.Reference:0.0000} {m.NotComputedBecause} | {m.Note}");
        steps.AddRange(section.Notes);
        File.WriteAllLines("/tmp/ev_out.txt", [.. steps, watch.ElapsedMilliseconds.ToString()]);
    }

    private sealed class Reporter(List<string> steps, System.Diagnostics.Stopwatch watch) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => steps.Add($"{watch.ElapsedMilliseconds} {value.Step}");
    }
}
