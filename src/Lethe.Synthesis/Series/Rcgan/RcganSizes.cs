using Lethe.Numerics.Layers;
using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>What the networks are built from.</summary>
/// <param name="Columns">Columns of a step of the series.</param>
/// <param name="Condition">Numbers that series are generated given; 0 for none.</param>
/// <param name="Latent">Width of the noise at each step.</param>
/// <param name="StayNoise">Width of the noise that a stay keeps at all its steps; 0 for none, as in the paper.</param>
/// <param name="Hidden">Width of the LSTM.</param>
internal sealed record RcganSizes(int Columns, int Condition, int Latent, int StayNoise, int Hidden)
{
    public RcganNetwork Generator(Seed seed) => new(Condition + StayNoise + Latent, Hidden, Columns, Activation.Tanh, seed);

    public RcganNetwork Discriminator(Seed seed) => new(Condition + Columns, Hidden, 1, Activation.None, seed);
}
