using Lethe.Results;

namespace Lethe.Reporting.Text;

/// <summary>Roles of columns as people write them.</summary>
internal static class ColumnWords
{
    /// <summary>"quasi-identifier" and "patient key", however the document spells them.</summary>
    public static string Role(string role) => Plain(role) switch
    {
        "quasiidentifier" => "quasi-identifier",
        "patientkey" => "patient key",
        _ => role,
    };

    /// <summary>Columns that name a person and take no part in modelling.</summary>
    public static bool IsIdentifier(ColumnSummary column) => Plain(column.Role) is "identifier" or "patientkey";

    /// <summary>Columns that may single a person out together with others.</summary>
    public static bool IsQuasiIdentifier(ColumnSummary column) => Plain(column.Role) == "quasiidentifier";

    private static string Plain(string role) => new([.. role.Where(char.IsLetter).Select(char.ToLowerInvariant)]);
}
