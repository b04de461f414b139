using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Distances between low-dimensional statistics of a generated batch and those of the training stays:
/// R_mom = Σ_f (μ_f − μ*_f)²/σ*_f² + (ln σ_f − ln σ*_f)², R_acf = Σ_f Σ_k (ρ_f(k) − ρ*_f(k))², R_xc = ‖C − C*‖²/F²,
/// R_gap = mean_q |Q_q(δ) − Q*_q|, R_miss = Σ_f (rate_f − rate*_f)², R_tv = Σ_f (E|Δx|/bin − target)². Weights of the means
/// (observed, valid) are constants in the gradient except in R_miss, where it passes straight through the drawn masks. R_mom and
/// R_xc are also taken over attributes, so that outcome, statics and the levels of channels keep their relations.
/// </summary>
internal sealed class Regularisers(SeriesTargets targets, AttributeMoments attributes, GapScale gaps, GhostsLayout layout)
{
    // Statistics of a batch on fewer readings are left out of the step.
    private const int FewestReadings = 5;
    private const float LeastVariance = 1e-6f;

    /// <summary>Names of the terms, in the order of <see cref="Terms"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["moments", "autocorrelation", "correlation", "gaps", "missingness", "variation", "attribute moments", "attribute correlation"];

    /// <summary>The terms; null where there is nothing to compare.</summary>
    public Tensor?[] Terms(GhostsBatch batch)
    {
        Tape tape = batch.Row.Tape!;
        Tensor?[] terms = new Tensor?[Names.Count];
        terms[3] = Gaps(tape, batch);
        terms[4] = batch.Masks is null ? null : Missingness(tape, batch);
        if (batch.Attributes is not null)
            (terms[6], terms[7]) = Attributes(tape, batch.Attributes);
        if (batch.Readings is null)
            return terms;
        Tensor w = Weights(tape, batch); // [B, T, C], 0 or 1
        Shape perChannel = new(layout.Numbers);
        float[] count = Sums(w);
        Tensor mean = (batch.Readings * w).SumTo(perChannel) * Inverse(tape, count, 1);
        Tensor centred = (batch.Readings - mean) * w;
        Tensor variance = (centred.Square().SumTo(perChannel) * Inverse(tape, count, 1)) + LeastVariance;
        Tensor scale = variance.Sqrt().Reciprocal(); // 1/σ_f
        terms[0] = Moments(tape, mean, variance, count);
        terms[1] = Autocorrelation(tape, centred, w, variance);
        terms[2] = Correlation(tape, centred * scale, w);
        terms[5] = Variation(tape, batch, w);
        return terms;
    }

    private (Tensor Moments, Tensor Correlation) Attributes(Tape tape, Tensor x)
    {
        int width = layout.Attributes;
        float each = 1f / x.Shape[0];
        Shape perAttribute = new(width);
        Tensor mean = x.SumTo(perAttribute) * each, centred = x - mean;
        Tensor variance = (centred.Square().SumTo(perAttribute) * each) + LeastVariance;
        Tensor level = Constants(tape, width, a => attributes.Use[a] ? 1 / attributes.Variance[a] : 0), spread = Constants(tape, width, a => attributes.Use[a] ? 0.25 : 0);
        Tensor logTarget = Constants(tape, width, a => attributes.Use[a] ? Math.Log(attributes.Variance[a]) : 0);
        Tensor moments = (((mean - Constants(tape, width, a => attributes.Mean[a])).Square() * level) + ((variance.Log() - logTarget).Square() * spread)).Sum();
        Tensor products = (centred * variance.Sqrt().Reciprocal()).Gram() * each;
        Tensor target = Constants(tape, width * width, i => attributes.Correlation[i]).Reshape(products.Shape);
        Tensor use = Constants(tape, width * width, i => attributes.Use[i / width] && attributes.Use[i % width] && i / width != i % width ? 1.0 / (width * width) : 0).Reshape(products.Shape);
        return (moments, ((products - target).Square() * use).Sum());
    }

    private Tensor Moments(Tape tape, Tensor mean, Tensor variance, float[] count)
    {
        int c = layout.Numbers;
        Tensor target = Constants(tape, c, j => targets.Mean[j]), level = Constants(tape, c, j => Used(j) ? 1 / targets.Variance[j] : 0);
        Tensor logTarget = Constants(tape, c, j => Used(j) ? Math.Log(targets.Variance[j]) : 0), spread = Constants(tape, c, j => Used(j) ? 0.25 : 0);
        return (((mean - target).Square() * level) + ((variance.Log() - logTarget).Square() * spread)).Sum();

        bool Used(int j) => targets.UseMoments[j] && count[j] >= FewestReadings;
    }

    private Tensor? Autocorrelation(Tape tape, Tensor centred, Tensor w, Tensor variance)
    {
        int c = layout.Numbers, steps = layout.Steps;
        Tensor? total = null;
        for (int k = 1; k <= SeriesTargets.Lags && k < steps; k++)
        {
            float[] pairs = Sums(w.Slice(1, 0, steps - k) * w.Slice(1, k, steps - k));
            Tensor products = (centred.Slice(1, 0, steps - k) * centred.Slice(1, k, steps - k)).SumTo(new Shape(c));
            Tensor rho = products * Inverse(tape, pairs, 1) / variance;
            int first = (k - 1) * c;
            Tensor use = Constants(tape, c, j => targets.UseAutocorrelation[first + j] && pairs[j] >= FewestReadings ? 1 : 0);
            Tensor term = ((rho - Constants(tape, c, j => targets.Autocorrelation[first + j])).Square() * use).Sum();
            total = total is null ? term : total + term;
        }

        return total;
    }

    private Tensor Correlation(Tape tape, Tensor standard, Tensor w)
    {
        int c = layout.Numbers, rows = standard.Length / c;
        Tensor products = standard.Reshape(new Shape(rows, c)).Gram(), pairs = w.Reshape(new Shape(rows, c)).Gram();
        float[] counts = pairs.Values.ToArray();
        Tensor inverse = Inverse(tape, counts, 1).Reshape(new Shape(c, c));
        Tensor use = Constants(tape, c * c, i => targets.UseCorrelation[i] && counts[i] >= FewestReadings ? 1.0 / (c * c) : 0).Reshape(new Shape(c, c));
        Tensor target = Constants(tape, c * c, i => targets.Correlation[i]).Reshape(new Shape(c, c));
        return (((products * inverse) - target).Square() * use).Sum();
    }

    private Tensor? Variation(Tape tape, GhostsBatch batch, Tensor w)
    {
        int c = layout.Numbers, steps = layout.Steps;
        if (steps < 2)
            return null;
        Tensor bins = tape.Input(new Shape(w.Shape[0], steps - 1, 1));
        for (int i = 0; i < bins.Length; i++)
            bins.Values[i] = (float)(1 / Math.Max(1, gaps.Hours(batch.Gaps.Values[(i / (steps - 1) * steps) + (i % (steps - 1)) + 1]) / gaps.BinHours));
        Tensor both = w.Slice(1, 0, steps - 1) * w.Slice(1, 1, steps - 1);
        float[] pairs = Sums(both);
        Tensor moved = ((batch.Readings!.Slice(1, 1, steps - 1) - batch.Readings!.Slice(1, 0, steps - 1)).Abs() * (both * bins)).SumTo(new Shape(c)) * Inverse(tape, pairs, 1);
        Tensor use = Constants(tape, c, j => targets.UseVariation[j] && pairs[j] >= FewestReadings ? 1 : 0);
        return ((moved - Constants(tape, c, j => targets.Variation[j])).Square() * use).Sum();
    }

    private Tensor Missingness(Tape tape, GhostsBatch batch)
    {
        Tensor rate = batch.Masks!.SumTo(new Shape(layout.Masks)) * (1f / batch.Lengths.Sum());
        return (rate - Constants(tape, layout.Masks, f => targets.Rate[f])).Square().Sum();
    }

    /// <summary>1-D Wasserstein distance to a constant vector: the sorted batch is picked at the levels.</summary>
    private Tensor Gaps(Tape tape, GhostsBatch batch)
    {
        List<int> valid = [];
        for (int i = 0; i < batch.Lengths.Length; i++)
        {
            for (int l = 0; l < batch.Lengths[i]; l++)
                valid.Add((i * layout.Steps) + l);
        }

        int[] order = [.. valid];
        float[] keys = new float[order.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = batch.Gaps.Values[order[i]];
        Array.Sort(keys, order);
        Span<int> picked = stackalloc int[SeriesTargets.GapLevels];
        for (int k = 0; k < picked.Length; k++)
            picked[k] = order[(int)((k + 0.5) / SeriesTargets.GapLevels * order.Length)];
        Tensor quantiles = tape.Embedding(batch.Gaps.Reshape(new Shape(batch.Gaps.Length, 1)), picked, new Shape(picked.Length));
        return (quantiles - Constants(tape, picked.Length, k => targets.Gaps[k]).Reshape(quantiles.Shape)).Abs().Mean();
    }

    /// <summary>w = m·v of numeric channels as constants.</summary>
    private Tensor Weights(Tape tape, GhostsBatch batch)
    {
        int c = layout.Numbers, steps = layout.Steps;
        if (batch.Masks is not null)
            return batch.Masks.Detach().SliceColumns(0, c);
        Tensor w = tape.Constant(new Shape(batch.Lengths.Length, steps, c), 0);
        for (int i = 0; i < batch.Lengths.Length; i++)
            w.Values.Slice(i * steps * c, batch.Lengths[i] * c).Fill(1);
        return w;
    }

    private float[] Sums(Tensor w) => w.SumTo(new Shape(layout.Numbers)).Values.ToArray();

    private static Tensor Inverse(Tape tape, float[] counts, float least) => Constants(tape, counts.Length, i => 1 / Math.Max(least, counts[i]));

    private static Tensor Constants(Tape tape, int count, Func<int, double> value)
    {
        Tensor constants = tape.Input(new Shape(count));
        for (int i = 0; i < count; i++)
            constants.Values[i] = (float)value(i);
        return constants;
    }
}
