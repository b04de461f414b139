namespace Lethe.Reporting.Charts;

/// <summary>Round positions for axis marks: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class NiceTicks
{
    /// <summary>The round step nearest to <paramref name="raw"/> from above.</summary>
    public static double StepAbove(double raw)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double lead = raw / power;
        // 1e-9 keeps 0.2/0.1 = 2.0000000000000004 at two.
        return power * (lead <= 1 + 1e-9 ? 1 : lead <= 2 + 1e-9 ? 2 : lead <= 5 + 1e-9 ? 5 : 10);
    }

    /// <summary>The largest round step that is not above <paramref name="raw"/>.</summary>
    public static double StepBelow(double raw)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double lead = raw / power;
        return power * (lead >= 5 - 1e-9 ? 5 : lead >= 2 - 1e-9 ? 2 : 1);
    }

    /// <summary>Round marks inside [<paramref name="min"/>, <paramref name="max"/>], about <paramref name="count"/> of them.</summary>
    public static IReadOnlyList<double> Inside(double min, double max, int count)
    {
        double span = max - min;
        if (!(span > 0) || !double.IsFinite(span))
            return [min];
        double step = StepAbove(span / Math.Max(1, count));
        // Half of a billionth of the span forgives the last bit of min/step.
        long first = (long)Math.Ceiling((min - (span * 1e-9)) / step);
        long last = (long)Math.Floor((max + (span * 1e-9)) / step);
        var ticks = new List<double>();
        for (long k = first; k <= last; k++)
            ticks.Add(Math.Round(k * step, Math.Clamp(2 - (int)Math.Floor(Math.Log10(step)), 0, 15)));
        return ticks;
    }

    /// <summary>The interval widened to round ends.</summary>
    public static (double Min, double Max) Widen(double min, double max, int count)
    {
        if (!(max > min))
            (min, max) = min == 0 ? (0, 1) : (min - (Math.Abs(min) * 0.5), min + (Math.Abs(min) * 0.5));
        double step = StepAbove((max - min) / Math.Max(1, count));
        return (Math.Floor((min / step) + 1e-9) * step, Math.Ceiling((max / step) - 1e-9) * step);
    }
}
