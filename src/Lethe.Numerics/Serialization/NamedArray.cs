namespace Lethe.Numerics.Serialization;

/// <summary>
/// An array with a name and a shape, as a safetensors file holds it. Element types: <see cref="float"/>,
/// <see cref="double"/>, <see cref="int"/>, <see cref="long"/>, <see cref="byte"/>. Row-major. The array is kept, not copied.
/// </summary>
public sealed class NamedArray
{
    private readonly int[] _shape;
    private readonly Array _data;

    internal NamedArray(string name, int[] shape, Array data)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name == SafetensorsHeader.MetadataKey)
            throw new ArgumentException($"'{SafetensorsHeader.MetadataKey}' is the name of a safetensors file's metadata and cannot name an array.", nameof(name));
        long length = 1;
        foreach (int extent in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extent, nameof(shape));
            length = checked(length * extent);
        }

        if (length != data.Length)
            throw new ArgumentException($"Array '{name}' has {data.Length} elements, but its shape [{string.Join(", ", shape)}] has {length}.", nameof(shape));
        Name = name;
        _shape = shape;
        _data = data;
    }

    /// <summary>Unique within a file.</summary>
    public string Name { get; }

    /// <summary>Extents of the axes, outermost first; empty for a scalar.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Number of elements.</summary>
    public int Length => _data.Length;

    /// <summary><see cref="float"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/> or <see cref="byte"/>.</summary>
    public Type ElementType => _data.GetType().GetElementType()!;

    internal ElementKind Kind => ElementKinds.Of(ElementType)!.Value;

    /// <summary>Names a single-precision array.</summary>
    public static NamedArray Create(string name, ReadOnlySpan<int> shape, float[] data) => new(name, shape.ToArray(), Required(data));

    /// <summary>Names a double-precision array.</summary>
    public static NamedArray Create(string name, ReadOnlySpan<int> shape, double[] data) => new(name, shape.ToArray(), Required(data));

    /// <summary>Names a 32-bit integer array.</summary>
    public static NamedArray Create(string name, ReadOnlySpan<int> shape, int[] data) => new(name, shape.ToArray(), Required(data));

    /// <summary>Names a 64-bit integer array.</summary>
    public static NamedArray Create(string name, ReadOnlySpan<int> shape, long[] data) => new(name, shape.ToArray(), Required(data));

    /// <summary>Names a byte array.</summary>
    public static NamedArray Create(string name, ReadOnlySpan<int> shape, byte[] data) => new(name, shape.ToArray(), Required(data));

    /// <summary>The elements, row-major.</summary>
    /// <exception cref="InvalidDataException">The elements have another type.</exception>
    public T[] Elements<T>()
        where T : unmanaged
    {
        // An int[] passes as uint[] under the runtime's cast rules: compare the types exactly.
        if (_data.GetType() != typeof(T[]))
            SafetensorsThrow.WrongType(Name, ElementType, typeof(T));
        return (T[])_data;
    }

    private static T[] Required<T>(T[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data;
    }
}
