using System.Text.Json;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;

namespace Lethe.Synthesis.Tests.Encoders;

public sealed class ModeNormaliserTests
{
    public static TheoryData<string> Cases => ["d-bimodal300", "d-lognormal400", "d-heaped303", "d-zeroinflated250", "d-trimodal500"];

    private static (JsonElement Case, double[] X) Load(string id)
    {
        Golden golden = Golden.Load("tabular/expected/bayesian_gmm.json");
        JsonElement c = golden.Case(id);
        string file = Path.Combine(golden.Folder, c.GetProperty("inputs").GetProperty("file").GetString()!);
        return (c, [.. File.ReadLines(file).Skip(1).Select(double.Parse)]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void From_the_same_labels_the_mixture_equals_the_reference(string id)
    {
        (JsonElement c, double[] x) = Load(id);
        JsonElement expected = c.GetProperty("expected"), inputs = c.GetProperty("inputs");
        int[] labels = [.. inputs.GetProperty("initial_label_of_row").EnumerateArray().Select(e => e.GetInt32())];
        BayesianMixture fit = BayesianMixture.Fit(x, labels, 10);

        Assert.Equal(expected.GetProperty("iterations").GetInt32(), fit.Iterations);
        Assert.Equal(expected.GetProperty("converged").GetBoolean(), fit.Converged);
        Golden.Close(expected.GetProperty("lower_bound").GetDouble(), fit.LowerBound, 1e-5, 1e-5, "lower bound");
        Close(expected.GetProperty("weights"), fit.Weights, "weight");
        Close(expected.GetProperty("means"), fit.Means.ToArray(), "mean");
        Close(expected.GetProperty("stds"), fit.StandardDeviations, "sd");
        double[][] r = Golden.Matrix(expected.GetProperty("responsibilities_first_5_rows"));
        double[] mine = fit.Responsibilities(x.AsSpan(0, 5));
        for (int i = 0; i < 5; i++)
        {
            for (int k = 0; k < 10; k++)
                Golden.Close(r[i][k], mine[(i * 10) + k], 1e-5, 1e-5, $"responsibility {i},{k}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Drawn_components_and_places_equal_the_reference(string id)
    {
        (JsonElement c, double[] x) = Load(id);
        JsonElement expected = c.GetProperty("expected"), inputs = c.GetProperty("inputs");
        int[] labels = [.. inputs.GetProperty("initial_label_of_row").EnumerateArray().Select(e => e.GetInt32())];
        ModeNormaliser modes = ModeNormaliser.Of(BayesianMixture.Fit(x, labels, 10));
        double[] u = Golden.Vector(inputs.GetProperty("uniform_for_component_choice"));
        double[] drawn = Golden.Vector(expected.GetProperty("drawn_component_with_given_uniform"));
        double[] place = Golden.Vector(expected.GetProperty("drawn_normalised"));
        double[] back = Golden.Vector(expected.GetProperty("roundtrip_of_drawn"));
        Assert.NotEmpty(drawn);
        double[] scratch = new double[modes.Modes];
        for (int i = 0; i < drawn.Length; i++)
        {
            int mode = modes.Draw(x[i], u[i], scratch);
            Assert.Equal((int)drawn[i], mode);
            Golden.Close(place[i], modes.Place(x[i], mode), 1e-5, 1e-5, $"place {i}");
            Golden.Close(back[i], modes.Decode(mode, place[i]), 1e-5, 1e-5, $"value {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void From_our_own_labels_the_density_is_as_good_as_the_reference(string id)
    {
        (JsonElement c, double[] x) = Load(id);
        JsonElement expected = c.GetProperty("expected");
        double[] sorted = SortedValues.Of(x);
        BayesianMixture mine = BayesianMixture.Fit(sorted, KMeans.SortedLabels(sorted, 10), 10);
        int valid = mine.Weights.Count(w => w > 0.005);
        int reference = expected.GetProperty("valid_components").EnumerateArray().Count(e => e.GetBoolean());
        Assert.InRange(valid, reference - 2, reference + 2);

        double[] w = Golden.Vector(expected.GetProperty("weights")), m = Golden.Vector(expected.GetProperty("means")), s = Golden.Vector(expected.GetProperty("stds"));
        double own = x.Average(v => Math.Log(Density(v, mine.Weights, mine.Means.ToArray(), mine.StandardDeviations)));
        double theirs = x.Average(v => Math.Log(Density(v, w, m, s)));
        Assert.True(own >= theirs - 0.02, $"mean log-likelihood {own:F4}, reference {theirs:F4}");
    }

    [Fact]
    public void Encoding_and_decoding_returns_the_value_within_the_reach_of_a_mode()
    {
        RandomStream random = new Seed(3).Stream("values");
        double[] x = [.. Enumerable.Range(0, 2000).Select(i => (i % 2 == 0 ? 120 : 180) + (9 * random.NextGaussian()))];
        ModeNormaliser modes = ModeNormaliser.Fit(x);
        int[] drawn = new int[x.Length];
        float[] alphas = new float[x.Length];
        modes.Encode(x, new Seed(4).Stream("draw"), drawn, alphas);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.InRange(alphas[i], -0.99f, 0.99f);
            if (Math.Abs(alphas[i]) < 0.989)
                Assert.Equal(x[i], modes.Decode(drawn[i], alphas[i]), 3);
        }

        Assert.InRange(modes.Modes, 2, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(19)]
    public void Few_and_constant_values_are_encoded_without_fault(int n)
    {
        double[] constant = new double[n];
        Assert.Equal(1, ModeNormaliser.Fit(constant).Modes);
        double[] x = [.. Enumerable.Range(0, n).Select(i => (double)(i * i)), double.NaN];
        ModeNormaliser modes = ModeNormaliser.Fit(x);
        int[] drawn = new int[n];
        float[] alphas = new float[n];
        modes.Encode(x.AsSpan(0, n), new Seed(1).Stream(), drawn, alphas);
        Assert.All(alphas, a => Assert.True(float.IsFinite(a)));
    }

    private static double Density(double x, double[] w, double[] m, double[] s)
    {
        double p = 0;
        for (int k = 0; k < w.Length; k++)
            p += w[k] / (s[k] * Math.Sqrt(2 * Math.PI)) * Math.Exp(-0.5 * (x - m[k]) * (x - m[k]) / (s[k] * s[k]));
        return p;
    }

    private static void Close(JsonElement expected, double[] actual, string what)
    {
        double[] e = Golden.Vector(expected);
        Assert.Equal(e.Length, actual.Length);
        for (int i = 0; i < e.Length; i++)
            Golden.Close(e[i], actual[i], 1e-5, 1e-5, $"{what} {i}");
    }
}
