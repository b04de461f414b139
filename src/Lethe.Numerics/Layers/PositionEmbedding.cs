using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// Adds a learnt vector per position. Parameter: <c>weight</c> [longest, width], U(±0.02) at first (Yuan and Qiao 2024) or
/// N(0, 0.02²) (Radford et al. 2019). The table goes through a lookup per example, so per-example gradients exist.
/// </summary>
public sealed class PositionEmbedding : Layer
{
    private const double Spread = 0.02;
    private int[] _ids = [];

    /// <summary>A table with fresh vectors.</summary>
    /// <param name="longest">Most steps.</param>
    /// <param name="width">Width of a step.</param>
    /// <param name="seed">Source of the initial vectors.</param>
    /// <param name="gaussian">Normal rather than uniform start values.</param>
    public PositionEmbedding(int longest, int width, Seed seed, bool gaussian = false)
    {
        Weight = Register(new Parameter("weight", new Shape(longest, width)));
        RandomStream stream = seed.Stream("position");
        foreach (ref Real value in Weight.Values)
            value = (Real)(Spread * (gaussian ? stream.NextGaussian() : (2 * stream.NextDouble()) - 1));
    }

    /// <summary>The table, [longest, width].</summary>
    public Parameter Weight { get; }

    /// <summary>[examples, steps, width] plus the vectors of its steps.</summary>
    /// <exception cref="ArgumentException">More steps than the table has rows, or another width.</exception>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank != 3 || x.Shape[1] > Weight.Shape[0] || x.Shape[2] != Weight.Shape[1])
            throw new ArgumentException($"PositionEmbedding: x {x.Shape} does not fit a table {Weight.Shape} of [longest, width].", nameof(x));
        int examples = x.Shape[0], steps = x.Shape[1];

        // Sampling calls this from several threads: the shared array is replaced as a whole, never written again.
        int[] ids = _ids;
        if (ids.Length < examples * steps || (examples > 0 && steps > 0 && (ids[steps - 1] != steps - 1 || (examples > 1 && ids[steps] != 0))))
        {
            ids = new int[examples * steps];
            for (int i = 0; i < ids.Length; i++)
                ids[i] = i % steps;
            _ids = ids;
        }

        return x + x.RequireTape("PositionEmbedding").Embedding(Weight, ids.AsSpan(0, examples * steps), new Shape(examples, steps));
    }
}
