using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Training;

/// <summary>
/// A batch walked forward and backward in parts small enough that what the forward pass leaves is still in the second-level cache when
/// the backward pass wants it; gradients add up. For networks that keep examples apart it is the same step up to the order of
/// sums (dropout draws other masks; batch normalisation must not be used). The activations of 128 sequences of 24 steps are tens of
/// megabytes: with one thread, best times of a GRU and a Transformer fell by a quarter to two fifths in one sweep on a busy machine, those of
/// whole training loops (Diffusion-TS, HALO) did not; with several threads small parts leave each little to do. Measure first. The parts do not depend on the number of threads, and so neither do the results.
/// </summary>
public static class MicroBatches
{
    // 256 rows of a 256-wide layer take 256 KiB. The state of a recurrent layer is multiplied in tiles of six or twelve rows.
    private const int Rows = 256, Tile = 6;

    /// <summary>A good number of examples per part for sequences of this many steps.</summary>
    public static int ExamplesFor(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        int examples = Rows / steps;
        return examples < Tile - 1 ? Math.Max(1, examples) : (examples + Tile - 1) / Tile * Tile;
    }

    /// <summary>Adds the gradient of the mean loss over all examples to the parameters. Resets the tape before each part.</summary>
    /// <param name="tape">Where <paramref name="losses"/> records.</param>
    /// <param name="examples">Number of examples, at least 1.</param>
    /// <param name="perPart">Examples of one part, at least 1; see <see cref="ExamplesFor"/>.</param>
    /// <param name="losses">Records the losses of examples from … from + count − 1: a vector [count]. Keep the delegate, so that steps allocate nothing.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="NonFiniteException">A loss or the gradient is NaN or infinite.</exception>
    public static double Backward(Tape tape, int examples, int perPart, Func<int, int, Tensor> losses)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(examples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perPart);
        double sum = 0;
        tape.Reset();
        for (int from = 0; from < examples; from += perPart)
        {
            if (from > 0)
                tape.Clear();
            int count = Math.Min(perPart, examples - from);
            Tensor part = losses(from, count);
            if (part.Shape.Rank != 1 || part.Length != count)
                throw new ArgumentException($"MicroBatches: examples {from} … {from + count} gave losses of shape {part.Shape}; one number per example is needed.", nameof(losses));
            Tensor share = part.Sum() * (1 / (Real)examples);
            tape.BackwardPart(share, last: from + count == examples);
            sum += share.Item;
        }

        return sum;
    }
}
