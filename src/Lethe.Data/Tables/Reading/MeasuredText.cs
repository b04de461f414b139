using System.Collections.Frozen;
using System.Text;

namespace Lethe.Data.Tables.Reading;

/// <summary>Which side of a bound a cell such as <c>&gt;89</c> or <c>&lt;0.01</c> lies on.</summary>
internal enum Relation
{
    None,
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// <summary>Numbers that come with more than a number: <c>&lt;0.01</c>, <c>&gt;89</c>, <c>38.1 °C</c>, <c>120 mmHg</c>.</summary>
internal static class MeasuredText
{
    // Spellings seen in exports, and the UCUM code of each. Compound units are looked up part by part.
    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["%"] = "%", ["‰"] = "[ppth]", ["°C"] = "Cel", ["ºC"] = "Cel", ["degC"] = "Cel", ["°F"] = "[degF]", ["ºF"] = "[degF]", ["degF"] = "[degF]", ["°"] = "deg",
        ["mmHg"] = "mm[Hg]", ["mm Hg"] = "mm[Hg]", ["mm[Hg]"] = "mm[Hg]", ["cmH2O"] = "cm[H2O]", ["kPa"] = "kPa", ["bpm"] = "/min", ["beats"] = "{beats}", ["breaths"] = "{breaths}",
        ["kg"] = "kg", ["g"] = "g", ["gm"] = "g", ["mg"] = "mg", ["ug"] = "ug", ["mcg"] = "ug", ["µg"] = "ug", ["μg"] = "ug", ["ng"] = "ng", ["pg"] = "pg", ["lb"] = "[lb_av]", ["lbs"] = "[lb_av]", ["oz"] = "[oz_av]",
        ["l"] = "L", ["L"] = "L", ["dl"] = "dL", ["dL"] = "dL", ["ml"] = "mL", ["mL"] = "mL", ["ul"] = "uL", ["uL"] = "uL", ["µl"] = "uL", ["µL"] = "uL", ["μl"] = "uL", ["μL"] = "uL", ["nl"] = "nL", ["nL"] = "nL", ["fl"] = "fL", ["fL"] = "fL",
        ["m"] = "m", ["cm"] = "cm", ["mm"] = "mm", ["in"] = "[in_i]", ["ft"] = "[ft_i]", ["m2"] = "m2", ["m²"] = "m2", ["1.73m2"] = "{1.73_m2}",
        ["mol"] = "mol", ["mmol"] = "mmol", ["umol"] = "umol", ["µmol"] = "umol", ["μmol"] = "umol", ["nmol"] = "nmol", ["pmol"] = "pmol", ["mEq"] = "meq", ["meq"] = "meq", ["mOsm"] = "mosm",
        ["U"] = "U", ["IU"] = "[IU]", ["mIU"] = "m[IU]", ["uIU"] = "u[IU]", ["µIU"] = "u[IU]", ["K"] = "10*3", ["cells"] = "{cells}",
        ["s"] = "s", ["sec"] = "s", ["ms"] = "ms", ["min"] = "min", ["h"] = "h", ["hr"] = "h", ["hrs"] = "h", ["hour"] = "h", ["hours"] = "h", ["d"] = "d", ["day"] = "d", ["days"] = "d", ["wk"] = "wk", ["week"] = "wk", ["weeks"] = "wk",
        ["mo"] = "mo", ["month"] = "mo", ["months"] = "mo", ["y"] = "a", ["yr"] = "a", ["yrs"] = "a", ["year"] = "a", ["years"] = "a", ["kcal"] = "kcal", ["mV"] = "mV", ["Hz"] = "Hz", ["x"] = "{fold}",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Splits <c>&lt;</c>, <c>&lt;=</c>, <c>≤</c>, <c>&gt;</c>, <c>&gt;=</c> or <c>≥</c> off the front; <see cref="Relation.None"/> when there is none.</summary>
    public static Relation SplitRelation(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return Relation.None;
        (Relation relation, int length) = text[0] switch
        {
            (byte)'<' => text.Length > 1 && text[1] == (byte)'=' ? (Relation.AtMost, 2) : (Relation.Below, 1),
            (byte)'>' => text.Length > 1 && text[1] == (byte)'=' ? (Relation.AtLeast, 2) : (Relation.Above, 1),
            0xE2 when text.StartsWith("≤"u8) => (Relation.AtMost, 3),
            0xE2 when text.StartsWith("≥"u8) => (Relation.AtLeast, 3),
            _ => (Relation.None, 0),
        };
        text = NumberFormat.Trim(text[length..]);
        return relation;
    }

    /// <summary>
    /// The number that stands for a cell known only to lie beyond <paramref name="bound"/>: the nearest one on that side
    /// that the column's recorded decimals can express. <c>&gt;89</c> years becomes 90, <c>&lt;0.01</c> becomes 0.00.
    /// </summary>
    public static double Resolve(Relation relation, double bound, int decimals) => relation switch
    {
        Relation.Below => Math.Round(bound - Math.Pow(10, -decimals), decimals),
        Relation.Above => Math.Round(bound + Math.Pow(10, -decimals), decimals),
        _ => bound,
    };

    /// <summary>Splits a known unit off the end: <c>38.1 °C</c> → <c>38.1</c> and UCUM <c>Cel</c>. False when what follows the number is no unit.</summary>
    public static bool TrySplitUnit(ref ReadOnlySpan<byte> text, out string ucum)
    {
        ucum = "";
        int end = 0;
        while (end < text.Length && text[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)',' or (byte)'-' or (byte)'+' or (byte)'\'' or (byte)' ')
            end++;
        if (end == 0 || end == text.Length || text.Length - end > 24)
            return false;
        string? found = Ucum(Encoding.UTF8.GetString(text[end..]));
        if (found is null)
            return false;
        text = NumberFormat.Trim(text[..end]);
        ucum = found;
        return !text.IsEmpty;
    }

    /// <summary>UCUM code of a unit as people write it, or null when it is none that is known.</summary>
    public static string? Ucum(string unit)
    {
        unit = unit.Trim();
        if (Units.TryGetValue(unit, out string? whole))
            return whole;
        string[] parts = unit.Split('/');
        if (parts.Length < 2)
            return null;
        for (int i = 0; i < parts.Length; i++)
        {
            string? part = Units.TryGetValue(parts[i].Trim(), out string? known) ? known : i == 0 && parts[0].Length == 0 ? "" : null;
            if (part is null)
                return null;
            parts[i] = part;
        }

        return string.Join('/', parts);
    }
}
