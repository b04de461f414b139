namespace Lethe.Numerics.Serialization;

/// <summary>The element types Lethe writes, ordered by descending size (the order of the data section keeps every array aligned).</summary>
internal enum ElementKind
{
    Float64,
    Int64,
    Float32,
    Int32,
    UInt8,
}

internal static class ElementKinds
{
    public static ElementKind? Of(Type type) => type switch
    {
        _ when type == typeof(double) => ElementKind.Float64,
        _ when type == typeof(long) => ElementKind.Int64,
        _ when type == typeof(float) => ElementKind.Float32,
        _ when type == typeof(int) => ElementKind.Int32,
        _ when type == typeof(byte) => ElementKind.UInt8,
        _ => null,
    };

    public static ElementKind? Parse(string dtype) => dtype switch
    {
        "F64" => ElementKind.Float64,
        "I64" => ElementKind.Int64,
        "F32" => ElementKind.Float32,
        "I32" => ElementKind.Int32,
        "U8" => ElementKind.UInt8,
        _ => null,
    };

    public static string Name(this ElementKind kind) => kind switch
    {
        ElementKind.Float64 => "F64",
        ElementKind.Int64 => "I64",
        ElementKind.Float32 => "F32",
        ElementKind.Int32 => "I32",
        _ => "U8",
    };

    public static int Size(this ElementKind kind) => kind switch
    {
        ElementKind.Float64 or ElementKind.Int64 => 8,
        ElementKind.Float32 or ElementKind.Int32 => 4,
        _ => 1,
    };

    public static Array Allocate(this ElementKind kind, int length) => kind switch
    {
        ElementKind.Float64 => new double[length],
        ElementKind.Int64 => new long[length],
        ElementKind.Float32 => new float[length],
        ElementKind.Int32 => new int[length],
        _ => new byte[length],
    };
}
