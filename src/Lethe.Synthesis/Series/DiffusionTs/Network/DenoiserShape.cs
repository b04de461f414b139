namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>Sizes of a <see cref="Denoiser"/>.</summary>
/// <param name="Steps">T; the network is made for this length alone.</param>
/// <param name="Features">F, columns of a step.</param>
/// <param name="Statics">Numbers per stay that the series is generated given; 0: none, the paper's network.</param>
/// <param name="Width">d, even.</param>
/// <param name="EncoderLayers">Blocks of the encoder.</param>
/// <param name="DecoderLayers">Blocks of the decoder.</param>
/// <param name="Heads">Attention heads; divides <paramref name="Width"/>.</param>
/// <param name="MlpRatio">Inner width of the feed-forward parts over <paramref name="Width"/>.</param>
/// <param name="Dropout">On attention weights and branches, in training.</param>
internal sealed record DenoiserShape(int Steps, int Features, int Statics, int Width, int EncoderLayers, int DecoderLayers, int Heads, int MlpRatio, double Dropout);
