using System.Globalization;

namespace Lethe.Data.Schemas.Documents;

/// <summary>How values of schema files are written.</summary>
internal static class SchemaValues
{
    /// <summary>A bound: shortest text that reads back as the same number; a whole day of a date column as yyyy-MM-dd.</summary>
    public static string Bound(double value, ColumnKind kind)
    {
        bool day = kind == ColumnKind.DateTime && value == Math.Floor(value) && Math.Abs(value) < 700_000;
        return day
            ? DateTime.UnixEpoch.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
