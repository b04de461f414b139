using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Lethe.Data.Problems;

namespace Lethe.Data.Catalogue;

/// <summary>
/// Finds the file of a dataset: in the data folder, else in the cache, else at its publisher's. Whatever is found must
/// have the published SHA-256; a download appears in the cache whole and verified, or not at all.
/// </summary>
internal sealed class DatasetFiles(CatalogueOptions options)
{
    /// <summary>Path of the verified file, plain or gzipped.</summary>
    /// <exception cref="DataException">LD402 offline, LD403 not downloadable now, LD405 another content, LD406 no address.</exception>
    public async Task<string> FindAsync(CatalogueEntry entry, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        DataFile file = entry.File ?? throw new ArgumentException($"Dataset '{entry.Id}' is simulated; it has no file.", nameof(entry));
        string cached = InFolder(options.CacheFolder, file);
        List<string> looked = [];
        foreach (string place in options.DataFolder is { } folder ? [InFolder(folder, file), cached] : new[] { cached })
        {
            foreach (string path in new[] { place, place + ".gz" })
            {
                if (!File.Exists(path))
                    continue;
                string hash = await HashAsync(path, cancellation).ConfigureAwait(false);
                return hash == file.Sha256 ? path : throw CatalogueErrors.WrongHash(path, file.Sha256, hash);
            }

            looked.Add($"'{place}'");
        }

        if (file.Addresses.Count == 0)
            throw CatalogueErrors.NoAddress(entry, looked);
        if (options.Offline)
            throw CatalogueErrors.Offline(entry, looked);
        await DownloadAsync(entry, file, cached, progress, cancellation).ConfigureAwait(false);
        return cached;
    }

    private async Task DownloadAsync(CatalogueEntry entry, DataFile file, string target, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        // The system's proxy settings (HTTPS_PROXY, NO_PROXY) are honoured by the handler's defaults.
        using SocketsHttpHandler handler = new() { ConnectTimeout = options.Timeout, AutomaticDecompression = DecompressionMethods.All };
        using HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        List<string> attempts = [];
        DataException? wrong = null;
        foreach (FileAddress address in file.Addresses)
        {
            try
            {
                byte[] received = await FetchAsync(client, entry, address.Url, Limit(file, address), progress, cancellation).ConfigureAwait(false);
                byte[] content = address.Member is null ? received : Extract(received, address.Member, file.Bytes);
                string hash = Convert.ToHexStringLower(SHA256.HashData(content));
                if (hash != file.Sha256)
                {
                    wrong ??= CatalogueErrors.WrongHash(address.Url.ToString(), file.Sha256, hash);
                    attempts.Add($"{address.Url}: not the published file");
                    continue;
                }

                Lethe.Data.Files.AtomicFile.WriteAllBytes(target, content);
                return;
            }
            catch (Exception e) when (Reason(e, cancellation) is not null)
            {
                attempts.Add($"{address.Url}: {Reason(e, cancellation)}");
            }
        }

        throw wrong ?? CatalogueErrors.Unreachable(entry, target, attempts);
    }

    private async Task<byte[]> FetchAsync(HttpClient client, CatalogueEntry entry, Uri url, long limit, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        // The time-out is one of silence: it starts anew with every piece received.
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(options.Timeout);
        using HttpResponseMessage response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        long? total = response.Content.Headers.ContentLength;
        using Stream stream = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        using MemoryStream received = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = await stream.ReadAsync(buffer, silence.Token).ConfigureAwait(false)) > 0)
        {
            received.Write(buffer, 0, read);
            if (received.Length > limit)
                throw new InvalidDataException($"more than the expected {limit} bytes were sent");
            progress?.Report(new DownloadProgress(entry.Id, received.Length, total));
            silence.CancelAfter(options.Timeout);
        }

        return received.ToArray();
    }

    private static byte[] Extract(byte[] zip, string member, long bytes)
    {
        using ZipArchive archive = new(new MemoryStream(zip), ZipArchiveMode.Read);
        ZipArchiveEntry found = archive.Entries.FirstOrDefault(e => e.FullName == member)
            ?? archive.Entries.FirstOrDefault(e => e.Name == Path.GetFileName(member))
            ?? throw new InvalidDataException($"the archive has no file '{member}'");
        using Stream stream = found.Open();
        byte[] content = new byte[bytes + 1]; // one more than published, so that a longer file is told from it
        int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content[..read];
    }

    /// <summary>What went wrong with one address, or null when it is not the address's fault.</summary>
    private static string? Reason(Exception e, CancellationToken cancellation) => e switch
    {
        OperationCanceledException => cancellation.IsCancellationRequested ? null : "no answer in time",
        HttpRequestException { StatusCode: { } status } => $"the server answered {(int)status} {status}",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the server's name could not be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refused the connection",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection (certificate or intercepting proxy)",
        HttpRequestException => "the server could not be reached",
        InvalidDataException => e.Message,
        IOException => "the connection broke off",
        _ => null,
    };

    /// <summary>An archive may hold other files too; 64 MiB is above any of the catalogue's.</summary>
    private static long Limit(DataFile file, FileAddress address) => address.Member is null ? file.Bytes : Math.Max(file.Bytes, 64L << 20);

    private static string InFolder(string folder, DataFile file) => Path.GetFullPath(Path.Combine(folder, file.RelativePath.Replace('/', Path.DirectorySeparatorChar)));

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        using FileStream raw = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        try
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation).ConfigureAwait(false));
        }
        catch (InvalidDataException)
        {
            return "not computable (damaged gzip)";
        }
    }
}
