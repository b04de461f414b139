using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Distances between low-dimensional statistics of a generated batch and those of the training stays:
/// R_mom = Σ_f (μ_f − μ*_f)²/σ*_f² + (ln σ_f − ln σ*_f)², R_acf = Σ_f Σ_k (ρ_f(k) − ρ*_f(k))² with ρ around the stay's own mean and k readings of the channel apart, R_xc = ‖C − C*‖²/F²,
/// R_gap = mean_q |Q_q(δ) − Q*_q|, R_miss = Σ_f (rate_f − rate*_f)², R_tv = Σ_f (E|Δx|/E*|Δx| − 1)² over consecutive readings. Weights of the means
/// (observed, valid) are constants in the gradient except in R_miss, where it passes straight through the drawn masks. R_mom and
/// R_xc are also taken over attributes, so that outcome, statics and the levels of channels keep their relations.
/// </summary>
internal sealed class Regularisers(SeriesTargets targets, AttributeMoments attributes, GhostsLayout layout)
{
    // Statistics of a batch on fewer readings are left out of the step.
    private const int FewestReadings = 5;
    private const float LeastVariance = 1e-6f;

    /// <summary>Names of the terms, in the order of <see cref="Terms"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["moments", "autocorrelation", "correlation", "gaps", "missingness", "variation", "attribute moments", "attribute correlation", "spread within stays"];

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
        (terms[1], terms[8]) = Courses(tape, batch, w, count);
        terms[2] = Correlation(tape, centred * scale, w);
        terms[5] = Variation(tape, batch);
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

    /// <summary>Autocorrelation and spread around the mean of the stay: levels differ so much between stays that statistics of all readings hardly see a course.</summary>
    private (Tensor Autocorrelation, Tensor Spread) Courses(Tape tape, GhostsBatch batch, Tensor w, float[] count)
    {
        int c = layout.Numbers, stays = w.Shape[0];
        Tensor readings = batch.Readings! * w;
        Shape perStay = new(stays, 1, c);
        Tensor own = w.SumTo(perStay);
        float[] each = own.Values.ToArray();
        for (int i = 0; i < each.Length; i++)
            each[i] = 1 / Math.Max(1, each[i]);
        Tensor centred = (readings - (readings.SumTo(perStay) * tape.Input(each, perStay))) * w;
        Tensor variance = (centred.Square().SumTo(new Shape(c)) * Inverse(tape, count, 1)) + LeastVariance;
        Tensor known = Constants(tape, c, j => targets.UseWithin[j] && count[j] >= FewestReadings ? 0.25 : 0);
        Tensor spread = ((variance.Log() - Constants(tape, c, j => targets.UseWithin[j] ? Math.Log(targets.Within[j] + LeastVariance) : 0)).Square() * known).Sum();

        Tensor cells = centred.Reshape(new Shape(centred.Length, 1)), total = tape.Constant(Shape.Scalar, 0);
        int[] earlier = [.. batch.Before];
        for (int k = 0; k < SeriesTargets.Lags; k++)
        {
            float[] pairs = new float[c];
            for (int at = 0; at < earlier.Length; at++)
            {
                if (k > 0)
                    earlier[at] = earlier[at] < 0 ? -1 : batch.Before[earlier[at]];
                pairs[at % c] += earlier[at] < 0 ? 0 : 1;
            }

            int first = k * c;
            Tensor lagged = tape.Embedding(cells, earlier, new Shape(earlier.Length)).Reshape(centred.Shape);
            Tensor rho = (centred * lagged).SumTo(new Shape(c)) * Inverse(tape, pairs, 1) / variance;
            Tensor use = Constants(tape, c, j => targets.UseAutocorrelation[first + j] && pairs[j] >= FewestReadings ? 1 : 0);
            total += ((rho - Constants(tape, c, j => targets.Autocorrelation[first + j])).Square() * use).Sum();
        }

        return (total, spread);
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

    private Tensor? Variation(Tape tape, GhostsBatch batch)
    {
        int c = layout.Numbers;
        if (layout.Steps < 2)
            return null;
        Tensor counts = tape.Constant(batch.Readings!.Shape, 0);
        for (int at = 0; at < batch.Before.Length; at++)
            counts.Values[at] = batch.Before[at] < 0 ? 0 : 1;
        float[] moves = Sums(counts);
        Tensor cells = batch.Readings!.Reshape(new Shape(batch.Before.Length, 1));
        Tensor earlier = tape.Embedding(cells, batch.Before, new Shape(batch.Before.Length)).Reshape(counts.Shape);
        Tensor moved = ((batch.Readings! - earlier).Abs() * counts).SumTo(new Shape(c)) * Inverse(tape, moves, 1);
        Tensor each = Constants(tape, c, j => targets.UseVariation[j] && moves[j] >= FewestReadings ? 1 / targets.Variation[j] : 0);
        return ((moved - Constants(tape, c, j => targets.Variation[j])) * each).Square().Sum();
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
