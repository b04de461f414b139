using System.Diagnostics.CodeAnalysis;

namespace Lethe.Numerics.Serialization;

/// <summary>The content of a safetensors file: arrays by name and text metadata. Immutable as a container; the arrays are not copied.</summary>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, NamedArray> _byName;

    internal SafetensorsFile(List<NamedArray> arrays, Dictionary<string, string> metadata)
    {
        Arrays = arrays;
        Metadata = metadata;
        _byName = arrays.ToDictionary(array => array.Name, StringComparer.Ordinal);
    }

    /// <summary>All arrays in the order of their data.</summary>
    public IReadOnlyList<NamedArray> Arrays { get; }

    /// <summary>Text by key; empty when the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The array of this name.</summary>
    /// <exception cref="InvalidDataException">There is none; the message lists those present.</exception>
    public NamedArray this[string name]
    {
        get
        {
            if (!_byName.TryGetValue(name, out NamedArray? array))
                SafetensorsThrow.Missing(name, _byName.Keys);
            return array!;
        }
    }

    /// <summary>Looks for an array by name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out NamedArray? array) => _byName.TryGetValue(name, out array);
}
