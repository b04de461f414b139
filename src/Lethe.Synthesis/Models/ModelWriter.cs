using System.Text.Json.Nodes;
using Lethe.Numerics.Serialization;

namespace Lethe.Synthesis.Models;

/// <summary>Collects what a fitted model needs for sampling: one JSON object and named arrays.</summary>
public sealed class ModelWriter
{
    private readonly Dictionary<string, NamedArray> _arrays;
    private readonly string _prefix;

    /// <summary>Nothing yet.</summary>
    public ModelWriter()
        : this(new Dictionary<string, NamedArray>(StringComparer.Ordinal), "", [])
    {
    }

    private ModelWriter(Dictionary<string, NamedArray> arrays, string prefix, JsonObject state) => (_arrays, _prefix, State) = (arrays, prefix, state);

    /// <summary>Structure and settings; numbers that matter bit for bit go into arrays.</summary>
    public JsonObject State { get; }

    internal IEnumerable<NamedArray> Arrays => _arrays.Values;

    /// <summary>Adds an array of floats with its shape; without one it is a vector.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not fit.</exception>
    public void Add(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        Put(NamedArray.Create(_prefix + name, Full(shape, values.Length), values.ToArray()));

    /// <summary>Adds an array of doubles with its shape; without one it is a vector.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not fit.</exception>
    public void Add(string name, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) =>
        Put(NamedArray.Create(_prefix + name, Full(shape, values.Length), values.ToArray()));

    /// <summary>Adds an array of integers with its shape; without one it is a vector.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not fit.</exception>
    public void Add(string name, ReadOnlySpan<int> values, params ReadOnlySpan<int> shape) =>
        Put(NamedArray.Create(_prefix + name, Full(shape, values.Length), values.ToArray()));

    /// <summary>A place of its own within this model for a model that it contains, e.g. the one of the static columns.</summary>
    /// <param name="name">Unique among the parts and the state's names.</param>
    public ModelWriter Part(string name)
    {
        JsonObject state = [];
        State.Add(name, state);
        return new ModelWriter(_arrays, $"{_prefix}{name}.", state);
    }

    private static int[] Full(ReadOnlySpan<int> shape, int length) => shape.IsEmpty ? [length] : shape.ToArray();

    private void Put(NamedArray array)
    {
        if (!_arrays.TryAdd(array.Name, array))
            throw new ArgumentException($"The model already holds an array '{array.Name}'.", nameof(array));
    }
}
