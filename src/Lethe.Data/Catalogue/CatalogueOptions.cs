using Lethe.Numerics.Randomness;

namespace Lethe.Data.Catalogue;

/// <summary>Where the catalogue looks for files and whether it may use the network. Immutable.</summary>
public sealed record CatalogueOptions
{
    /// <summary>True never to open a connection: what is not on the machine is an error.</summary>
    public bool Offline { get; init; }

    /// <summary>Folder with one subfolder a dataset, looked into first; default: the environment variable <c>LETHE_DATA_DIR</c>, null when unset.</summary>
    public string? DataFolder { get; init; } = Environment.GetEnvironmentVariable("LETHE_DATA_DIR") is { Length: > 0 } folder ? folder : null;

    /// <summary>Folder that downloads are kept in; default: <c>LETHE_CACHE_DIR</c>, else <c>lethe/datasets</c> in the user's cache folder.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>How long a server may stay silent before the next address is tried.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Rows of a simulated dataset.</summary>
    public int SimulatedRows { get; init; } = 1000;

    /// <summary>Seed of a simulated dataset.</summary>
    public Seed SimulationSeed { get; init; } = new(1);

    private static string DefaultCacheFolder()
    {
        if (Environment.GetEnvironmentVariable("LETHE_CACHE_DIR") is { Length: > 0 } own)
            return own;
        string? xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string user = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : xdg is { Length: > 0 } ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(user, "lethe", "datasets");
    }
}
