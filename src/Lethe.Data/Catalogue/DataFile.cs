namespace Lethe.Data.Catalogue;

/// <summary>A published file: where it lies in a data folder, what its content must be, where it can be had.</summary>
public sealed record DataFile
{
    /// <summary>Path inside a data folder, with forward slashes; there it may also be gzipped, as <c>{path}.gz</c>.</summary>
    public required string RelativePath { get; init; }

    /// <summary>SHA-256 of the (uncompressed) content, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the (uncompressed) content in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Where to download it, tried in this order; empty when its publisher does not offer this form.</summary>
    public IReadOnlyList<FileAddress> Addresses { get; init; } = [];
}

/// <summary>An address of a file: of the file itself, or of a zip archive that holds it.</summary>
/// <param name="Url">What to fetch.</param>
/// <param name="Member">Name of the file inside the zip archive; null when <paramref name="Url"/> is the file itself.</param>
public sealed record FileAddress(Uri Url, string? Member = null);
