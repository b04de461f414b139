namespace Lethe.Reporting.Charts;

/// <summary>One entry of a legend.</summary>
/// <param name="Name">Its text.</param>
/// <param name="Style">Classes of the swatch, e.g. those of the line it stands for.</param>
/// <param name="Shape">What the swatch is.</param>
/// <param name="Tone">Tone whose point is drawn, for marks.</param>
public sealed record LegendEntry(string Name, string Style, LegendShape Shape, Tone Tone = Tone.Real)
{
    /// <summary>A line of a tone, without its dashes when it is the only one.</summary>
    public static LegendEntry Line(string name, Tone tone, bool solid = false) => new(name, Tones.Line(tone) + (solid ? " solid" : ""), LegendShape.Line, tone);

    /// <summary>A box of a tone.</summary>
    public static LegendEntry Area(string name, Tone tone) => new(name, Tones.Area(tone), LegendShape.Area, tone);

    /// <summary>A point of a tone.</summary>
    public static LegendEntry Mark(string name, Tone tone) => new(name, Tones.Mark(tone), LegendShape.Mark, tone);
}

/// <summary>What a legend's swatch is.</summary>
public enum LegendShape
{
    /// <summary>A piece of line.</summary>
    Line,

    /// <summary>A point.</summary>
    Mark,

    /// <summary>A filled box.</summary>
    Area,
}
