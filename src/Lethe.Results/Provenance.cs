namespace Lethe.Results;

/// <summary>Where a result comes from and how to repeat it.</summary>
public sealed record Provenance
{
    /// <summary>Version of Lethe with commit.</summary>
    public required string LetheVersion { get; init; }

    /// <summary>When the run ended, ISO 8601 UTC.</summary>
    public required string FinishedUtc { get; init; }

    /// <summary>The command that repeats it, without machine paths.</summary>
    public required string Command { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads used.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Machine class, e.g. <c>linux-x64, 4 cores, .NET 10.0.1</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>Wall time of the whole run in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Fingerprints of inputs and outputs.</summary>
    public IReadOnlyList<FileFingerprint> Files { get; init; } = [];
}

/// <summary>A file's name, role and hash.</summary>
/// <param name="Name">File name without folder.</param>
/// <param name="Role">For example <c>input</c>, <c>schema</c>, <c>synthetic</c>, <c>model</c>.</param>
/// <param name="Sha256">SHA-256 of the bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Length.</param>
public sealed record FileFingerprint(string Name, string Role, string Sha256, long Bytes);
