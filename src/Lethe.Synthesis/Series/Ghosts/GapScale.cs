using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Time gaps ⇄ [0, 1]: δ = ln(1 + Δt/τ)/δ_max with τ the median gap. The first gap of a stay is its time from admission.
/// Times lie at the middle of bins, so gaps are told in bins. Immutable.
/// </summary>
internal sealed class GapScale
{
    private GapScale(double tau, double largest, double binHours, int bins) => (Tau, Largest, BinHours, Bins) = (tau, largest, binHours, bins);

    /// <summary>τ in hours.</summary>
    public double Tau { get; }

    /// <summary>Largest ln(1 + Δt/τ) of the training stays.</summary>
    public double Largest { get; }

    /// <summary>Width of a bin in hours.</summary>
    public double BinHours { get; }

    /// <summary>Bins from admission to the last training reading.</summary>
    public int Bins { get; }

    /// <summary>The window in hours.</summary>
    public double Window => Bins * BinHours;

    /// <summary>Learns τ and δ_max.</summary>
    /// <param name="gapHours">All gaps; at least one.</param>
    /// <param name="binHours">Width of a bin in hours.</param>
    /// <param name="bins">Bins from admission to the last training reading.</param>
    public static GapScale Fit(List<float> gapHours, double binHours, int bins)
    {
        float[] sorted = [.. gapHours.Order()];
        double tau = sorted[sorted.Length / 2];
        return new GapScale(tau, Math.Log(1 + (sorted[^1] / tau)), binHours, bins);
    }

    public float Scale(double hours) => (float)(Math.Log(1 + (hours / Tau)) / Largest);

    public double Hours(double scaled) => Tau * (Math.Exp(scaled * Largest) - 1);

    /// <summary>The bin of the next row.</summary>
    /// <param name="previous">Bin of the previous row; −1 before the first.</param>
    /// <param name="scaled">δ.</param>
    public int Next(int previous, double scaled)
    {
        double bins = Hours(scaled) / BinHours;
        return previous < 0 ? Math.Max(0, (int)Math.Round(bins - 0.5)) : previous + Math.Max(1, (int)Math.Round(bins));
    }

    public void Save(ModelWriter writer) => writer.Add("gaps", [Tau, Largest, BinHours, Bins]);

    public static GapScale Load(ModelReader reader)
    {
        double[] g = reader.FiniteDoubles("gaps", 4);
        ModelReader.Require(g.All(v => v > 0) && g[3] is >= 1 and < 1e9 && g[1] < 100, "gaps", "are out of range");
        return new GapScale(g[0], g[1], g[2], (int)g[3]);
    }
}
