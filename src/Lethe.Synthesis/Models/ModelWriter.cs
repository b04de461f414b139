using System.Text.Json.Nodes;
using Lethe.Numerics.Serialization;

namespace Lethe.Synthesis.Models;

/// <summary>Collects what a fitted model needs for sampling: one JSON object and named arrays.</summary>
public sealed class ModelWriter
{
    private readonly Dictionary<string, NamedArray> _arrays = new(StringComparer.Ordinal);

    /// <summary>Structure and settings; numbers that matter bit for bit go into arrays.</summary>
    public JsonObject State { get; } = [];

    internal IEnumerable<NamedArray> Arrays => _arrays.Values;

    /// <summary>Adds an array of floats with its shape; without one it is a vector.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not fit.</exception>
    public void Add(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        Put(NamedArray.Create(name, Full(shape, values.Length), values.ToArray()));

    /// <summary>Adds an array of doubles with its shape; without one it is a vector.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not fit.</exception>
    public void Add(string name, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) =>
        Put(NamedArray.Create(name, Full(shape, values.Length), values.ToArray()));

    /// <summary>Adds an array of integers with its shape; without one it is a vector.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not fit.</exception>
    public void Add(string name, ReadOnlySpan<int> values, params ReadOnlySpan<int> shape) =>
        Put(NamedArray.Create(name, Full(shape, values.Length), values.ToArray()));

    private static int[] Full(ReadOnlySpan<int> shape, int length) => shape.IsEmpty ? [length] : shape.ToArray();

    private void Put(NamedArray array)
    {
        if (!_arrays.TryAdd(array.Name, array))
            throw new ArgumentException($"The model already holds an array '{array.Name}'.", nameof(array));
    }
}
