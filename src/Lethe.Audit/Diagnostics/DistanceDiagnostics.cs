using Lethe.Data.Distances;
using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Audit.Diagnostics;

/// <summary>
/// Distances to the closest record and kin. They help to find copies and support no privacy claim: releases that pass such
/// tests have been attacked with success (Yao and others 2025, arXiv 2505.01524).
/// </summary>
internal static class DistanceDiagnostics
{
    private const int CurvePoints = 101;

    public static IReadOnlyList<Measure> Measures(RealNeighbours near)
    {
        double share = near.ShareCloserToTrain();
        int equal = Math.Min(near.TrainRows, near.HoldoutRows);
        double[] toTrain = near.SyntheticToTrain.Distances(), toHoldout = near.SyntheticToHoldout.Distances();
        return
        [
            new Measure
            {
                Id = "distance.closer-to-train",
                Name = "Synthetic rows closer to training than to holdout patients",
                Value = share,
                Interval = ProportionInterval.Wilson((int)Math.Round(share * near.SyntheticRows), near.SyntheticRows),
                Direction = Direction.Ideal,
                Ideal = 0.5,
                Minimum = 0,
                Maximum = 1,
                N = near.SyntheticRows,
                Note = $"Diagnosis only. Both real parts at {equal} rows, mean over all subsets of the larger one; ties count one half.",
            },
            Closest("distance.dcr-median", "Distance to the closest real record, median", Quantile.Median(toTrain), Quantile.Median(toHoldout), near),
            Closest("distance.dcr-5", "Distance to the closest real record, 5 % quantile", Quantile.Of(toTrain, 0.05), Quantile.Of(toHoldout, 0.05), near),
            Ratio(near),
        ];
    }

    public static IReadOnlyList<Series> Curves(RealNeighbours near) =>
    [
        Curve("synthetic to training patients", near.SyntheticToTrain.Distances()),
        Curve("synthetic to holdout patients", near.SyntheticToHoldout.Distances()),
        Curve("holdout to training patients", near.HoldoutToTrain),
    ];

    private static Measure Closest(string id, string name, double value, double reference, RealNeighbours near) => new()
    {
        Id = id,
        Name = name,
        Value = value,
        Reference = reference,
        ReferenceName = "to holdout patients",
        Minimum = 0,
        Maximum = 1,
        N = near.SyntheticRows,
        Note = near.TrainRows == near.HoldoutRows
            ? "Diagnosis only. Gower distance."
            : $"Diagnosis only. Gower distance; {near.TrainRows} training rows come closer than {near.HoldoutRows} holdout rows by their number alone.",
    };

    private static Measure Ratio(RealNeighbours near) => new()
    {
        Id = "distance.nndr-median",
        Name = "Nearest-neighbour distance ratio, median",
        Value = Quantile.Median(Ratios(near.SyntheticToTrain)),
        Reference = Quantile.Median(Ratios(near.SyntheticToHoldout)),
        ReferenceName = "to holdout patients",
        Minimum = 0,
        Maximum = 1,
        N = near.SyntheticRows,
        Note = "Diagnosis only. Distance to the nearest over the second nearest real record; values near 0 single out one patient.",
    };

    /// <summary>First over second nearest distance, both with 1e-8 added: 0/0 is 1, an exact copy of one record nearly 0.</summary>
    private static double[] Ratios(Neighbours neighbours)
    {
        double[] ratios = new double[neighbours.Queries];
        for (int i = 0; i < ratios.Length; i++)
            ratios[i] = neighbours.K < 2 ? 1 : (neighbours.Distance(i) + 1e-8) / (neighbours.Distance(i, 1) + 1e-8);
        return ratios;
    }

    /// <summary>The distribution function at evenly spaced shares: 101 numbers, whatever the number of patients.</summary>
    private static Series Curve(string name, double[] distances)
    {
        double[] sorted = [.. distances.Order()], x = new double[CurvePoints], y = new double[CurvePoints];
        for (int i = 0; i < CurvePoints; i++)
        {
            y[i] = (double)i / (CurvePoints - 1);
            x[i] = Quantile.OfSorted(sorted, y[i]);
        }

        return new Series(name, x, y);
    }
}
