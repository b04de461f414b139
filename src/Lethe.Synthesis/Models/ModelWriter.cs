using System.Text.Json.Nodes;

namespace Lethe.Synthesis.Models;

/// <summary>Collects what a fitted model needs for sampling: one JSON object and named arrays.</summary>
public sealed class ModelWriter
{
    private readonly Dictionary<string, ModelArray> _arrays = new(StringComparer.Ordinal);

    /// <summary>Structure and settings; numbers that matter bit for bit go into arrays.</summary>
    public JsonObject State { get; } = [];

    internal IReadOnlyDictionary<string, ModelArray> Arrays => _arrays;

    /// <summary>Adds an array of floats with its shape.</summary>
    public void Add(string name, ReadOnlySpan<float> values, params int[] shape) => Put(name, values.ToArray(), values.Length, shape);

    /// <summary>Adds an array of doubles with its shape.</summary>
    public void Add(string name, ReadOnlySpan<double> values, params int[] shape) => Put(name, values.ToArray(), values.Length, shape);

    /// <summary>Adds an array of integers with its shape.</summary>
    public void Add(string name, ReadOnlySpan<int> values, params int[] shape) => Put(name, values.ToArray(), values.Length, shape);

    private void Put(string name, Array values, int length, int[] shape)
    {
        int[] full = shape.Length == 0 ? [length] : shape;
        if (full.Aggregate(1L, (a, b) => a * b) != length)
            throw new ArgumentException($"Array '{name}' has {length} values, its shape [{string.Join(", ", full)}] does not.", nameof(shape));
        if (!_arrays.TryAdd(name, new ModelArray(values, full)))
            throw new ArgumentException($"The model already holds an array '{name}'.", nameof(name));
    }
}

/// <summary>An array with its shape.</summary>
/// <param name="Values">float[], double[] or int[], row-major.</param>
/// <param name="Shape">Axes, outermost first.</param>
internal sealed record ModelArray(Array Values, int[] Shape);
