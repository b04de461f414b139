using System.Text.Json.Nodes;
using Lethe.Data.Schemas;
using Lethe.Numerics.Serialization;

namespace Lethe.Synthesis.Models;

/// <summary>Gives a fitted model back what <see cref="ModelWriter"/> collected, with every access validated.</summary>
public sealed class ModelReader
{
    private readonly SafetensorsFile _arrays;
    private readonly string _prefix;

    internal ModelReader(JsonObject state, Schema schema, SafetensorsFile arrays, string prefix = "")
    {
        _prefix = prefix;
        State = state;
        Schema = schema;
        _arrays = arrays;
    }

    /// <summary>Structure and settings.</summary>
    public JsonObject State { get; }

    /// <summary>The schema of what the model delivers.</summary>
    public Schema Schema { get; }

    /// <summary>What <see cref="ModelWriter.Part"/> wrote.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="schema">The schema of what the contained model delivers.</param>
    /// <exception cref="InvalidDataException">There is no such part.</exception>
    public ModelReader Part(string name, Schema schema) =>
        State[name] is JsonObject state
            ? new ModelReader(state, schema, _arrays, $"{_prefix}{name}.")
            : throw new InvalidDataException($"The model's state has no part '{name}': the file is damaged or of another version.");

    /// <summary>A value of the state: string, bool, int, long or double.</summary>
    /// <exception cref="InvalidDataException">Absent or of another type.</exception>
    public T Value<T>(string name) =>
        State[name] is JsonValue value && value.TryGetValue(out T? found)
            ? found
            : throw new InvalidDataException($"The model's state has no {typeof(T).Name} '{name}': the file is damaged or of another version.");

    /// <summary>True when there is an array of this name.</summary>
    public bool Has(string name) => _arrays.TryGet(_prefix + name, out _);

    /// <summary>An array of floats; with a shape, it must match (−1 matches any length).</summary>
    /// <exception cref="InvalidDataException">Absent, of another type, or of another shape.</exception>
    public float[] Floats(string name, params ReadOnlySpan<int> shape) => Get<float>(name, shape);

    /// <summary>An array of doubles; with a shape, it must match (−1 matches any length).</summary>
    /// <exception cref="InvalidDataException">Absent, of another type, or of another shape.</exception>
    public double[] Doubles(string name, params ReadOnlySpan<int> shape) => Get<double>(name, shape);

    /// <summary>An array of integers; with a shape, it must match (−1 matches any length).</summary>
    /// <exception cref="InvalidDataException">Absent, of another type, or of another shape.</exception>
    public int[] Ints(string name, params ReadOnlySpan<int> shape) => Get<int>(name, shape);

    /// <summary>An array of integers that must all lie in [<paramref name="least"/>, <paramref name="most"/>].</summary>
    /// <exception cref="InvalidDataException">Absent, of another type or shape, or with an element out of range.</exception>
    public int[] IntsWithin(string name, int least, int most, params ReadOnlySpan<int> shape)
    {
        int[] values = Get<int>(name, shape);
        foreach (int v in values)
            Require(v >= least && v <= most, name, $"holds {v}, outside {least} … {most}");
        return values;
    }

    /// <summary>An array of doubles without NaN or infinity.</summary>
    /// <exception cref="InvalidDataException">Absent, of another type or shape, or with an element that is not finite.</exception>
    public double[] FiniteDoubles(string name, params ReadOnlySpan<int> shape)
    {
        double[] values = Get<double>(name, shape);
        foreach (double v in values)
            Require(double.IsFinite(v), name, "holds a number that is not finite");
        return values;
    }

    /// <summary>Offsets of runs in an array of <paramref name="length"/> elements: they start at 0, never fall and end at the length.</summary>
    /// <exception cref="InvalidDataException">Absent, of another type or shape, or not such offsets.</exception>
    public int[] Offsets(string name, int runs, int length)
    {
        int[] offsets = IntsWithin(name, 0, length, runs + 1);
        Require(offsets[0] == 0 && offsets[^1] == length, name, "does not span what it divides");
        for (int i = 0; i < runs; i++)
            Require(offsets[i] <= offsets[i + 1], name, "holds offsets that fall");
        return offsets;
    }

    /// <summary>Refuses the file unless <paramref name="holds"/>.</summary>
    /// <param name="holds">What must be true.</param>
    /// <param name="name">The array or part concerned.</param>
    /// <param name="fault">What is wrong with it otherwise, e.g. <c>holds a share above 1</c>.</param>
    /// <exception cref="InvalidDataException">It does not hold.</exception>
    public static void Require(bool holds, string name, string fault)
    {
        if (!holds)
            throw new InvalidDataException($"The model's '{name}' {fault}: the file is damaged or of another version.");
    }

    private T[] Get<T>(string name, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        NamedArray array = _arrays[_prefix + name];
        bool fits = shape.Length == 0 || shape.Length == array.Shape.Length;
        for (int i = 0; fits && i < shape.Length; i++)
            fits = shape[i] == -1 || shape[i] == array.Shape[i];
        return fits
            ? array.Elements<T>()
            : throw new InvalidDataException($"The model's array '{name}' has shape [{string.Join(", ", array.Shape.ToArray())}], expected [{string.Join(", ", shape.ToArray())}].");
    }
}
