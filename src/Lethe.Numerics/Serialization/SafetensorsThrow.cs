using System.Diagnostics.CodeAnalysis;

namespace Lethe.Numerics.Serialization;

/// <summary>Every way a safetensors file can be refused. Messages carry names, positions and sizes, never values.</summary>
internal static class SafetensorsThrow
{
    [DoesNotReturn]
    public static void Truncated(long expected, long found) =>
        throw new InvalidDataException($"Safetensors: the data ends after {found} bytes where {expected} were announced. The file is incomplete: copy or write it again.");

    [DoesNotReturn]
    public static void HeaderTooLarge(ulong found, int limit) =>
        throw new InvalidDataException($"Safetensors: the header claims {found} bytes; at most {limit} are accepted. Either this is no safetensors file, or raise {nameof(SafetensorsLimits)}.{nameof(SafetensorsLimits.MaxHeaderBytes)}.");

    [DoesNotReturn]
    public static void BadHeader(string what) =>
        throw new InvalidDataException($"Safetensors: the header is not valid: {what}.");

    [DoesNotReturn]
    public static void BadArray(string name, string what) =>
        throw new InvalidDataException($"Safetensors: array '{Shorten(name)}': {what}.");

    [DoesNotReturn]
    public static void TooMuch(string what, long found, long limit, string setting) =>
        throw new InvalidDataException($"Safetensors: {what} is {found}; at most {limit} are accepted. If the file is trusted, raise {nameof(SafetensorsLimits)}.{setting}.");

    [DoesNotReturn]
    public static void TrailingBytes() =>
        throw new InvalidDataException("Safetensors: bytes follow the last array. The file was damaged or extended: write it again.");

    [DoesNotReturn]
    public static void Missing(string name, IEnumerable<string> present) =>
        throw new InvalidDataException($"Safetensors: there is no array '{name}'. Present: {string.Join(", ", present.Take(20).Select(Shorten))}.");

    [DoesNotReturn]
    public static void WrongType(string name, Type found, Type expected) =>
        throw new InvalidDataException($"Array '{Shorten(name)}' holds {found.Name} elements where {expected.Name} were expected.");

    [DoesNotReturn]
    public static void Duplicate(string name) =>
        throw new InvalidDataException($"Safetensors: array '{Shorten(name)}' appears twice.");

    private static string Shorten(string name) => name.Length <= 80 ? name : name[..77] + "...";
}
