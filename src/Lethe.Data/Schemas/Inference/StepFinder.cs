namespace Lethe.Data.Schemas.Inference;

/// <summary>
/// The largest number that all values are whole multiples of (the greatest common divisor, at the scale of the decimals
/// seen): blood pressure is often recorded in steps of 2 or 5.
/// </summary>
internal sealed class StepFinder
{
    private const int MaxDecimals = 9;
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
    private long _divisor;
    private int _scale;
    private bool _lost;

    /// <summary>Takes in a value that has <paramref name="decimals"/> decimals.</summary>
    public void Add(double value, int decimals)
    {
        if (_lost || value == 0)
            return;
        if (_divisor == 1 && decimals <= _scale)
            return;
        while (_scale < decimals && _scale < MaxDecimals && _divisor <= long.MaxValue / 10)
        {
            _divisor *= 10;
            _scale++;
        }

        double scaled = Math.Round(Math.Abs(value) * Powers[_scale]);
        if (decimals > _scale || scaled > 9e15)
        {
            _lost = true;
            return;
        }

        _divisor = Gcd(_divisor, (long)scaled);
    }

    /// <summary>The step when it is above one unit of the last decimal and there is one; else null.</summary>
    public double? Find(int decimals)
    {
        if (_lost || _divisor == 0 || decimals > _scale)
            return null;
        double step = _divisor / Powers[_scale];
        return step > 1.5 * Math.Pow(10, -decimals) ? Math.Round(step, decimals) : null;
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
