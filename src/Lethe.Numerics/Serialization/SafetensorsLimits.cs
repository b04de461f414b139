namespace Lethe.Numerics.Serialization;

/// <summary>How much a file may claim before it is refused. Checked before anything of that size is allocated.</summary>
public sealed record SafetensorsLimits
{
    /// <summary>Largest header in bytes. Raise it for files of very many arrays. Default: 16 MiB.</summary>
    public int MaxHeaderBytes { get; init; } = 16 << 20;

    /// <summary>Largest data section in bytes. Raise it for models beyond half a billion weights. Default: 2 GiB.</summary>
    public long MaxDataBytes { get; init; } = 2L << 30;

    /// <summary>Most arrays in a file. Default: 100,000.</summary>
    public int MaxArrays { get; init; } = 100_000;

    /// <summary>Most axes of an array. Default: 8.</summary>
    public int MaxRank { get; init; } = 8;
}
