using Xunit;

namespace Lethe.Testing;

/// <summary>
/// The folder of reference data beside the checkout (<c>../shared</c>): golden values and open datasets. Tests that need
/// it skip with a message where it is absent.
/// </summary>
public static class SharedFolder
{
    /// <summary>The repository's root: the nearest folder upwards that holds <c>Lethe.slnx</c>.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Path of a file or folder below <c>../shared</c>; the calling test is skipped when it does not exist.</summary>
    public static string Require(string relativePath)
    {
        string path = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", relativePath));
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"Reference data '../shared/{relativePath}' is not beside the checkout.");
        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "Lethe.slnx")))
                return d.FullName;
        }

        throw new InvalidOperationException("The tests run inside the checkout: no Lethe.slnx was found upwards.");
    }
}
