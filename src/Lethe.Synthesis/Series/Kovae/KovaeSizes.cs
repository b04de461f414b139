namespace Lethe.Synthesis.Series.Kovae;

/// <summary>Widths of the networks.</summary>
/// <param name="Hidden">State of a GRU, per direction.</param>
/// <param name="Layers">Layers of encoder and decoder.</param>
/// <param name="Latent">Numbers k of z_t.</param>
internal sealed record KovaeSizes(int Hidden, int Layers, int Latent);
