using Lethe.Data.Distances;
using Lethe.Data.Tables;
using Lethe.Numerics.Threading;

namespace Lethe.Audit.Diagnostics;

/// <summary>
/// Gower distances of every synthetic row to the real parts, on one ruler for the whole audit: ranges come from the
/// reference patients, else from training and holdout patients together.
/// </summary>
internal sealed class RealNeighbours
{
    private readonly MixedDistance _distance;
    private readonly MixedPoints _train, _holdout, _synthetic;

    public RealNeighbours(AuditData data, CancellationToken cancellation)
    {
        Table ruler = data.ReferencePoints ?? data.TrainPoints.Append(data.HoldoutPoints!);
        _distance = new MixedDistance(ruler);
        _train = _distance.Encode(data.TrainPoints);
        _holdout = _distance.Encode(data.HoldoutPoints!);
        _synthetic = _distance.Encode(data.Synthetic);
        MixedPoints spacing = data.ReferencePoints is null ? _holdout : _distance.Encode(data.ReferencePoints);

        SyntheticToTrain = _distance.Nearest(_synthetic, _train, 2, cancellation: cancellation);
        SyntheticToHoldout = _distance.Nearest(_synthetic, _holdout, 2, cancellation: cancellation);
        HoldoutToTrain = _distance.Nearest(_holdout, _train, 1, cancellation: cancellation).Distances();
        TrainToSynthetic = _distance.Nearest(_train, _synthetic, 1, cancellation: cancellation).Distances();
        HoldoutToSynthetic = _distance.Nearest(_holdout, _synthetic, 1, cancellation: cancellation).Distances();
        RealSpacing = spacing.Count > 1 ? _distance.Nearest(spacing, spacing, 1, excludeSelf: true, cancellation).Distances() : [];
    }

    /// <summary>The two nearest training rows of each synthetic row.</summary>
    public Neighbours SyntheticToTrain { get; }

    /// <summary>The two nearest holdout rows of each synthetic row.</summary>
    public Neighbours SyntheticToHoldout { get; }

    /// <summary>Distance of each holdout row to the nearest training row: how close unrelated patients come.</summary>
    public double[] HoldoutToTrain { get; }

    /// <summary>Distance of each training row to the nearest synthetic row.</summary>
    public double[] TrainToSynthetic { get; }

    /// <summary>Distance of each holdout row to the nearest synthetic row.</summary>
    public double[] HoldoutToSynthetic { get; }

    /// <summary>Distance of each reference row (without any: holdout row) to the nearest other one.</summary>
    public double[] RealSpacing { get; }

    public int TrainRows => _train.Count;

    public int HoldoutRows => _holdout.Count;

    public int SyntheticRows => _synthetic.Count;

    /// <summary>
    /// Share of synthetic rows closer to the training than to the holdout part, ties ½, both parts at the smaller one's size:
    /// the exact mean over all subsets of the larger part, of which published tests draw a few at random.
    /// </summary>
    public double ShareCloserToTrain()
    {
        // Whichever part is larger is the one that subsets are taken of.
        bool trainIsLarger = TrainRows >= HoldoutRows;
        MixedPoints larger = trainIsLarger ? _train : _holdout;
        Neighbours smaller = trainIsLarger ? SyntheticToHoldout : SyntheticToTrain;
        int size = Math.Min(TrainRows, HoldoutRows);
        double[] closer = new double[SyntheticRows];
        ParallelOptions threads = new() { MaxDegreeOfParallelism = ComputeThreads.Available };
        Parallel.For(0, SyntheticRows, threads, () => new double[larger.Count], (row, _, distances) =>
        {
            _distance.ToAll(_synthetic, row, larger, distances);
            double limit = smaller.Distance(row);
            int below = 0, atMost = 0;
            foreach (double d in distances)
            {
                below += d < limit ? 1 : 0;
                atMost += d <= limit ? 1 : 0;
            }

            closer[row] = 1 - ((NoneOf(below, larger.Count, size) + NoneOf(atMost, larger.Count, size)) / 2);
            return distances;
        }, _ => { });
        double share = closer.Average();
        return trainIsLarger ? share : 1 - share;
    }

    /// <summary>Chance that a random subset of <paramref name="size"/> of <paramref name="total"/> rows holds none of <paramref name="marked"/> marked ones: C(total − marked, size)/C(total, size).</summary>
    private static double NoneOf(int marked, int total, int size)
    {
        if (marked > total - size)
            return 0;
        double chance = 1;
        for (int i = 0; i < marked; i++)
            chance *= (double)(total - size - i) / (total - i);
        return chance;
    }
}
