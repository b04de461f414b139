using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Lethe.Data.Catalogue;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tests.Catalogue;

/// <summary>Finding, downloading and verifying, against a loopback server and temporary folders.</summary>
public sealed class DatasetFilesTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("63.0,1\n?,0\n41,1\n");
    private readonly LoopbackServer _server = new();
    private readonly string _root = Directory.CreateTempSubdirectory("lethe-catalogue-").FullName;

    private string Cached => Path.Combine(_root, "cache", "set", "file.data");

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_download_is_verified_cached_and_read_and_the_next_one_needs_no_network()
    {
        _server.Answer("/file.data", Content);
        DatasetCatalogue catalogue = Catalogue(new FileAddress(_server.Url("/file.data")));
        Progress progress = new();
        LoadedDataset loaded = await catalogue.LoadAsync("set", Options(), progress, TestContext.Current.CancellationToken);

        Assert.Equal(Cached, loaded.File);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Cached, TestContext.Current.CancellationToken));
        Assert.Equal(["63", null, "41"], Enumerable.Range(0, 3).Select(i => loaded.Table["age"].Format(i)));
        Assert.Equal(new DownloadProgress("set", Content.Length, Content.Length), progress.Reports.Last());

        LoadedDataset again = await catalogue.LoadAsync("set", Options() with { Offline = true }, null, TestContext.Current.CancellationToken);
        Assert.Equal(3, again.Table.RowCount);
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task The_data_folder_comes_before_the_cache_and_may_hold_the_file_gzipped()
    {
        string folder = Path.Combine(_root, "data");
        Directory.CreateDirectory(Path.Combine(folder, "set"));
        using (GZipStream gzip = new(File.Create(Path.Combine(folder, "set", "file.data.gz")), CompressionLevel.Optimal))
            gzip.Write(Content);

        LoadedDataset loaded = await Catalogue().LoadAsync("set", Options() with { DataFolder = folder, Offline = true }, null, TestContext.Current.CancellationToken);
        Assert.Equal(Path.Combine(folder, "set", "file.data.gz"), loaded.File);
        Assert.Equal(3, loaded.Table.RowCount);
    }

    [Fact]
    public async Task A_file_inside_an_archive_is_taken_out()
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("readme.txt");
            using Stream member = archive.CreateEntry("inner/file.data").Open();
            member.Write(Content);
        }

        _server.Answer("/all.zip", zip.ToArray());
        LoadedDataset loaded = await Catalogue(new FileAddress(_server.Url("/all.zip"), "file.data")).LoadAsync("set", Options(), null, TestContext.Current.CancellationToken);
        Assert.Equal(3, loaded.Table.RowCount);
    }

    [Fact]
    public async Task The_second_address_is_tried_when_the_first_fails()
    {
        _server.Answer("/file.data", Content);
        LoadedDataset loaded = await Catalogue(new FileAddress(_server.Url("/gone")), new FileAddress(_server.Url("/file.data"))).LoadAsync("set", Options(), null, TestContext.Current.CancellationToken);
        Assert.Equal(3, loaded.Table.RowCount);
        Assert.Equal(2, _server.Requests);
    }

    [Theory]
    [InlineData("/gone", "the server answered 404 NotFound")]
    [InlineData("/error", "the server answered 500 InternalServerError")]
    [InlineData("/broken", "the connection broke off")]
    [InlineData("/silent", "no answer in time")]
    [InlineData("/long", "more than the expected 16 bytes were sent")]
    [InlineData("/nozip", null)]
    public async Task A_failed_download_says_why_and_what_to_do_and_leaves_nothing_behind(string path, string? why)
    {
        _server.Answer("/error", [], status: 500);
        _server.Answer("/broken", Content, send: 5);
        _server.Answer("/silent", Content, send: -1);
        _server.Answer("/long", [.. Content, .. Content]);
        _server.Answer("/nozip", Content);
        FileAddress address = new(_server.Url(path), path == "/nozip" ? "file.data" : null);
        DataException e = await Assert.ThrowsAsync<DataException>(() => Catalogue(address).LoadAsync("set", Options() with { Timeout = TimeSpan.FromSeconds(0.7) }, null, TestContext.Current.CancellationToken));
        Assert.StartsWith("LD403 dataset 'set' could not be downloaded", e.Message, StringComparison.Ordinal);
        Assert.Contains($"{address.Url}: {why}", e.Message, StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Cached)) && Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Cached)!).Any());
    }

    [Fact]
    public async Task An_unreachable_server_is_reported()
    {
        DataException e = await Assert.ThrowsAsync<DataException>(() => Catalogue(new FileAddress(LoopbackServer.DeadUrl())).LoadAsync("set", Options(), null, TestContext.Current.CancellationToken));
        Assert.Contains("the server could not be reached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_content_is_refused_and_not_kept()
    {
        byte[] other = [.. Content];
        other[0] = (byte)'7';
        _server.Answer("/file.data", other);
        DataException e = await Assert.ThrowsAsync<DataException>(() => Catalogue(new FileAddress(_server.Url("/file.data"))).LoadAsync("set", Options(), null, TestContext.Current.CancellationToken));
        Assert.StartsWith("LD405", e.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(other)), e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Cached));
    }

    [Theory]
    [InlineData("file.data")]
    [InlineData("file.data.gz")]
    public async Task A_changed_local_file_is_refused_rather_than_replaced(string name)
    {
        _server.Answer("/file.data", Content);
        Directory.CreateDirectory(Path.GetDirectoryName(Cached)!);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(Cached)!, name), "63.0,1\n", TestContext.Current.CancellationToken);
        DataException e = await Assert.ThrowsAsync<DataException>(() => Catalogue(new FileAddress(_server.Url("/file.data"))).LoadAsync("set", Options(), null, TestContext.Current.CancellationToken));
        Assert.StartsWith($"LD405 {name}: the file is not the published one", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.Requests);
    }

    [Fact]
    public async Task Offline_opens_no_connection()
    {
        _server.Answer("/file.data", Content);
        DataException e = await Assert.ThrowsAsync<DataException>(() => Catalogue(new FileAddress(_server.Url("/file.data"))).LoadAsync("set", Options() with { Offline = true }, null, TestContext.Current.CancellationToken));
        Assert.StartsWith("LD402 dataset 'set' is not on this machine and downloads are switched off", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.Requests);
    }

    [Fact]
    public async Task A_dataset_without_an_address_says_where_to_put_it()
    {
        DataException e = await Assert.ThrowsAsync<DataException>(() => Catalogue().LoadAsync("set", Options(), null, TestContext.Current.CancellationToken));
        Assert.StartsWith("LD406", e.Message, StringComparison.Ordinal);
        Assert.Contains("'set/file.data'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_the_download_and_leaves_nothing_behind()
    {
        _server.Answer("/file.data", Content, send: -1);
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Catalogue(new FileAddress(_server.Url("/file.data"))).LoadAsync("set", Options(), null, cancel.Token));
        Assert.False(File.Exists(Cached));
    }

    private CatalogueOptions Options() => new() { DataFolder = null, CacheFolder = Path.Combine(_root, "cache"), Timeout = TimeSpan.FromSeconds(10) };

    private static DatasetCatalogue Catalogue(params FileAddress[] addresses) => new(
    [
        new CatalogueEntry
        {
            Id = "set",
            Title = "A made-up set",
            Citation = "None",
            Licence = "CC0-1.0",
            Homepage = "https://example.org/set",
            File = new DataFile { RelativePath = "set/file.data", Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content)), Bytes = Content.Length, Addresses = addresses },
            HasHeader = false,
            Schema = new Schema(
            [
                new ColumnSchema { Name = "age", Kind = ColumnKind.Integer, Bounds = new Bounds(0, 120, Origin.Public), MissingTokens = ["?"] },
                new ColumnSchema { Name = "ill", Kind = ColumnKind.Boolean, Categories = ["0", "1"], Role = ColumnRole.Target },
            ]),
        },
    ]);

    private sealed class Progress : IProgress<DownloadProgress>
    {
        public ConcurrentQueue<DownloadProgress> Reports { get; } = [];

        public void Report(DownloadProgress value) => Reports.Enqueue(value);
    }
}
