using Lethe.Numerics.Layers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

/// <summary>The critic's loss of WGAN-GP (Gulrajani et al. 2017) for critics that are perceptrons, as one operation.</summary>
public static class WassersteinCritic
{
    /// <summary>
    /// mean f(fake) − mean f(real) + λ·mean((‖∇f(x̂)‖₂ − 1)²) with x̂ = ε·real + (1 − ε)·fake. The same number and gradients as
    /// <see cref="GradientPenalty"/> on recorded layers; in closed form the three batches share every product.
    /// </summary>
    /// <param name="fake">[n, d]; gets no gradient.</param>
    /// <param name="real">[n, d]; gets no gradient.</param>
    /// <param name="mix">ε per row, each in [0, 1], n of them.</param>
    /// <param name="layers">f: LeakyReLU (slope 0.2) and dropout follow every layer but the last, which has one output. All with bias.</param>
    /// <param name="dropout">Probability in [0, 1).</param>
    /// <param name="stream">Source of the dropout masks.</param>
    /// <param name="penalty">λ.</param>
    /// <param name="fakeLast">Last columns of the generated rows, if those are one-hot: [n, c]. Rows then have d + c columns.</param>
    /// <param name="realLast">The same of the real rows; both or neither.</param>
    /// <returns>One number.</returns>
    public static Tensor Loss(Tensor fake, Tensor real, ReadOnlySpan<Real> mix, ReadOnlySpan<Linear> layers, double dropout, RandomStream stream, Real penalty, OneHotRows? fakeLast = null, OneHotRows? realLast = null)
    {
        ArgumentNullException.ThrowIfNull(fake);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(stream);
        if (fake.Shape != real.Shape || fake.Shape.Rank != 2 || fake.Shape[0] == 0 || mix.Length != fake.Shape[0])
            throw new ArgumentException($"WassersteinCritic: fake {fake.Shape} and real {real.Shape} must be equal matrices with rows, with one mixing weight per row; {mix.Length} were given.");
        if (!(dropout >= 0 && dropout < 1))
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "WassersteinCritic: the dropout probability lies in [0, 1).");
        if (fakeLast?.Width != realLast?.Width || (fakeLast is not null && (fakeLast.Count != fake.Shape[0] || realLast!.Count != fake.Shape[0])))
            throw new ArgumentException($"WassersteinCritic: the one-hot columns of fake ({fakeLast?.Count} rows of {fakeLast?.Width}) and real ({realLast?.Count} rows of {realLast?.Width}) must be of equal width, for {fake.Shape[0]} rows.");
        fakeLast?.RequireInside("WassersteinCritic");
        realLast?.RequireInside("WassersteinCritic");
        int inputs = fake.Shape[1] + (fakeLast?.Width ?? 0);
        for (int l = 0; l < layers.Length; l++)
        {
            if (layers[l].Weight.Shape[1] != inputs || layers[l].Bias is null)
                throw new ArgumentException($"WassersteinCritic: layer {l} has weight {layers[l].Weight.Shape} and {(layers[l].Bias is null ? "no bias" : "a bias")}; {inputs} inputs and a bias are needed.");
            inputs = layers[l].Weight.Shape[0];
        }

        if (layers.IsEmpty || inputs != 1)
            throw new ArgumentException("WassersteinCritic: the last layer must have one output.");
        return WassersteinCriticNode.Apply(fake, real, fakeLast, realLast, mix, layers, dropout, stream, penalty);
    }
}
