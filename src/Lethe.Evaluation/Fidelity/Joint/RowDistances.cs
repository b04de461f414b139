using Lethe.Data.Distances;
using Lethe.Data.Tables;
using Lethe.Learning;

namespace Lethe.Evaluation.Fidelity.Joint;

/// <summary>Distances between the rows of a real and another table, whatever the ruler.</summary>
public abstract class RowDistances
{
    /// <summary>Number of real rows.</summary>
    public abstract int RealRows { get; }

    /// <summary>Number of rows of the other table.</summary>
    public abstract int OtherRows { get; }

    /// <summary>Distances of a row of the other table to every real row.</summary>
    public abstract void OtherToReal(int otherRow, Span<double> destination);

    /// <summary>Distances of a real row to every real row (itself included, at 0).</summary>
    public abstract void RealToReal(int realRow, Span<double> destination);

    /// <summary>Distances of a row of the other table to every row of it (itself included, at 0).</summary>
    public abstract void OtherToOther(int otherRow, Span<double> destination);

    /// <summary>Euclidean distances of points.</summary>
    public static RowDistances Euclidean(DesignMatrix real, DesignMatrix other) => new PointDistances(real, other);

    /// <summary>Gower's mixed distance, ranges from the real table or from <paramref name="ruler"/> when given.</summary>
    public static RowDistances Gower(Table real, Table other, MixedDistance? ruler = null)
    {
        MixedDistance distance = ruler ?? new MixedDistance(real);
        return new GowerDistances(distance, distance.Encode(real), distance.Encode(other));
    }

    /// <summary>Distance of each real row to its k-th nearest other real row (k = 1 is the nearest).</summary>
    public double[] RealRadii(int k) => Radii(RealRows, k, RealToReal);

    /// <summary>Distance of each row of the other table to its k-th nearest other row there.</summary>
    public double[] OtherRadii(int k) => Radii(OtherRows, k, OtherToOther);

    private static double[] Radii(int rows, int k, RowFill fill)
    {
        double[] radii = new double[rows];
        Parallel.For(0, rows, () => new double[rows], (i, _, distances) =>
        {
            fill(i, distances);
            distances[i] = double.PositiveInfinity;
            double[] sorted = (double[])distances.Clone();
            Array.Sort(sorted);
            radii[i] = k <= rows ? sorted[k - 1] : double.PositiveInfinity;
            return distances;
        }, _ => { });
        return radii;
    }

    private delegate void RowFill(int row, Span<double> destination);

    private sealed class PointDistances(DesignMatrix real, DesignMatrix other) : RowDistances
    {
        public override int RealRows => real.Rows;

        public override int OtherRows => other.Rows;

        public override void OtherToReal(int otherRow, Span<double> destination) => Fill(other.Row(otherRow), real, destination);

        public override void RealToReal(int realRow, Span<double> destination) => Fill(real.Row(realRow), real, destination);

        public override void OtherToOther(int otherRow, Span<double> destination) => Fill(other.Row(otherRow), other, destination);

        private static void Fill(ReadOnlySpan<double> x, DesignMatrix points, Span<double> destination)
        {
            for (int i = 0; i < destination.Length; i++)
            {
                ReadOnlySpan<double> y = points.Row(i);
                double sum = 0;
                for (int c = 0; c < x.Length; c++)
                    sum += (x[c] - y[c]) * (x[c] - y[c]);
                destination[i] = Math.Sqrt(sum);
            }
        }
    }

    private sealed class GowerDistances(MixedDistance distance, MixedPoints real, MixedPoints other) : RowDistances
    {
        public override int RealRows => real.Count;

        public override int OtherRows => other.Count;

        public override void OtherToReal(int otherRow, Span<double> destination) => distance.ToAll(other, otherRow, real, destination);

        public override void RealToReal(int realRow, Span<double> destination) => distance.ToAll(real, realRow, real, destination);

        public override void OtherToOther(int otherRow, Span<double> destination) => distance.ToAll(other, otherRow, other, destination);
    }
}
