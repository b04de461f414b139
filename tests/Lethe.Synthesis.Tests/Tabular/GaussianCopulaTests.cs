using System.Text.Json;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Tabular.GaussianCopula;

namespace Lethe.Synthesis.Tests.Tabular;

public sealed class GaussianCopulaTests
{
    [Fact]
    public void Correlations_and_given_noise_reproduce_the_reference_values()
    {
        Golden golden = Golden.Load("tabular/expected/gaussian_copula.json");
        foreach (JsonElement c in golden.Cases.Where(c => c.GetProperty("expected").TryGetProperty("sample_given_z", out _)))
        {
            string file = Path.Combine(golden.Folder, c.GetProperty("inputs").GetProperty("real").GetString()!);
            double[][] rows = [.. File.ReadLines(file).Skip(1).Select(l => l.Split(',').Select(double.Parse).ToArray())];
            int d = rows[0].Length;
            NumericColumn[] columns = [.. Enumerable.Range(0, d).Select(j => new NumericColumn(Numbers($"x{j}"), [.. rows.Select(r => r[j])]))];
            NumericQuantiles[] marginals = [.. columns.Select(NumericQuantiles.Fit)];
            LatentDimension[] scores = [.. marginals.Select((m, j) => m.Score(columns[j], new Seed(1).Stream()).Single())];

            double[][] expected = Golden.Matrix(c.GetProperty("expected").GetProperty("real_normal_score_correlation"));
            double[,] r = new double[d, d];
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    r[i, j] = i == j ? 1 : LatentCorrelation.Between(scores[i], scores[j], DiscreteCorrelation.Likelihood);
                    Golden.Close(expected[i][j], r[i, j], 1e-8, 1e-8, $"R[{i},{j}]");
                }
            }

            double[,] l = CorrelationRepair.Factor(ref r);
            double[][] z = Golden.Matrix(c.GetProperty("params").GetProperty("z")), sample = Golden.Matrix(c.GetProperty("expected").GetProperty("sample_given_z"));
            for (int i = 0; i < z.Length; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    double latent = Enumerable.Range(0, j + 1).Sum(k => l[j, k] * z[i][k]);
                    Golden.Close(sample[i][j], marginals[j].Quantile(latent), 1e-8, 1e-8, $"sample[{i},{j}]");
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 0.5, 1.0 / 3)]
    [InlineData(0, 0, -0.5, 1.0 / 6)]
    [InlineData(0, 0, 0.95, 0.44945868795)]
    [InlineData(1, -1, 0, 0.13348379)]
    [InlineData(double.PositiveInfinity, 0, 0.3, 0.5)]
    [InlineData(double.NegativeInfinity, 0, 0.3, 0)]
    public void Bivariate_normal_probabilities(double h, double k, double rho, double expected) =>
        Assert.Equal(expected, BivariateNormal.Cdf(h, k, rho), 7);

    /// <summary>
    /// Latent ρ = 0.6 cut into levels, n = 4000: the standard error of either estimate is below 0.02 and five of them are allowed
    /// (error rate one in a million); the drawn estimate is weaker by more than that.
    /// </summary>
    [Fact]
    public void Likelihood_finds_the_latent_correlation_that_drawn_scores_lose()
    {
        int n = 4000;
        RandomStream random = new Seed(6).Stream("latent");
        double[] x = new double[n], y = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = random.NextGaussian();
            y[i] = (0.6 * x[i]) + (0.8 * random.NextGaussian());
        }

        NumericColumn numbers = new(Numbers("x"), x);
        DiscreteColumn three = Ordinal("three", [.. x.Select(v => v < -0.5 ? 0 : v < 0.8 ? 1 : 2)]), two = Ordinal("two", [.. y.Select(v => v < 0.3 ? 0 : 1)]);
        LatentDimension dx = NumericQuantiles.Fit(numbers).Score(numbers, random).Single();
        LatentDimension d3 = LevelIntervals.Fit(three).Score(three, random).Single(), d2 = LevelIntervals.Fit(two).Score(two, random).Single();
        Assert.InRange(LatentCorrelation.Between(dx, d2, DiscreteCorrelation.Likelihood), 0.5, 0.7);
        Assert.InRange(LatentCorrelation.Between(d3, d2, DiscreteCorrelation.Likelihood), 0.5, 0.7);
        Assert.InRange(LatentCorrelation.Between(d3, d2, DiscreteCorrelation.Drawn), 0.2, 0.45);
    }

    /// <summary>Two dimensions held to ranges: means and covariance against rejection from the plain normal, 200 000 draws each.</summary>
    [Fact]
    public void Draws_held_to_ranges_follow_the_conditional_normal()
    {
        double[,] r = { { 1, 0.7, -0.4 }, { 0.7, 1, 0.2 }, { -0.4, 0.2, 1 } };
        double[,] l = Cholesky.TryFactor(r)!;
        Dictionary<int, LatentRange[]> held = new() { [0] = [new LatentRange(0.5, double.PositiveInfinity)], [2] = [new LatentRange(-2, -1), new LatentRange(0.2, 0.9)] };
        RandomStream random = new Seed(8).Stream("held");
        double[] sums = new double[6], exact = new double[6];
        int kept = 0;
        const int Draws = 200_000;
        ConditionedNormal conditioned = new(r, l, held), plain = new(r, l, new Dictionary<int, LatentRange[]>());
        double[] z = new double[3], scratch = new double[3];
        for (int i = 0; i < Draws; i++)
        {
            conditioned.Draw(random, z, scratch);
            Assert.All(held, h => Assert.Contains(h.Value, range => z[h.Key] >= range.Low && z[h.Key] <= range.High));
            Add(sums, z);
            plain.Draw(random, z, scratch);
            if (held.All(h => h.Value.Any(range => z[h.Key] > range.Low && z[h.Key] <= range.High)))
            {
                Add(exact, z);
                kept++;
            }
        }

        // Standard errors: below 1/√kept for each moment; five of the larger sum.
        double allowed = 5 * Math.Sqrt((1.0 / kept) + (1.0 / Draws));
        for (int k = 0; k < 6; k++)
            Assert.Equal(exact[k] / kept, sums[k] / Draws, allowed);

        static void Add(double[] s, double[] z)
        {
            for (int k = 0; k < 3; k++)
            {
                s[k] += z[k];
                s[3 + k] += z[k] * z[(k + 1) % 3];
            }
        }
    }

    [Fact]
    public void Columns_that_copy_each_other_stay_together()
    {
        double[] x = [.. Enumerable.Range(0, 80).Select(i => (double)(i * i % 97))];
        Table table = new([new NumericColumn(Numbers("a"), x), new NumericColumn(Numbers("b"), x), new NumericColumn(Numbers("c"), [.. x.Select(v => -v)])]);
        FittedTableSynthesizer model = (FittedTableSynthesizer)new GaussianCopulaSynthesizer().Fit(table, new FitContext { Seed = new Seed(1) });
        Table sampled = model.SampleTable(500, new Seed(2));
        double[] a = ((NumericColumn)sampled["a"]).Values.ToArray(), b = ((NumericColumn)sampled["b"]).Values.ToArray(), c = ((NumericColumn)sampled["c"]).Values.ToArray();
        Assert.InRange(LatentCorrelation.Pearson(a, b), 0.99, 1);
        Assert.InRange(LatentCorrelation.Pearson(a, c), -1, -0.99);
    }

    private static ColumnSchema Numbers(string name) => new() { Name = name, Kind = ColumnKind.Continuous, Decimals = 15 };

    private static DiscreteColumn Ordinal(string name, int[] codes) =>
        new(new ColumnSchema { Name = name, Kind = ColumnKind.Ordinal, Categories = ["a", "b", "c"] }, codes);
}
