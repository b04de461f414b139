using System.Numerics.Tensors;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;
using MathNet.Numerics.Distributions;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>
/// How values spread around the decoder's: Φ⁻¹(x_itc) = Φ⁻¹(x̂_itc) + b_c + τ_c u_ic + σ_c a_itc + ν_c e_itc, with u normal per stay, a
/// stationary first-order autoregression per channel and e fresh per step; u correlated over channels by one matrix, a's innovations and
/// e by another. A decoder trained by squared error gives the conditional mean, and what a stay keeps to itself (a laboratory
/// value read four times) is cheaper to leave out of z than to code: without this part its values spread too little. Immutable.
/// </summary>
/// <param name="channels">Number of numeric channels C.</param>
/// <param name="terms">b, τ, σ, the autoregression's coefficient per step and ν, C × 5.</param>
/// <param name="perStay">Lower Cholesky factor of the correlation of u, C × C, row-major.</param>
/// <param name="perStep">That of the innovations and of e.</param>
internal sealed class CellNoise(int channels, double[] terms, double[] perStay, double[] perStep)
{
    private const int Terms = 5;

    // Scaled values are ranks between the 0.5 % and the 99.5 % quantile: no score lies further out than they do.
    private const double Tail = 0.005;

    /// <summary>Φ⁻¹, its argument kept within the tails.</summary>
    public static double Score(double x) => Normal.InvCDF(0, 1, Math.Clamp(x, Tail, 1 - Tail));

    /// <summary>Moves the decoder's values of one stay.</summary>
    /// <param name="cells">Steps × width, in [0, 1]; changed in place.</param>
    /// <param name="width">Columns of a step.</param>
    /// <param name="columns">Value column of each numeric channel, C.</param>
    /// <param name="stream">Draws C numbers per stay, then 2C per step.</param>
    public void Apply(Span<float> cells, int width, ReadOnlySpan<int> columns, RandomStream stream)
    {
        double[] normal = new double[channels], stay = new double[channels], serial = new double[channels];
        Draw(perStay, stay);
        for (int t = 0; t < cells.Length / width; t++)
        {
            // The serial part starts in its stationary law; innovations and fresh errors are correlated over channels.
            double[] innovation = new double[channels], fresh = new double[channels];
            Draw(perStep, innovation);
            Draw(perStep, fresh);
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<double> of = terms.AsSpan(c * Terms, Terms);
                serial[c] = t == 0 ? innovation[c] : (of[3] * serial[c]) + (Math.Sqrt(1 - (of[3] * of[3])) * innovation[c]);
                ref float cell = ref cells[(t * width) + columns[c]];
                cell = (float)Normal.CDF(0, 1, Score(cell) + of[0] + (of[1] * stay[c]) + (of[2] * serial[c]) + (of[4] * fresh[c]));
            }
        }

        void Draw(double[] factor, Span<double> to)
        {
            for (int c = 0; c < channels; c++)
                normal[c] = stream.NextGaussian();
            for (int c = 0; c < channels; c++)
                to[c] = TensorPrimitives.Dot<double>(normal.AsSpan(0, c + 1), factor.AsSpan(c * channels, c + 1));
        }
    }

    public void Save(ModelWriter writer)
    {
        writer.Add("noise_terms", terms, channels, Terms);
        writer.Add("noise_stay", perStay, channels, channels);
        writer.Add("noise_step", perStep, channels, channels);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static CellNoise Load(ModelReader reader, int channels)
    {
        double[] terms = reader.FiniteDoubles("noise_terms", channels, Terms);
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<double> of = terms.AsSpan(c * Terms, Terms);
            ModelReader.Require(of[1] >= 0 && of[2] >= 0 && of[3] is >= 0 and < 1 && of[4] >= 0, "noise_terms", "hold an impossible number");
        }

        return new CellNoise(channels, terms, reader.FiniteDoubles("noise_stay", channels, channels), reader.FiniteDoubles("noise_step", channels, channels));
    }
}
