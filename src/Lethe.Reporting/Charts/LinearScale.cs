namespace Lethe.Reporting.Charts;

/// <summary>A straight map from data to drawing units.</summary>
/// <param name="Min">Data value at <paramref name="Start"/>.</param>
/// <param name="Max">Data value at <paramref name="End"/>.</param>
/// <param name="Start">Drawing position of the minimum.</param>
/// <param name="End">Drawing position of the maximum; below <paramref name="Start"/> for an upward axis.</param>
public readonly record struct LinearScale(double Min, double Max, double Start, double End)
{
    /// <summary>Drawing position of a value; values outside the domain are drawn at its ends.</summary>
    public double this[double value] => Max > Min
        ? Start + ((End - Start) * Math.Clamp((value - Min) / (Max - Min), 0, 1))
        : (Start + End) / 2;

    /// <summary>Round marks inside the domain.</summary>
    public IReadOnlyList<double> Ticks(int count) => NiceTicks.Inside(Min, Max, count);
}
