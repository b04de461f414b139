using Lethe.Numerics.Layers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>
/// Sampling needs three: generator G: z → ê, supervisor S: h → the next h, recovery R: h → x. x̂ = R(S(G(z))).
/// Training adds embedder E: x → h and discriminator D: h → one logit a step.
/// </summary>
internal sealed class TimeGanNetworks
{
    private readonly Seed _seed;
    private readonly TimeGanSizes _sizes;
    private readonly int _statics;

    /// <param name="columns">Columns of a step D; the noise of a step is as wide.</param>
    /// <param name="statics">Numbers that a stay is given, 0 for none.</param>
    /// <param name="sizes">Widths.</param>
    /// <param name="seed">Of the weights.</param>
    public TimeGanNetworks(int columns, int statics, TimeGanSizes sizes, Seed seed)
    {
        (_statics, _sizes, _seed) = (statics, sizes, seed);
        Generator = Make("generator", sizes.StayNoise + columns, sizes.Hidden);
        Supervisor = Make("supervisor", sizes.Hidden, sizes.Hidden, layersLess: 1);
        Recovery = Make("recovery", sizes.Hidden, columns);
        Embedder = Make("embedder", columns, sizes.Hidden);
        Discriminator = Make("discriminator", sizes.Hidden, 1, sigmoid: false);
    }

    /// <summary>G: noise → raw latents ê.</summary>
    public TimeGanNetwork Generator { get; }

    /// <summary>S: latents → latents one step on; one layer less than the others.</summary>
    public TimeGanNetwork Supervisor { get; }

    /// <summary>R: latents → cells.</summary>
    public TimeGanNetwork Recovery { get; }

    /// <summary>E: cells → latents h.</summary>
    public TimeGanNetwork Embedder { get; }

    /// <summary>D: latents → logits, real above zero.</summary>
    public TimeGanNetwork Discriminator { get; }

    /// <summary>Width of the noise that a stay keeps at all its steps.</summary>
    public int StayNoise => _sizes.StayNoise;

    /// <summary>What sampling needs, by the names of model files.</summary>
    public (string Name, Module Module)[] Sampling => [("generator.", Generator), ("supervisor.", Supervisor), ("recovery.", Recovery)];

    /// <summary>x̂ = R(S(G(z))), [B, T, D].</summary>
    /// <param name="noise">z, [B, T, stay noise + D]; z_S first.</param>
    /// <param name="statics">[B, T, W]; null for none.</param>
    /// <param name="rows">Valid steps.</param>
    public Tensor Sample(Tensor noise, Tensor? statics, StepRows rows)
    {
        Tensor raw = Generator.Forward(noise, statics, rows.Lengths), latent = Supervisor.Forward(raw, statics, rows.Lengths);
        return Recovery.Forward(latent, statics, rows.Lengths);
    }

    private TimeGanNetwork Make(string name, int inputs, int outputs, int layersLess = 0, bool sigmoid = true) =>
        new(inputs + _statics, _sizes.Hidden, Math.Max(1, _sizes.Layers - layersLess), outputs, sigmoid, _seed.Derive(name));
}

/// <summary>Widths of the networks.</summary>
/// <param name="Hidden">State of a GRU and width of a latent step.</param>
/// <param name="Layers">Layers of each stack.</param>
/// <param name="StayNoise">Width of the noise that a stay keeps at all its steps (z_S of the paper); 0: none, as in the published code.</param>
internal sealed record TimeGanSizes(int Hidden, int Layers, int StayNoise = 0);
