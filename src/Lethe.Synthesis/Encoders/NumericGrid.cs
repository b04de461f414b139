using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Synthesis.Conditions;

namespace Lethe.Synthesis.Encoders;

/// <summary>
/// The values that a numeric or date column can deliver: multiples of a step between two ends. The step is the recorded
/// one (decimals, whole numbers, multiples of 5, days, minutes, seconds), the ends are the observed extremes inside the
/// schema's bounds. <see cref="Restore(double)"/> turns any model output into such a value. Immutable.
/// </summary>
public sealed class NumericGrid
{
    // Without a grid a single value has no probability: a neighbourhood of this share of the range either side stands for it.
    private const double PointShare = 0.005;

    // Points are k·numerator/denominator: for decimals that quotient is the double that the decimal text parses to.
    private readonly double _numerator;
    private readonly double _denominator;

    private NumericGrid(double lower, double upper, double numerator, double denominator)
    {
        (_numerator, _denominator) = (numerator, denominator);
        (Lower, Upper) = (lower, upper);
        if (numerator > 0)
        {
            double first = Ceiling(lower), last = Floor(upper);
            if (first <= last)
                (Lower, Upper) = (first, last);
            else
                _numerator = 0; // No point of the grid was recorded: the values are kept as they are.
        }
    }

    /// <summary>Smallest value delivered; NaN when nothing was observed.</summary>
    public double Lower { get; }

    /// <summary>Largest value delivered; NaN when nothing was observed.</summary>
    public double Upper { get; }

    /// <summary>Distance between neighbouring values; 0 when every value between the ends is possible.</summary>
    public double Step => _numerator / _denominator;

    /// <summary><see cref="Upper"/> − <see cref="Lower"/>; 0 for a constant column.</summary>
    public double Width => Upper - Lower;

    /// <summary>True when the column held no value at all: only missing cells can be delivered.</summary>
    public bool IsEmpty => double.IsNaN(Lower);

    /// <summary>Learns step and ends from a training column and its schema.</summary>
    public static NumericGrid Fit(NumericColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        double lower = double.PositiveInfinity, upper = double.NegativeInfinity;
        foreach (double v in column.Values)
        {
            if (double.IsNaN(v))
                continue;
            lower = Math.Min(lower, v);
            upper = Math.Max(upper, v);
        }

        if (lower > upper)
            return new NumericGrid(double.NaN, double.NaN, 0, 1);
        if (column.Schema.Bounds is { } bounds && bounds.Lower <= upper && bounds.Upper >= lower)
            (lower, upper) = (Math.Max(lower, bounds.Lower), Math.Min(upper, bounds.Upper));
        (double numerator, double denominator) = column.Schema.Kind == ColumnKind.DateTime ? DateStep(column.Values) : RecordedStep(column.Schema);
        return new NumericGrid(lower, upper, numerator, denominator);
    }

    /// <summary>The delivered value nearest to <paramref name="x"/>: inside the ends and on the grid.</summary>
    public double Restore(double x)
    {
        x = Math.Clamp(x, Lower, Upper);
        return _numerator > 0 ? Math.Clamp(Point(Math.Round(x * _denominator / _numerator)), Lower, Upper) : x;
    }

    /// <summary>
    /// The range of model outputs that <see cref="Restore(double)"/> turns into values accepted by a condition: half a step wider
    /// than the accepted values on either side, and open where an accepted value is an end.
    /// </summary>
    /// <returns>False when no deliverable value is accepted.</returns>
    public bool TryPreimage(Condition condition, out double lower, out double upper)
    {
        ArgumentNullException.ThrowIfNull(condition);
        lower = upper = double.NaN;
        if (IsEmpty)
            return false;
        double low = Math.Max(condition.Lower, Lower), high = Math.Min(condition.Upper, Upper);
        if (!(low <= high))
            return false;
        double first = low, last = high;
        if (_numerator > 0)
            (first, last) = (Ceiling(low), Floor(high));
        else if (low == high)
            (first, last) = (low - (PointShare * Width), high + (PointShare * Width));
        if (first > last)
            return false;
        lower = first <= Lower ? double.NegativeInfinity : first - (Step / 2);
        upper = last >= Upper ? double.PositiveInfinity : last + (Step / 2);
        return true;
    }

    /// <summary>
    /// As <see cref="Restore(double)"/>, and moved by at most one step so that it meets the condition even where a model output lies
    /// on the very edge of <see cref="TryPreimage"/>.
    /// </summary>
    public double Restore(double x, Condition? condition)
    {
        double value = Restore(x);
        if (condition is null || condition.Accepts(value))
            return value;
        double low = Math.Max(condition.Lower, Lower), high = Math.Min(condition.Upper, Upper);
        return _numerator > 0 ? Math.Clamp(value, Ceiling(low), Floor(high)) : Math.Clamp(value, low, high);
    }

    /// <summary>Four numbers that <see cref="FromNumbers"/> turns back into the grid.</summary>
    public double[] ToNumbers() => [Lower, Upper, _numerator, _denominator];

    /// <summary>The grid of four numbers.</summary>
    /// <exception cref="InvalidDataException">They are not those of a grid.</exception>
    public static NumericGrid FromNumbers(ReadOnlySpan<double> numbers)
    {
        bool valid = numbers.Length == 4 && double.IsFinite(numbers[2]) && double.IsFinite(numbers[3]) && numbers[2] >= 0 && numbers[3] > 0
            && ((double.IsNaN(numbers[0]) && double.IsNaN(numbers[1])) || (double.IsFinite(numbers[0]) && double.IsFinite(numbers[1]) && numbers[0] <= numbers[1]));
        return valid
            ? new NumericGrid(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new InvalidDataException("The model's value grid is damaged: expected ends in order and a step.");
    }

    private double Point(double k) => k * _numerator / _denominator;

    /// <summary>Smallest grid point not below <paramref name="x"/>, compared exactly.</summary>
    private double Ceiling(double x)
    {
        double k = Math.Ceiling(x * _denominator / _numerator);
        while (Point(k - 1) >= x && k - 1 != k)
            k--;
        while (Point(k) < x && k + 1 != k)
            k++;
        return Point(k);
    }

    /// <summary>Largest grid point not above <paramref name="x"/>; the grid is symmetric about 0.</summary>
    private double Floor(double x) => -Ceiling(-x);

    private static (double Numerator, double Denominator) RecordedStep(ColumnSchema schema)
    {
        double denominator = Math.Pow(10, schema.Kind == ColumnKind.Integer ? 0 : schema.Decimals);
        double numerator = schema.Step is { } step ? Math.Round(step * denominator) : 1;
        return (Math.Max(1, numerator), denominator);
    }

    /// <summary>Whole days, hours, minutes or seconds: the coarsest that every observed time is a multiple of.</summary>
    private static (double Numerator, double Denominator) DateStep(ReadOnlySpan<double> days)
    {
        const double Slack = 1e-3 / 86400; // a millisecond: days since 1970 as double resolve about a microsecond
        ReadOnlySpan<double> perDay = [1, 24, 1440, 86400];
        foreach (double parts in perDay)
        {
            bool fits = true;
            foreach (double day in days)
                fits &= double.IsNaN(day) || Math.Abs(day - (Math.Round(day * parts) / parts)) <= Slack;
            if (fits)
                return (1, parts);
        }

        return (1, 86400);
    }
}
