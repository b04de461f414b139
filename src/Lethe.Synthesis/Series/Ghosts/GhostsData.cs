namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>Stays as the critic sees them.</summary>
/// <param name="Layout">Where numbers stand.</param>
/// <param name="Count">Number of stays N.</param>
/// <param name="Rows">N × <see cref="GhostsLayout.RowWidth"/>, row-major.</param>
/// <param name="Lengths">Steps of each stay, 1 … T.</param>
internal sealed record GhostsData(GhostsLayout Layout, int Count, float[] Rows, int[] Lengths)
{
    /// <summary>One step of a stay.</summary>
    public Span<float> Step(int stay, int step) => Rows.AsSpan((stay * Layout.RowWidth) + (step * Layout.StepWidth), Layout.StepWidth);

    /// <summary>The attributes of a stay.</summary>
    public Span<float> Attributes(int stay) => Rows.AsSpan((stay * Layout.RowWidth) + (Layout.Steps * Layout.StepWidth), Layout.Attributes);

    /// <summary>Whether a channel (in the order of the layout) was observed at a step.</summary>
    public bool Observed(int stay, int step, int channel) => step < Lengths[stay] && (!Layout.HasMask || Step(stay, step)[Layout.FirstMask + channel] > 0.5f);

    /// <summary>A numeric channel's scaled reading: centre + half-range·(2u − 1), within [0, 1].</summary>
    public float Reading(int stay, int step, int number)
    {
        Span<float> attributes = Attributes(stay);
        float centre = attributes[Layout.Statics + number], half = attributes[Layout.Statics + Layout.Numbers + number];
        return Math.Clamp(centre + (half * ((2 * Step(stay, step)[1 + number]) - 1)), 0, 1);
    }
}
