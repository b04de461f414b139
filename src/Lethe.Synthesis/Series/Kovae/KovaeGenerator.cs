using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>
/// What sampling needs. Prior: z̄_0 = 0, h_0 = 0, h_t = GRU([z̄_{t−1} | s], h_{t−1}), z̄_t ~ N(μ(h_t), σ²(h_t)), independent of
/// the data. Decoder: a stack of bidirectional GRUs over [z_t | s] and a linear map per step. s are the encoded statics.
/// </summary>
internal sealed class KovaeGenerator : Module
{
    private readonly KovaeSizes _sizes;
    private readonly int _statics;
    private readonly Gru _prior, _decoder;
    private readonly Linear _gaussian, _out;

    /// <param name="columns">Columns of a step D.</param>
    /// <param name="statics">Numbers of s, 0 for none.</param>
    /// <param name="sizes">Widths.</param>
    /// <param name="seed">Of the weights.</param>
    public KovaeGenerator(int columns, int statics, KovaeSizes sizes, Seed seed)
    {
        (_sizes, _statics) = (sizes, statics);
        _prior = Register("prior", new Gru(sizes.Latent + statics, sizes.Hidden, seed.Derive("prior")));
        _gaussian = Register("gaussian", new Linear(sizes.Hidden, 2 * sizes.Latent, seed.Derive("gaussian")));
        _decoder = Register("decoder", new Gru(sizes.Latent + statics, sizes.Hidden, seed.Derive("decoder"), new RecurrentOptions { Layers = sizes.Layers, Bidirectional = true }));
        _out = Register("out", new Linear(2 * sizes.Hidden, columns, seed.Derive("out")));
    }

    /// <summary>Rolls the prior out.</summary>
    /// <param name="statics">[B, W]; ignored when there are none.</param>
    /// <param name="noise">Standard normal draws, [B, T, k].</param>
    /// <returns>Means and log-variances, [B, T, 2k], and the draws z̄, [B, T, k].</returns>
    public (Tensor Gaussian, Tensor Latent) RollOut(Tensor? statics, Tensor noise)
    {
        int examples = noise.Shape[0], steps = noise.Shape[1], k = _sizes.Latent;
        Tape tape = noise.Tape!;
        RecurrentWeights weights = _prior.Weights[0];
        Tensor z = tape.Constant(new Shape(examples, k), 0);
        RecurrentState state = default;
        Tensor[] gaussians = new Tensor[steps], latents = new Tensor[steps];
        for (int t = 0; t < steps; t++)
        {
            Tensor input = _statics > 0 ? z.ConcatColumns(statics!) : z;
            Tensor h = input.Reshape(new Shape(examples, 1, k + _statics)).Gru(weights, state).Sequence.Reshape(new Shape(examples, _sizes.Hidden));
            state = new RecurrentState(h);
            gaussians[t] = _gaussian.Forward(h);
            latents[t] = z = gaussians[t].SampleGaussian(noise.Slice(1, t, 1).Reshape(new Shape(examples, k)));
        }

        return (tape.StackSteps(gaussians), tape.StackSteps(latents));
    }

    /// <summary>What the prior says of each step after the steps before it, of draws that come from elsewhere.</summary>
    /// <param name="z">[B, T, k].</param>
    /// <param name="statics">[B, W]; ignored when there are none.</param>
    /// <param name="rows">Valid steps.</param>
    /// <returns>Means and log-variances, [B, T, 2k].</returns>
    public Tensor Follow(Tensor z, Tensor? statics, StepRows rows)
    {
        Tensor before = z.Tape!.Constant(new Shape(rows.Examples, 1, _sizes.Latent), 0);
        if (rows.Steps > 1)
            before = before.Concat(z.Slice(1, 0, rows.Steps - 1), 1);
        return _gaussian.Forward(_prior.Forward(_statics > 0 ? before.ConcatColumns(rows.Repeat(statics!)) : before, rows.Lengths).Sequence);
    }

    /// <summary>Logits of the cells.</summary>
    /// <param name="z">[B, T, k].</param>
    /// <param name="statics">[B, W]; ignored when there are none.</param>
    /// <param name="rows">Valid steps.</param>
    /// <returns>[R, D].</returns>
    public Tensor Decode(Tensor z, Tensor? statics, StepRows rows)
    {
        Tensor input = _statics > 0 ? z.ConcatColumns(rows.Repeat(statics!)) : z;
        return _out.Forward(rows.Take(_decoder.Forward(input, rows.Lengths).Sequence));
    }
}
