using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Pairs;
using Lethe.Evaluation.Statistics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Lethe.Evaluation.Fidelity.Joint;

/// <summary>
/// Structure of the numeric correlations. Columns that are constant in either table are left out.
/// </summary>
/// <param name="EigenvalueDifference">Σ|λ_R − λ_S|/d over ordered eigenvalues of the correlation matrices, 0 is best.</param>
/// <param name="LeadingAngle">Angle between the leading components, arccos|⟨u_R, u_S⟩|/(π/2), 0–1, 0 is best.</param>
public sealed record Spectrum(double EigenvalueDifference, double LeadingAngle)
{
    /// <summary>Compares two aligned tables; NaN with fewer than two usable numeric columns.</summary>
    public static Spectrum Of(Table real, Table other)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        double[,] a = AssociationMatrix.Numeric(real, (x, y) => Moments.Pearson(x, y)), b = AssociationMatrix.Numeric(other, (x, y) => Moments.Pearson(x, y));
        int[] usable = [.. Enumerable.Range(0, a.GetLength(0)).Where(i => Defined(a, i) && Defined(b, i))];
        if (usable.Length < 2)
            return new Spectrum(double.NaN, double.NaN);
        Evd<double> r = Decompose(a, usable), s = Decompose(b, usable);
        int d = usable.Length;
        double difference = 0;
        for (int k = 0; k < d; k++)
            difference += Math.Abs(r.EigenValues[k].Real - s.EigenValues[k].Real) / d;
        double cosine = Math.Abs(r.EigenVectors.Column(d - 1).DotProduct(s.EigenVectors.Column(d - 1)));
        return new Spectrum(difference, Math.Acos(Math.Min(1, cosine)) / (Math.PI / 2));
    }

    /// <summary>A column counts when it correlates with something: a constant one is NaN against all others.</summary>
    private static bool Defined(double[,] m, int i) =>
        Enumerable.Range(0, m.GetLength(0)).Any(j => j != i && !double.IsNaN(m[i, j]));

    private static Evd<double> Decompose(double[,] matrix, int[] usable) => Matrix<double>.Build
        .Dense(usable.Length, usable.Length, (i, j) => double.IsNaN(matrix[usable[i], usable[j]]) ? 0 : matrix[usable[i], usable[j]])
        .Evd(Symmetricity.Symmetric);
}
