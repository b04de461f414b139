using System.Globalization;
using Lethe.Data.Problems;

namespace Lethe.Data.Schemas.Inference;

/// <summary>
/// Gives columns their roles: identifiers by name, by what cells look like and by uniqueness; the patient key; what others
/// may know about a person; the target. Each decision is noted with its reason.
/// </summary>
internal static class RoleInference
{
    private const int FewestRows = 20;

    /// <summary>Replaces <paramref name="columns"/> by the same with roles (identifiers and keys also become text).</summary>
    public static void Assign(ColumnSchema[] columns, ColumnProfile[] profiles, List<DataProblem> notes)
    {
        NameHints[] hints = [.. columns.Select(c => new NameHints(c.Name))];
        int key = PatientKey(columns, profiles, hints);
        for (int i = 0; i < columns.Length; i++)
        {
            ColumnSchema c = columns[i];
            ColumnProfile p = profiles[i];
            if (p.Filled == 0)
                continue;
            if (i == key)
            {
                columns[i] = AsText(c, ColumnRole.PatientKey);
                notes.Add(Note(ProblemCodes.PatientKey, c.Name, $"the name says patient identifier and {Count(p.Distinct)} different ones stand in {Count(p.Filled)} rows: rows of one patient are kept together by it", "Set another role if it is none"));
            }
            else if (IdentifierReason(c, p, hints[i]) is string why)
            {
                columns[i] = AsText(c, ColumnRole.Identifier);
                notes.Add(Note(ProblemCodes.Identifier, c.Name, $"taken for an identifier, which is neither modelled nor released: {why}", "Set the role to feature if it is none"));
            }
            else
            {
                columns[i] = c with { Role = Softer(c, hints[i], notes) };
                Unique(c, p, notes);
            }
        }

        Target(columns, hints, notes);
    }

    private static int PatientKey(ColumnSchema[] columns, ColumnProfile[] profiles, NameHints[] hints)
    {
        int best = -1;
        for (int i = 0; i < columns.Length; i++)
        {
            bool bare = hints[i].IsBareKey && IsRepeated(profiles[i]);
            if (!CanBeKey(columns[i], profiles[i]) || !(hints[i].IsPatientKey || bare))
                continue;
            if (best < 0 || (hints[i].IsPatientKey && !hints[best].IsPatientKey))
                best = i;
        }

        return best;
    }

    private static bool CanBeKey(ColumnSchema c, ColumnProfile p) =>
        c.Kind is ColumnKind.Integer or ColumnKind.Text or ColumnKind.Categorical && (p.Distinct is not long d || d > 10);

    private static bool IsRepeated(ColumnProfile p) => p.Distinct is long d && d < p.Filled;

    private static string? IdentifierReason(ColumnSchema c, ColumnProfile p, NameHints hints)
    {
        if (p.Shapes.Verdict is string shape)
            return $"its cells look like {shape}";
        if (hints.IsDirect && c.Kind is ColumnKind.Text or ColumnKind.Categorical or ColumnKind.Integer)
            return hints.IsDirect ? "the name is that of a direct identifier" : null;
        bool key = hints.IsKey || hints.IsPatientKey;
        if (key && CanBeKey(c, p) && (p.Distinct is not long d || 2 * d > p.Filled))
            return $"the name is that of an identifier and {Count(p.Distinct)} different ones stand in {Count(p.Filled)} rows";
        bool counts = p.Consecutive && p.Filled == p.Rows && p.Rows >= FewestRows && p.Min is 0 or 1;
        return counts && c.Kind == ColumnKind.Integer && (hints.IsBareKey || IsUnnamed(c.Name)) ? "it counts the rows" : null;
    }

    private static bool IsUnnamed(string name) => name.StartsWith("Unnamed", StringComparison.Ordinal) || name is "c1" or "X" or "row" or "rownames" or "row_number";

    private static ColumnRole Softer(ColumnSchema c, NameHints hints, List<DataProblem> notes)
    {
        if (hints.IsQuasi)
        {
            notes.Add(Note(ProblemCodes.QuasiIdentifier, c.Name, "the name is that of something others may know about a person, so attacks use it as known", "Set the role to feature if it is not"));
            return ColumnRole.QuasiIdentifier;
        }

        return hints.IsSensitive ? ColumnRole.Sensitive : ColumnRole.Feature;
    }

    private static void Unique(ColumnSchema c, ColumnProfile p, List<DataProblem> notes)
    {
        if (p.Filled < FewestRows || p.Distinct != p.Filled || (c.Kind is not (ColumnKind.Text or ColumnKind.Integer)))
            return;
        notes.Add(Note(ProblemCodes.UniquePerRow, c.Name, "no two rows have the same value, as identifiers have", "Give the column the role identifier if it is one") with { Severity = Severity.Warning });
    }

    private static void Target(ColumnSchema[] columns, NameHints[] hints, List<DataProblem> notes)
    {
        int[] candidates = [.. Enumerable.Range(0, columns.Length).Where(i => hints[i].IsTarget && columns[i].IsDiscrete && columns[i].Role == ColumnRole.Feature && columns[i].Categories.Count is >= 2 and <= 20)];
        if (candidates.Length != 1)
            return;
        ColumnSchema c = columns[candidates[0]];
        columns[candidates[0]] = c with { Role = ColumnRole.Target };
        notes.Add(Note(ProblemCodes.TargetGuessed, c.Name, "the name is that of an outcome, so the column was taken for the target", "Name another target, or set the role to feature"));
    }

    private static ColumnSchema AsText(ColumnSchema c, ColumnRole role) => new()
    {
        Name = c.Name,
        Kind = ColumnKind.Text,
        Role = role,
        MissingTokens = c.MissingTokens,
    };

    private static DataProblem Note(string code, string column, string message, string remedy) => new()
    {
        Code = code,
        Severity = Severity.Note,
        Column = column,
        Message = message,
        Remedy = remedy,
    };

    private static string Count(long? n) => n is long known ? known.ToString("N0", CultureInfo.InvariantCulture) : "very many";
}
