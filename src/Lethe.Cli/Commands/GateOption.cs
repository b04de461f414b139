using System.Globalization;
using Lethe.Studies.Configuration;

namespace Lethe.Cli.Commands;

/// <summary><c>--gate</c>: a figure of the results, <c>&lt;=</c> or <c>&gt;=</c>, a number.</summary>
internal static class GateOption
{
    public static Gate Parse(string text)
    {
        foreach (string sign in (ReadOnlySpan<string>)["<=", ">="])
        {
            int at = text.IndexOf(sign, StringComparison.Ordinal);
            if (at > 0 && double.TryParse(text[(at + 2)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double limit))
                return sign == "<=" ? new Gate(text[..at].Trim(), null, limit) : new Gate(text[..at].Trim(), limit, null);
        }

        throw new UsageException($"--gate: found '{text}', expected FIGURE<=NUMBER or FIGURE>=NUMBER.");
    }

    public static Override AsOverride(string text)
    {
        Gate gate = Parse(text);
        return gate.Maximum is { } max
            ? new Override($"gates.{gate.Measure}.max", max.ToString("R", CultureInfo.InvariantCulture))
            : new Override($"gates.{gate.Measure}.min", gate.Minimum!.Value.ToString("R", CultureInfo.InvariantCulture));
    }
}
