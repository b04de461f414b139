namespace Lethe.Evaluation.Encoding;

/// <summary>Which columns a <see cref="FeatureEncoder"/> makes.</summary>
public sealed record FeatureEncoderOptions
{
    /// <summary>One column more per number with holes: 1 where it was missing. Off only to compare with software that lacks it.</summary>
    public bool MissingIndicators { get; init; } = true;

    /// <summary>One-hot columns for every level of the schema, also those that do not occur in the fitted table.</summary>
    public bool AllSchemaLevels { get; init; }

    /// <summary>
    /// Leave out the alphabetically first level of each category (missing counts as the level <c>NA</c>): for models without penalty,
    /// which need columns that do not add up to a constant.
    /// </summary>
    public bool DropFirstLevel { get; init; }

    /// <summary>Leave out columns that are constant in the fitted table.</summary>
    public bool DropConstant { get; init; }
}
