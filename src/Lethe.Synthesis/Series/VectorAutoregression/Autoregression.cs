using System.Numerics.Tensors;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.VectorAutoregression;

/// <summary>
/// The equations z_t^c = β_{c,h} · [1, s, z_{t−1}, …, z_{t−p}] + σ_{c,h} e_t^c, e_t ~ N(0, R): one for each channel c and each length
/// h = 0 … p of its known past, because a first reading spreads more than a later one. Immutable.
/// </summary>
/// <param name="channels">Number of numeric channels C.</param>
/// <param name="order">p.</param>
/// <param name="statics">Numbers per stay S.</param>
/// <param name="coefficients">β, C × (p + 1) × (1 + S + p·C).</param>
/// <param name="deviations">σ, C × (p + 1).</param>
/// <param name="correlation">Lower Cholesky factor of R, C × C, row-major.</param>
internal sealed class Autoregression(int channels, int order, int statics, double[] coefficients, double[] deviations, double[] correlation)
{
    private readonly int _regressors = 1 + statics + (order * channels);

    public int Order => order;

    /// <summary>Fits each equation by ridge regression to the steps at which its channel was read: carried values would count as a course.</summary>
    public static Autoregression Fit(AutoregressionPanel panel, float[] encodedStatics, int order, double ridge, ParallelOptions parallelism)
    {
        int channels = panel.Numeric.Length, statics = encodedStatics.Length / panel.Stays, regressors = 1 + statics + (order * channels);
        double[] coefficients = new double[channels * (order + 1) * regressors], deviations = new double[channels * (order + 1)];
        float[][] residuals = new float[channels][];
        Parallel.For(0, channels, parallelism, c => residuals[c] = FitChannel(c));
        return new Autoregression(channels, order, statics, coefficients, deviations, ResidualCorrelation.Factor(residuals));

        // The channel's standardised residuals, one for each stay and step; NaN where it was not read.
        float[] FitChannel(int c)
        {
            Ridge[] equations = [.. Enumerable.Range(0, order + 1).Select(_ => new Ridge(regressors))];
            double[] x = new double[regressors];
            ForEachReading(c, (i, t, h) =>
            {
                Regressors(panel, encodedStatics, statics, order, i, t, x);
                equations[h].Add(x, panel.Scores(i, t)[c]);
            });
            for (int h = 0; h <= order; h++)
                equations[h].Solve(ridge).CopyTo(coefficients.AsSpan(((c * (order + 1)) + h) * regressors));

            int steps = panel.Stays == 0 ? 0 : Enumerable.Range(0, panel.Stays).Max(panel.Steps);
            float[] found = new float[panel.Stays * steps];
            Array.Fill(found, float.NaN);
            double[] squares = new double[order + 1];
            int[] counts = new int[order + 1];
            ForEachReading(c, (i, t, h) =>
            {
                Regressors(panel, encodedStatics, statics, order, i, t, x);
                double residual = panel.Scores(i, t)[c] - TensorPrimitives.Dot(x, coefficients.AsSpan(((c * (order + 1)) + h) * regressors, regressors));
                found[(i * steps) + t] = (float)residual;
                squares[h] += residual * residual;
                counts[h]++;
            });
            for (int h = 0; h <= order; h++)
                deviations[(c * (order + 1)) + h] = counts[h] == 0 ? (h == 0 ? 0 : deviations[(c * (order + 1)) + h - 1]) : Math.Sqrt(squares[h] / counts[h]);
            ForEachReading(c, (i, t, h) => found[(i * steps) + t] /= (float)Math.Max(deviations[(c * (order + 1)) + h], 1e-9));
            return found;
        }

        void ForEachReading(int c, Action<int, int, int> visit)
        {
            for (int i = 0; i < panel.Stays; i++)
            {
                int first = panel.FirstRead(i, c);
                for (int t = first; t < panel.Steps(i); t++)
                {
                    if (panel.IsRead(i, t, panel.Numeric[c]))
                        visit(i, t, Math.Min(order, t - first));
                }
            }
        }
    }

    /// <summary>One step of a simulated stay.</summary>
    /// <param name="past">Scores of the last p steps, the latest first, p × C; 0 where nothing was known.</param>
    /// <param name="known">Steps since the first reading of each channel, at most p.</param>
    /// <param name="encodedStatics">Of this stay.</param>
    /// <param name="noise">C independent standard normals.</param>
    /// <param name="next">The scores, C.</param>
    public void Step(ReadOnlySpan<double> past, ReadOnlySpan<int> known, ReadOnlySpan<float> encodedStatics, ReadOnlySpan<double> noise, Span<double> next)
    {
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<double> beta = coefficients.AsSpan(((c * (order + 1)) + known[c]) * _regressors, _regressors);
            double mean = beta[0];
            for (int s = 0; s < statics; s++)
                mean += beta[1 + s] * encodedStatics[s];
            mean += TensorPrimitives.Dot(past, beta[(1 + statics)..]);
            double e = TensorPrimitives.Dot(noise[..(c + 1)], correlation.AsSpan(c * channels, c + 1));
            next[c] = Math.Clamp(mean + (deviations[(c * (order + 1)) + known[c]] * e), -AutoregressionPanel.LargestScore, AutoregressionPanel.LargestScore);
        }
    }

    public void Save(ModelWriter writer)
    {
        writer.State["order"] = order;
        writer.Add("coefficients", coefficients);
        writer.Add("deviations", deviations);
        writer.Add("correlation", correlation);
    }

    public static Autoregression Load(ModelReader reader, int channels, int statics)
    {
        int order = reader.Value<int>("order");
        ModelReader.Require(order is >= 1 and <= 24, "order", "is out of range");
        double[] deviations = reader.FiniteDoubles("deviations", channels * (order + 1));
        ModelReader.Require(deviations.All(d => d >= 0), "deviations", "hold a negative one");
        return new Autoregression(
            channels, order, statics,
            reader.FiniteDoubles("coefficients", channels * (order + 1) * (1 + statics + (order * channels))),
            deviations,
            reader.FiniteDoubles("correlation", channels * channels));
    }

    private static void Regressors(AutoregressionPanel panel, float[] encodedStatics, int statics, int order, int stay, int step, Span<double> x)
    {
        x.Clear();
        x[0] = 1;
        for (int s = 0; s < statics; s++)
            x[1 + s] = encodedStatics[(stay * statics) + s];
        int channels = panel.Numeric.Length;
        for (int lag = 1; lag <= Math.Min(order, step); lag++)
        {
            ReadOnlySpan<double> scores = panel.Scores(stay, step - lag);
            for (int c = 0; c < channels; c++)
                x[1 + statics + ((lag - 1) * channels) + c] = step - lag >= panel.FirstRead(stay, c) ? scores[c] : 0;
        }
    }
}
