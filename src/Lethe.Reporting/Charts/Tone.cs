namespace Lethe.Reporting.Charts;

/// <summary>
/// Who a mark belongs to. Each tone has a colour of the Okabe–Ito palette and a line and point style of its own, so that
/// no chart is read by colour alone.
/// </summary>
public enum Tone
{
    /// <summary>Real training data, or a model trained on them: blue, solid, discs.</summary>
    Real,

    /// <summary>Synthetic data, or a model trained on them: vermilion, long dashes, crosses.</summary>
    Synthetic,

    /// <summary>Real holdout: green, dots, squares.</summary>
    Holdout,

    /// <summary>A fourth series: purple, dash and dot.</summary>
    Fourth,

    /// <summary>A fifth series: ink colour, short dashes.</summary>
    Fifth,
}

/// <summary>Style classes of tones; the colours live in the style sheet.</summary>
internal static class Tones
{
    public static string Line(Tone tone) => "line " + Name(tone);

    public static string Area(Tone tone) => "area " + Name(tone);

    public static string Mark(Tone tone) => "mark " + Name(tone);

    public static string Name(Tone tone) => tone switch
    {
        Tone.Real => "real",
        Tone.Synthetic => "synthetic",
        Tone.Holdout => "holdout",
        Tone.Fourth => "fourth",
        _ => "fifth",
    };

    /// <summary>Tones in the order in which unnamed series take them.</summary>
    public static Tone At(int index) => (Tone)(index % 5);
}
