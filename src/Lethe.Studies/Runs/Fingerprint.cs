using System.Security.Cryptography;
using System.Text;
using Lethe.Results;

namespace Lethe.Studies.Runs;

/// <summary>SHA-256 fingerprints of files and texts, lower-case hexadecimal.</summary>
public static class Fingerprint
{
    /// <summary>Hash of a file's bytes.</summary>
    public static string OfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Name, role, hash and length of a file.</summary>
    public static FileFingerprint Describe(string path, string role) =>
        new(Path.GetFileName(path), role, OfFile(path), new FileInfo(path).Length);

    /// <summary>Hash of texts, each with its length before it, so that two different lists never have one text in common.</summary>
    public static string Of(params IEnumerable<string> parts)
    {
        StringBuilder joined = new();
        foreach (string part in parts)
            joined.Append(part.Length).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(joined.ToString())));
    }
}
