using System.Runtime.InteropServices;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>
/// How far the prior's draws are from linear dynamics. With P the draws that have a successor and N their successors, both
/// [pairs, k], C = argmin ‖PC − N‖_F; ẑ_0 = P, ẑ_{j+1} = ẑ_j C;
/// err = Σ_{j=1..J} MSE(ẑ_j, z̄ shifted by j)/‖ẑ_j‖_F over the rows that have a j-th successor (Naiman et al. 2024, §4.2 and code).
/// </summary>
internal static class KoopmanTerm
{
    // Early draws are nearly collinear: this share of the mean square of P's columns keeps the system solvable.
    private const double Ridge = 1e-6;
    private const float Tiny = 1e-20f;

    // ‖ẑ‖_F grows with the square root of the number of stays; the published weights belong to batches of 64.
    private const double PublishedBatch = 64;

    /// <summary>The term, one number; null when no stay has two steps.</summary>
    /// <param name="latent">z̄, [B, T, k].</param>
    /// <param name="rows">Valid steps.</param>
    /// <param name="horizon">J, at least 1.</param>
    public static Tensor? Of(Tensor latent, StepRows rows, int horizon)
    {
        Tensor flat = latent.Reshape(new Shape(rows.Examples * rows.Steps, latent.Shape.Columns)), p = Successors(flat, rows, 0, 1);
        if (p.Length == 0)
            return null;
        Tensor c = Fit(p, Successors(flat, rows, 1, 1));
        Tensor? error = null;
        for (int j = 1; j <= horizon; j++)
        {
            p = p.LinearTransposed(c);
            Tensor reached = j == 1 ? p : Within(p, rows, j), wanted = Successors(flat, rows, j, j);
            if (wanted.Length == 0)
                break;
            Tensor term = (reached - wanted).Square().Mean() / reached.Square().Sum().Sqrt();
            error = error is null ? term : error + term;
        }

        return error is null ? null : error * (float)Math.Sqrt(rows.Examples / PublishedBatch);
    }

    /// <summary>C = argmin ‖PC − N‖², with a ridge; [k, k]. Both are scaled to columns of unit length on average first: C is the same, and the ridge with it.</summary>
    public static Tensor Fit(Tensor p, Tensor next)
    {
        Tensor scale = ((p.Square().Sum() / p.Shape.Columns) + Tiny).Sqrt();
        return (p / scale).LeastSquares(next / scale, Ridge);
    }

    /// <summary>The rows t + <paramref name="shift"/> of every step t that has <paramref name="ahead"/> steps after it.</summary>
    private static Tensor Successors(Tensor flat, StepRows rows, int shift, int ahead)
    {
        List<int> at = [];
        for (int i = 0; i < rows.Examples; i++)
        {
            for (int t = 0; t + ahead < rows.LengthOf(i); t++)
                at.Add((i * rows.Steps) + t + shift);
        }

        return flat.Tape!.Embedding(flat, CollectionsMarshal.AsSpan(at), new Shape(at.Count));
    }

    /// <summary>Of rows that have one successor, those that have <paramref name="ahead"/>.</summary>
    private static Tensor Within(Tensor pairs, StepRows rows, int ahead)
    {
        List<int> at = [];
        int row = 0;
        for (int i = 0; i < rows.Examples; i++)
        {
            for (int t = 0; t + 1 < rows.LengthOf(i); t++, row++)
            {
                if (t + ahead < rows.LengthOf(i))
                    at.Add(row);
            }
        }

        return pairs.Tape!.Embedding(pairs, CollectionsMarshal.AsSpan(at), new Shape(at.Count));
    }
}
