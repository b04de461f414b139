using Lethe.Numerics.Layers;
using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>What a generator is built from.</summary>
/// <param name="Columns">Columns of a step of the series.</param>
/// <param name="Condition">Numbers that series are generated given; 0 for none.</param>
/// <param name="Latent">Width of the noise at each step.</param>
/// <param name="Hidden">Width of the LSTM.</param>
internal sealed record RcganSizes(int Columns, int Condition, int Latent, int Hidden)
{
    public RcganNetwork Generator(Seed seed) => new(Condition + Latent, Hidden, Columns, Activation.Tanh, seed);

    public RcganNetwork Discriminator(Seed seed) => new(Condition + Columns, Hidden, 1, Activation.None, seed);
}
