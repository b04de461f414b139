using Lethe.Numerics.Ops;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Where numbers stand. A step: gap δ, values (one a numeric channel, then one-hot levels), masks, generation flag, and for
/// the critic the cumulative time and the moves of numeric channels since their reading before. Attributes: statics, then per numeric channel centre and half-range, then "never
/// observed" bits. Channels with levels come after numeric ones throughout.
/// </summary>
internal sealed class GhostsLayout
{
    public GhostsLayout(int steps, int block, int numbers, int[] levels, bool hasMask, int statics)
    {
        (Steps, Block, Numbers, Levels, HasMask, Statics) = (steps, block, numbers, levels, hasMask, statics);
        LevelWidth = levels.Sum();
        FirstMask = 1 + numbers + LevelWidth;
        Masks = hasMask ? Channels : 0;
    }

    /// <summary>Steps T, a multiple of <see cref="Block"/>.</summary>
    public int Steps { get; }

    /// <summary>Steps per LSTM step, S.</summary>
    public int Block { get; }

    /// <summary>Numeric channels C.</summary>
    public int Numbers { get; }

    /// <summary>Levels of each channel that has levels.</summary>
    public int[] Levels { get; }

    /// <summary>All levels together.</summary>
    public int LevelWidth { get; }

    /// <summary>Whether some cell of the training stays was not observed.</summary>
    public bool HasMask { get; }

    /// <summary>Encoded static columns.</summary>
    public int Statics { get; }

    /// <summary>Channels F.</summary>
    public int Channels => Numbers + Levels.Length;

    /// <summary>Mask columns of a step: F, or 0 without masks.</summary>
    public int Masks { get; }

    /// <summary>First mask column of a step; values begin at column 1.</summary>
    public int FirstMask { get; }

    /// <summary>First of the two flag columns.</summary>
    public int FirstFlag => FirstMask + Masks;

    /// <summary>Columns that the generator gives for a step.</summary>
    public int Outputs => FirstFlag + 2;

    /// <summary>The column of cumulative time; moves follow.</summary>
    public int Time => Outputs;

    /// <summary>First column of the moves, one a numeric channel.</summary>
    public int FirstMove => Time + 1;

    /// <summary>Columns of a step for the critic: the outputs, the cumulative time and the moves.</summary>
    public int StepWidth => FirstMove + Numbers;

    /// <summary>Additional attributes: C centres, C half-ranges, and a bit a channel where there are masks.</summary>
    public int Additional => (2 * Numbers) + Masks;

    /// <summary>All attributes.</summary>
    public int Attributes => Statics + Additional;

    /// <summary>A whole stay for the critic: T steps, then the attributes.</summary>
    public int RowWidth => (Steps * StepWidth) + Attributes;

    /// <summary>How the feature head is read: S steps next to each other.</summary>
    public OutputBlock[] FeatureBlocks()
    {
        List<OutputBlock> blocks = [];
        for (int s = 0; s < Block; s++)
        {
            int at = s * Outputs;
            Add(1 + Numbers, BlockActivation.Sigmoid);
            foreach (int levels in Levels)
                Add(levels, BlockActivation.Softmax);
            if (Masks > 0)
                Add(Masks, BlockActivation.Sigmoid);
            Add(2, BlockActivation.Softmax);

            void Add(int width, BlockActivation activation)
            {
                blocks.Add(new OutputBlock(at, width, activation));
                at += width;
            }
        }

        return [.. blocks];
    }
}
