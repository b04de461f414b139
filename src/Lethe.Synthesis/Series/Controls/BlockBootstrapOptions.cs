using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Series.Controls;

/// <summary>Settings of the block bootstrap. Immutable.</summary>
public sealed record BlockBootstrapOptions
{
    /// <summary>Length of a block in hours (steps, for benchmark windows): longer blocks keep more of a course and copy more of it.</summary>
    [Description("Length of a block in hours; longer blocks keep more of a real course and copy more of it.")]
    [Range(0.01, 100_000)]
    public double BlockHours { get; init; } = 8;
}
