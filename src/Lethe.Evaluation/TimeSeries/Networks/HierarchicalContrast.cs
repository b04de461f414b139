using System.Numerics.Tensors;

namespace Lethe.Evaluation.TimeSeries.Networks;

/// <summary>
/// The hierarchical contrastive loss of TS2Vec: Yue et al., "TS2Vec: Towards universal representation of time series", AAAI 2022, equations
/// 1 to 3 and algorithm 1. Two views z, z' of B sequences over the T steps they share. At each scale, ½ × instance contrast (same step, other
/// sequences as negatives) + ½ × temporal contrast (same sequence, other steps as negatives), with dot products as similarities; then both are
/// max-pooled in pairs of steps, until one step is left, where only the instances contrast; the mean over the scales.
/// Loss and gradient in closed form: for a softmax over similarities s_ij of row i with its positive at p(i),
/// ∂/∂s_ij = softmax_ij − [j = p(i)].
/// </summary>
internal static class HierarchicalContrast
{
    /// <summary>The loss; its gradients by both views are written to <paramref name="du"/> and <paramref name="dv"/>.</summary>
    /// <param name="u">z [B, T, C].</param>
    /// <param name="v">z' [B, T, C].</param>
    /// <param name="sequences">B.</param>
    /// <param name="steps">T ≥ 1.</param>
    /// <param name="width">C.</param>
    /// <param name="du">Gradient by z, same shape.</param>
    /// <param name="dv">Gradient by z', same shape.</param>
    public static double Evaluate(ReadOnlySpan<float> u, ReadOnlySpan<float> v, int sequences, int steps, int width, Span<float> du, Span<float> dv)
    {
        // Level 0 are the views; level d + 1 is level d pooled. Winners remember which of two steps each maximum came from.
        List<(float[] U, float[] V, byte[]? WinnersU, byte[]? WinnersV, int Steps)> levels = [(u.ToArray(), v.ToArray(), null, null, steps)];
        while (levels[^1].Steps > 1)
        {
            (float[] lastU, float[] lastV, _, _, int last) = levels[^1];
            (float[] pooledU, byte[] winnersU) = Pool(lastU, sequences, last, width);
            (float[] pooledV, byte[] winnersV) = Pool(lastV, sequences, last, width);
            levels.Add((pooledU, pooledV, winnersU, winnersV, last / 2));
        }

        double loss = 0;
        float[] gradientU = [], gradientV = [];
        for (int d = levels.Count - 1; d >= 0; d--)
        {
            (float[] zu, float[] zv, _, _, int t) = levels[d];
            float[] ownU = new float[zu.Length], ownV = new float[zv.Length];
            if (d + 1 < levels.Count)
            {
                Unpool(gradientU, levels[d + 1].WinnersU!, ownU, sequences, t, width);
                Unpool(gradientV, levels[d + 1].WinnersV!, ownV, sequences, t, width);
            }

            double weight = 0.5 / levels.Count;
            for (int step = 0; step < t; step++)
                loss += Contrast(zu, zv, ownU, ownV, step * width, t * width, sequences, width, weight / t);
            if (t > 1)
            {
                for (int i = 0; i < sequences; i++)
                    loss += Contrast(zu, zv, ownU, ownV, i * t * width, width, t, width, weight / sequences);
            }

            (gradientU, gradientV) = (ownU, ownV);
        }

        gradientU.CopyTo(du);
        gradientV.CopyTo(dv);
        return loss;
    }

    /// <summary>
    /// Contrast among n pairs: item k of each view starts at offset + k·stride. Each of the 2n items has the other view's item of the same k as its
    /// positive and all the rest but itself as negatives; the mean cross-entropy over the items, times weight.
    /// </summary>
    private static double Contrast(float[] u, float[] v, float[] du, float[] dv, int offset, int stride, int n, int width, double weight)
    {
        if (n < 2)
            return 0;
        int items = 2 * n;
        float[] similarity = new float[items * items];
        for (int i = 0; i < items; i++)
        {
            for (int j = 0; j < i; j++)
                similarity[(i * items) + j] = similarity[(j * items) + i] = TensorPrimitives.Dot(Item(i), Item(j));
        }

        double loss = 0;
        for (int i = 0; i < items; i++)
        {
            Span<float> row = similarity.AsSpan(i * items, items);
            row[i] = float.NegativeInfinity;
            int positive = (i + n) % items;
            float most = TensorPrimitives.Max(row), own = row[positive];
            double sum = 0;
            for (int j = 0; j < items; j++)
            {
                row[j] = MathF.Exp(row[j] - most);
                sum += row[j];
            }

            loss += Math.Log(sum) + most - own;
            for (int j = 0; j < items; j++)
                row[j] = (float)((row[j] / sum) - (j == positive ? 1 : 0));
        }

        float scale = (float)(weight / items);
        for (int i = 0; i < items; i++)
        {
            Span<float> gradient = (i < n ? du : dv).AsSpan(offset + (i % n * stride), width);
            for (int j = 0; j < items; j++)
            {
                if (i != j)
                    TensorPrimitives.MultiplyAdd(Item(j), scale * (similarity[(i * items) + j] + similarity[(j * items) + i]), gradient, gradient);
            }
        }

        return loss * weight / items;

        ReadOnlySpan<float> Item(int i) => (i < n ? u : v).AsSpan(offset + (i % n * stride), width);
    }

    /// <summary>Maximum over steps 2t and 2t + 1; an odd last step is dropped.</summary>
    private static (float[] Pooled, byte[] Winners) Pool(float[] z, int sequences, int steps, int width)
    {
        int half = steps / 2;
        float[] pooled = new float[sequences * half * width];
        byte[] winners = new byte[pooled.Length];
        for (int i = 0, at = 0; i < sequences; i++)
        {
            for (int t = 0; t < half; t++)
            {
                int first = ((i * steps) + (2 * t)) * width;
                for (int c = 0; c < width; c++, at++)
                {
                    float a = z[first + c], b = z[first + width + c];
                    (pooled[at], winners[at]) = b > a ? (b, (byte)1) : (a, (byte)0);
                }
            }
        }

        return (pooled, winners);
    }

    private static void Unpool(float[] gradient, byte[] winners, float[] target, int sequences, int steps, int width)
    {
        int half = steps / 2;
        for (int i = 0, at = 0; i < sequences; i++)
        {
            for (int t = 0; t < half; t++)
            {
                int first = ((i * steps) + (2 * t)) * width;
                for (int c = 0; c < width; c++, at++)
                    target[first + (winners[at] * width) + c] += gradient[at];
            }
        }
    }
}
