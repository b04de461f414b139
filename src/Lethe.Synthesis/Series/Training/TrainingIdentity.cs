using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Series.Training;

/// <summary>What two trainings must share for one to continue the other's checkpoint.</summary>
internal static class TrainingIdentity
{
    /// <summary>Method, settings, seed and a hash of the encoded training data; nothing of a patient can be read from it.</summary>
    public static string Of(string method, IReadOnlyDictionary<string, string> options, Seed seed, params ReadOnlySpan<float[]> data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (float[] part in data)
            hash.AppendData(MemoryMarshal.AsBytes<float>(part));
        return string.Create(CultureInfo.InvariantCulture, $"{method} {seed.Value:x16} {Convert.ToHexStringLower(hash.GetHashAndReset())} {string.Join(' ', options.Select(o => $"{o.Key}={o.Value}"))}");
    }
}
