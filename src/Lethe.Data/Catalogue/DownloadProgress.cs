namespace Lethe.Data.Catalogue;

/// <summary>How far a download is.</summary>
/// <param name="Dataset">Identifier of the dataset.</param>
/// <param name="Received">Bytes received so far.</param>
/// <param name="Total">Bytes to come in all, or null when the server does not say.</param>
public readonly record struct DownloadProgress(string Dataset, long Received, long? Total);
