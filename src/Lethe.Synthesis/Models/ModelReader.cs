using System.Text.Json.Nodes;
using Lethe.Data.Schemas;

namespace Lethe.Synthesis.Models;

/// <summary>Gives a fitted model back what <see cref="ModelWriter"/> collected, with every access validated.</summary>
public sealed class ModelReader
{
    private readonly IReadOnlyDictionary<string, ModelArray> _arrays;

    internal ModelReader(JsonObject state, Schema schema, IReadOnlyDictionary<string, ModelArray> arrays)
    {
        State = state;
        Schema = schema;
        _arrays = arrays;
    }

    /// <summary>Structure and settings.</summary>
    public JsonObject State { get; }

    /// <summary>The schema of what the model delivers.</summary>
    public Schema Schema { get; }

    /// <summary>An array of floats; with a shape, it must match (−1 matches any length).</summary>
    /// <exception cref="InvalidDataException">Absent, of another type, or of another shape.</exception>
    public float[] Floats(string name, params int[] shape) => Get<float>(name, shape);

    /// <summary>An array of doubles; with a shape, it must match (−1 matches any length).</summary>
    /// <exception cref="InvalidDataException">Absent, of another type, or of another shape.</exception>
    public double[] Doubles(string name, params int[] shape) => Get<double>(name, shape);

    /// <summary>An array of integers; with a shape, it must match (−1 matches any length).</summary>
    /// <exception cref="InvalidDataException">Absent, of another type, or of another shape.</exception>
    public int[] Ints(string name, params int[] shape) => Get<int>(name, shape);

    /// <summary>The shape of an array.</summary>
    /// <exception cref="InvalidDataException">Absent.</exception>
    public IReadOnlyList<int> Shape(string name) => Find(name).Shape;

    private T[] Get<T>(string name, int[] shape)
    {
        ModelArray array = Find(name);
        if (array.Values is not T[] values)
            throw new InvalidDataException($"The model's array '{name}' holds {array.Values.GetType().GetElementType()?.Name}, not {typeof(T).Name}.");
        bool fits = shape.Length == 0
            || (shape.Length == array.Shape.Length && shape.Zip(array.Shape, (want, have) => want == -1 || want == have).All(ok => ok));
        return fits
            ? values
            : throw new InvalidDataException($"The model's array '{name}' has shape [{string.Join(", ", array.Shape)}], expected [{string.Join(", ", shape)}].");
    }

    private ModelArray Find(string name) => _arrays.TryGetValue(name, out ModelArray? array)
        ? array
        : throw new InvalidDataException($"The model holds no array '{name}': the file is damaged or of another version.");
}
