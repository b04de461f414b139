using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Compatibility;
using Lethe.Evaluation.Fidelity.Accuracy;
using Lethe.Evaluation.Fidelity.Pairs;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Tests.Support;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Tests.Fidelity;

public sealed class PairGoldenTests
{
    [Fact]
    public void Pair_similarities_agree()
    {
        Golden golden = Golden.Load("tabular/expected/pair_metrics.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            TablePair pair = TablePair.Of(GoldenTable.Read(golden, c.Input("real")), GoldenTable.Read(golden, c.Input("synthetic")), new Seed(1));
            foreach (JsonElement e in c.Expected.GetProperty("pairs").EnumerateArray())
            {
                string a = e.GetProperty("column1").GetString()!, b = e.GetProperty("column2").GetString()!;
                foreach (JsonProperty p in e.EnumerateObject().Where(p => p.Name.StartsWith("contingency")))
                {
                    LabelledColumn x = pair.Labels.Single(l => l.Name == a), y = pair.Labels.Single(l => l.Name == b);
                    c.Check(p.Value, PairMetrics.ContingencySimilarity(x.Real, y.Real, x.Other, y.Other, x.Levels, y.Levels), $"{a}, {b}: {p.Name}");
                }

                foreach (string statistic in (string[])["pearson", "spearman"])
                {
                    if (!e.TryGetProperty(statistic, out JsonElement expected))
                        continue;
                    Func<double[], double[], double> of = statistic == "pearson" ? (x, y) => PairMetrics.Pearson(x, y) : (x, y) => PairMetrics.Spearman(x, y);
                    double real = of(pair.Real.Values(a), pair.Real.Values(b)), other = of(pair.Other.Values(a), pair.Other.Values(b));
                    c.Check(expected.GetProperty("real"), real, $"{a}, {b}: real {statistic}");
                    c.Check(expected.GetProperty("synthetic"), other, $"{a}, {b}: synthetic {statistic}");
                    c.Check(expected.GetProperty("score"), PairMetrics.CorrelationSimilarity(real, other), $"{a}, {b}: {statistic}");
                }
            }
        }
    }

    [Fact]
    public void Associations_agree()
    {
        Golden golden = Golden.Load("tabular/expected/associations.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            Table table = GoldenTable.Read(golden, c.Input("table"));
            foreach (JsonElement e in c.Expected.GetProperty("pairs").EnumerateArray())
            {
                string a = e[0].GetString()!, b = e[1].GetString()!, statistic = e[2].GetString()!;
                c.Check(e[3], Association(table, a, b, statistic), $"{a}, {b}: {statistic}");
            }
        }
    }

    [Fact]
    public void Quality_reports_agree()
    {
        Golden golden = Golden.Load("tabular/expected/quality_report.json");
        foreach (GoldenCase c in GoldenCase.Of(golden))
        {
            TablePair pair = TablePair.Of(GoldenTable.Read(golden, c.Input("real")), GoldenTable.Read(golden, c.Input("synthetic")), new Seed(1));
            if (c.Id.EndsWith("-diagnostic"))
            {
                IReadOnlyList<QualityShape> validity = QualityReport.Validity(pair.Real, pair.Other);
                foreach (JsonElement e in c.Expected.GetProperty("validity").EnumerateArray())
                    c.Check(e[2], validity.Single(s => s.Column == e[0].GetString()).Score!.Value, $"validity of {e[0]}");
                c.Check("data_validity", validity.Average(s => s.Score!.Value));
            }
            else if (c.Id.Contains("-compat-"))
            {
                QualityMode mode = c.Id.EndsWith("classic") ? QualityMode.Classic : QualityMode.Thresholded;
                QualityReport report = QualityReport.Of(pair.Real, pair.Other, mode, new Seed(1));
                foreach (JsonElement e in c.Expected.GetProperty("shapes").EnumerateArray())
                    c.Check(e[2], report.Shapes.Single(s => s.Column == e[0].GetString()).Score ?? double.NaN, $"shape of {e[0]}");
                foreach (JsonElement e in c.Expected.GetProperty("pairs").EnumerateArray())
                    c.Check(e[3], Pair(report, e).Score ?? double.NaN, $"pair {e[0]}, {e[1]}");
                if (c.Expected.TryGetProperty("real_association_of_pair", out JsonElement associations))
                {
                    // Columns: Pearson of numeric pairs, Cramér's V of the others, neither where the pair has no score.
                    foreach (JsonElement e in associations.EnumerateArray().Where(e => e[2].ValueKind != e[3].ValueKind))
                        c.Check(e[2].ValueKind == JsonValueKind.Number ? e[2] : e[3], Pair(report, e).RealAssociation, $"real association of {e[0]}, {e[1]}");
                }

                c.Check("column_shapes", report.ColumnShapes);
                c.Check("column_pair_trends", report.ColumnPairTrends);
                c.Check("overall", report.Overall);
            }
            else
            {
                MarginalAccuracy.Result a1 = MarginalAccuracy.Univariate(pair.Labels), a2 = MarginalAccuracy.Bivariate(pair.Labels);
                foreach (LabelledColumn label in pair.Labels)
                {
                    MarginalAccuracy.Result own = MarginalAccuracy.Of([label]);
                    c.Check(c.Expected.GetProperty("univariate_accuracy").GetProperty(label.Name), own.Accuracy, $"A1 of {label.Name}");
                    c.Check(c.Expected.GetProperty("univariate_expected_max").GetProperty(label.Name), own.ExpectedMaximum, $"A1 maximum of {label.Name}");
                }

                foreach (JsonElement e in c.Expected.GetProperty("bivariate_accuracy").EnumerateArray())
                {
                    LabelledColumn x = pair.Labels.Single(l => l.Name == e[0].GetString()), y = pair.Labels.Single(l => l.Name == e[1].GetString());
                    c.Check(e[2], MarginalAccuracy.Of([x, y]).Accuracy, $"A2 of {x.Name}, {y.Name}");
                }

                c.Check("mean_univariate", a1.Accuracy);
                c.Check("mean_univariate_expected_max", a1.ExpectedMaximum);
                c.Check("mean_bivariate", a2.Accuracy);
            }
        }
    }

    private static QualityPair Pair(QualityReport report, JsonElement e) =>
        report.Pairs.Single(p => p.First == e[0].GetString() && p.Second == e[1].GetString());

    private static double Association(Table table, string a, string b, string statistic)
    {
        if (statistic is "pearson" or "spearman")
            return statistic == "pearson" ? PairMetrics.Pearson(table.Values(a), table.Values(b)) : PairMetrics.Spearman(table.Values(a), table.Values(b));
        if (statistic == "correlation_ratio_eta")
        {
            (string number, string label) = table[a] is NumericColumn ? (a, b) : (b, a);
            return PairMetrics.CorrelationRatio(table.Values(number), table.Codes(label), ((DiscreteColumn)table[label]).Levels.Count);
        }

        ContingencyTable counts = new(table.Codes(a), table.Codes(b), ((DiscreteColumn)table[a]).Levels.Count, ((DiscreteColumn)table[b]).Levels.Count);
        return statistic switch
        {
            "cramers_v" => counts.CramersV,
            "cramers_v_bias_corrected" => counts.CramersVCorrected,
            "theils_u_first_given_second" => counts.TheilsU,
            "mutual_information_nats" => counts.MutualInformation,
            _ => throw new InvalidOperationException(statistic),
        };
    }
}
