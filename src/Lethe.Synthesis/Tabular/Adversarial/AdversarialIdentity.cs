using System.Globalization;
using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Tabular.Adversarial;

/// <summary>What two trainings must share for one to continue the other's checkpoint.</summary>
internal static class AdversarialIdentity
{
    /// <summary>Method, settings, seed and a hash of the encoded training rows; nothing of a row can be read from it.</summary>
    public static string Of(string method, IReadOnlyDictionary<string, string> options, TrainingRows rows, Seed seed)
    {
        string data = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(rows.Encoded)));
        return string.Create(CultureInfo.InvariantCulture, $"{method} {seed.Value:x16} {rows.Count}x{rows.Encoder.Width} {data} {string.Join(' ', options.Select(o => $"{o.Key}={o.Value}"))}");
    }
}
