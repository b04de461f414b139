using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

/// <summary>
/// The gradient penalty of WGAN-GP (Gulrajani et al. 2017): (‖∇ₓ f(x̂)‖₂ − 1)² at x̂ = ε·real + (1 − ε)·fake, one ε per row.
/// Exact: the gradient is recorded as operations and differentiated again.
/// </summary>
public static class GradientPenalty
{
    /// <summary>Points between real and fake rows. Neither gets a gradient; the result is a variable.</summary>
    /// <param name="tape">Where to record.</param>
    /// <param name="real">[n, d].</param>
    /// <param name="fake">[n, d].</param>
    /// <param name="mix">ε per row, each in [0, 1], n of them.</param>
    public static Tensor Interpolate(Tape tape, Tensor real, Tensor fake, ReadOnlySpan<Real> mix)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        if (real.Shape != fake.Shape || mix.Length != real.Shape.Rows)
            throw new ArgumentException($"Interpolate: real {real.Shape} and fake {fake.Shape} must be equal, with one mixing weight per row; {mix.Length} were given.");
        Tensor x = tape.Variable(real.Values, real.Shape);
        int columns = real.Shape.Columns;
        Span<Real> to = x.Values;
        ReadOnlySpan<Real> r = real.Values, f = fake.Values;
        for (int i = 0; i < to.Length; i++)
        {
            Real e = mix[i / columns];
            to[i] = (e * r[i]) + ((1 - e) * f[i]);
        }

        return x;
    }

    /// <summary>The same with ε drawn uniformly.</summary>
    public static Tensor Interpolate(Tape tape, Tensor real, Tensor fake, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(stream);
        Real[] mix = new Real[real.Shape.Rows];
        for (int i = 0; i < mix.Length; i++)
            mix[i] = stream.NextSingle();
        return Interpolate(tape, real, fake, mix);
    }

    /// <summary>(‖∂f/∂x̂‖₂ − 1)² per row, to be averaged and weighted by the caller (λ = 10 in the paper).</summary>
    /// <param name="scores">f(x̂), one per row.</param>
    /// <param name="points">x̂ from <see cref="Interpolate(Tape, Tensor, Tensor, ReadOnlySpan{Real})"/>.</param>
    public static Tensor PerRow(Tensor scores, Tensor points)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Tensor gradient = scores.RequireTape("GradientPenalty").InputGradient(scores, points);
        return (gradient.RowNorm() - 1).Square();
    }
}
