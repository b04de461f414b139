using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>
/// q(z_t | x): a stack of bidirectional GRUs, batch normalisation over stays and steps, linear mean and log-variance per
/// step. Training alone needs it, so no model file holds it.
/// </summary>
internal sealed class KovaeEncoder : Module
{
    private readonly Gru _gru;
    private readonly BatchNorm _norm;
    private readonly Linear _gaussian;

    /// <param name="inputs">Columns of a step, with those it is given.</param>
    /// <param name="sizes">Widths.</param>
    /// <param name="seed">Of the weights.</param>
    public KovaeEncoder(int inputs, KovaeSizes sizes, Seed seed)
    {
        _gru = Register("gru", new Gru(inputs, sizes.Hidden, seed.Derive("gru"), new RecurrentOptions { Layers = sizes.Layers, Bidirectional = true }));
        _norm = Register("norm", new BatchNorm(2 * sizes.Hidden));
        _gaussian = Register("gaussian", new Linear(2 * sizes.Hidden, 2 * sizes.Latent, seed.Derive("gaussian")));
    }

    /// <summary>Means and log-variances of the valid steps.</summary>
    /// <param name="x">[B, T, inputs].</param>
    /// <param name="rows">Valid steps.</param>
    /// <returns>[R, 2k].</returns>
    public Tensor Forward(Tensor x, StepRows rows) => _gaussian.Forward(_norm.Forward(rows.Take(_gru.Forward(x, rows.Lengths).Sequence)));
}
