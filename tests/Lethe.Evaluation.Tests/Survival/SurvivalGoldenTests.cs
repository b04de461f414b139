using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Survival;
using Lethe.Evaluation.Tests.Support;
using Lethe.Learning;

namespace Lethe.Evaluation.Tests.Survival;

public sealed class SurvivalGoldenTests
{
    private static readonly Golden Golden = Golden.Load("tabular/expected/survival.json");

    [Fact]
    public void Survival_figures_agree()
    {
        foreach (GoldenCase c in GoldenCase.Of(Golden))
        {
            Table real = GoldenTable.Read(Golden, c.Input("real"));
            SurvivalData r = Data(real);
            Table? synthetic = c.Inputs.TryGetProperty("synthetic", out JsonElement file) ? GoldenTable.Read(Golden, file.GetString()!) : null;
            if (c.Id.EndsWith("kaplan-meier"))
            {
                KaplanMeier km = KaplanMeier.Of(r);
                c.CheckVector(c.Expected.GetProperty("times"), km.Times, "times");
                c.CheckVector(c.Expected.GetProperty("at_risk"), [.. km.AtRisk.Select(v => (double)v)], "at risk");
                c.CheckVector(c.Expected.GetProperty("events"), [.. km.Events.Select(v => (double)v)], "events");
                c.CheckVector(c.Expected.GetProperty("survival"), km.Survival, "survival");
                c.CheckVector(c.Expected.GetProperty("greenwood_se"), km.StandardError, "standard error");
                c.Check("median", km.Median);
                c.Check("rmst_tau50", km.RestrictedMean(50));
            }
            else if (c.Id.EndsWith("nelson-aalen"))
            {
                c.CheckVector(c.Expected.GetProperty("cumulative_hazard"), KaplanMeier.Of(r).CumulativeHazard, "hazard");
            }
            else if (c.Id.Contains("logrank"))
            {
                bool byTreatment = c.Id.EndsWith("by-treatment");
                int[] treated = [.. Enumerable.Range(0, r.Count).Where(i => real.Values("treatment")[i] == 1)], control = [.. Enumerable.Range(0, r.Count).Except(treated)];
                TwoSampleTests.Result test = byTreatment ? LogRank.Test(r.Take(treated), r.Take(control)) : LogRank.Test(r, Data(synthetic!));
                c.Check("chi2", test.Statistic);
                c.Check("p", test.P);
            }
            else if (c.Id.EndsWith("km-distance"))
            {
                SurvivalDivergence d = SurvivalDivergence.Of(r, Data(synthetic!));
                c.Check("optimism", d.Optimism);
                c.Check("absolute_optimism", d.AbsoluteOptimism);
                c.Check("short_sightedness", d.ShortSightedness);
            }
            else if (c.Id.Contains("cox"))
            {
                string[] covariates = [.. c.Inputs.GetProperty("covariates").EnumerateArray().Select(e => e.GetString()!)];
                foreach ((string name, Table table) in ((string, Table)[])[("real", real), ("synthetic", synthetic!)])
                {
                    CoxModel cox = CoxModel.Fit(
                        DesignMatrix.FromColumns([.. covariates.Select(table.Values)]), Data(table), c.Id.EndsWith("efron") ? TieHandling.Efron : TieHandling.Breslow);
                    Assert.True(cox.Converged);
                    c.CheckVector(c.Expected.GetProperty(name).GetProperty("coef"), cox.Coefficients, "coefficients");
                    c.CheckVector(c.Expected.GetProperty(name).GetProperty("se"), cox.StandardErrors, "standard errors");
                    c.Check(c.Expected.GetProperty(name).GetProperty("log_partial_likelihood"), cox.LogLikelihood, "likelihood");
                }
            }
            else
            {
                SurvivalData train = r.Take([.. Enumerable.Range(0, 100)]), test = r.Take([.. Enumerable.Range(100, 60)]);
                double[] risk = Golden.Vector(c.Inputs.GetProperty("risk_score_test"));
                double[][] survival = Golden.Matrix(c.Inputs.GetProperty("predicted_survival_test"));
                KaplanMeier censoring = KaplanMeier.OfCensoring(train);
                Concordance.Pairs pairs = Concordance.Harrell(test, risk);
                c.Check("harrell_c", pairs.C);
                c.Check("concordant", pairs.Concordant);
                c.Check("discordant", pairs.Discordant);
                c.Check("tied_risk", pairs.Tied);
                c.Check("uno_c_ipcw_tau40", Concordance.Uno(test, risk, censoring, 40));
                double[] horizons = Golden.Vector(c.Inputs.GetProperty("horizons"));
                c.CheckVector(c.Expected.GetProperty("brier_ipcw"), [.. horizons.Select((t, k) => Concordance.Brier(test, [.. survival.Select(s => s[k])], t, censoring))], "Brier");
            }
        }
    }

    private static SurvivalData Data(Table table) => new(table.Values("time"), [.. table.Values("event").Select(e => e == 1)]);
}
