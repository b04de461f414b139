using Lethe.Evaluation.TimeSeries.Networks;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>
/// Context-FID: Jeha et al., "PSA-GAN: Progressive self attention GANs for synthetic time series", ICLR 2022, as Diffusion-TS measures it. A
/// <see cref="Ts2Vec"/> encoder is trained on the real set in every run; the Fréchet distance of the two sets' representations as Gaussians,
/// ‖μ − μ'‖² + tr(Σ + Σ' − 2(ΣΣ')^½), is the score, smaller is better. The trace of the root is that of (Σ^½ Σ' Σ^½)^½, from symmetric
/// eigenvalues, where published code takes a general matrix root. Values depend on the encoder's training and on the number of sequences: read
/// them beside <see cref="RepeatedSeriesScore.Floor"/>. Larger sets are cut at random to the size of the smaller.
/// </summary>
/// <param name="options">The encoder's settings; null for the defaults.</param>
public sealed class ContextFid(Ts2VecOptions? options = null) : ISeriesScore
{
    /// <inheritdoc/>
    public Descriptor Descriptor { get; } = new(
        "context-fid", "Context-FID (TS2Vec encoder)", "benchmark", "Fréchet distance of real and synthetic sequences in the space of an encoder trained on the real ones.", "Jeha et al., PSA-GAN, 2022");

    /// <inheritdoc/>
    public int Repeats => 5;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sets differ in shape or have fewer than two sequences.</exception>
    public double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic);
        int n = Math.Min(real.Count, synthetic.Count);
        real = real.Count == n ? real : real.Take(seed.Stream("real").Permutation(real.Count).AsSpan(0, n));
        synthetic = synthetic.Count == n ? synthetic : synthetic.Take(seed.Stream("synthetic").Permutation(synthetic.Count).AsSpan(0, n));
        Ts2Vec encoder = Ts2Vec.Train(real, options, seed.Derive("encoder"), cancellation);
        return Frechet(encoder.Encode(real, cancellation), encoder.Encode(synthetic, cancellation), n);
    }

    /// <summary>Fréchet distance of two sets of points, each row-major with this many rows; covariances with divisor n − 1.</summary>
    public static double Frechet(double[] first, double[] second, int rows)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (Vector<double> m, Matrix<double> s) = Gaussian(first, rows);
        (Vector<double> m2, Matrix<double> s2) = Gaussian(second, rows);
        Matrix<double> root = Root(s);
        Evd<double> product = (root * s2 * root).Evd(Symmetricity.Symmetric);
        double trace = product.EigenValues.Sum(v => Math.Sqrt(Math.Max(0, v.Real)));
        Vector<double> difference = m - m2;
        return Math.Max(0, difference.DotProduct(difference) + s.Trace() + s2.Trace() - (2 * trace));
    }

    private static (Vector<double> Mean, Matrix<double> Covariance) Gaussian(double[] points, int rows)
    {
        int columns = points.Length / rows;
        Matrix<double> x = Matrix<double>.Build.Dense(rows, columns, (i, j) => points[(i * columns) + j]);
        Vector<double> mean = x.ColumnSums() / rows;
        Matrix<double> centred = Matrix<double>.Build.Dense(rows, columns, (i, j) => x[i, j] - mean[j]);
        return (mean, centred.TransposeThisAndMultiply(centred) / Math.Max(1, rows - 1));
    }

    private static Matrix<double> Root(Matrix<double> covariance)
    {
        Evd<double> evd = covariance.Evd(Symmetricity.Symmetric);
        Vector<double> roots = Vector<double>.Build.Dense(covariance.RowCount, i => Math.Sqrt(Math.Max(0, evd.EigenValues[i].Real)));
        return evd.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(roots) * evd.EigenVectors.Transpose();
    }
}
