namespace Lethe.Data.Schemas;

/// <summary>Closed range of a numeric or date column, in the column's unit (dates: days since 1970-01-01).</summary>
/// <param name="Lower">Smallest allowed value.</param>
/// <param name="Upper">Largest allowed value, not below <paramref name="Lower"/>.</param>
/// <param name="Origin">Whether the range is public knowledge or was read off the data.</param>
public sealed record Bounds(double Lower, double Upper, Origin Origin = Origin.Learnt)
{
    /// <summary>True when <paramref name="value"/> lies inside, ends included.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    /// <summary><see cref="Upper"/> − <see cref="Lower"/>.</summary>
    public double Width => Upper - Lower;
}
