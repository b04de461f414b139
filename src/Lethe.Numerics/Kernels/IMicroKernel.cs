namespace Lethe.Numerics.Kernels;

/// <summary>A number the JIT sees as a constant when it specialises a generic method.</summary>
internal interface IConstant
{
    static abstract int Value { get; }
}

/// <summary>
/// A register-blocked product of a few rows of A with a panel of B, whose rows are <c>bStride</c> apart. One implementation per vector width.
/// <c>TRows</c> is the number of rows (1 … <see cref="MaxRows"/>), <c>TWide</c> is 1 for panels of two vectors, 0 for one.
/// </summary>
internal unsafe interface IMicroKernel
{
    static abstract int MaxRows { get; }

    static abstract int VectorLength { get; }

    static abstract void Run<TRows, TWide>(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile)
        where TRows : struct, IConstant
        where TWide : struct, IConstant;

    /// <summary>The same for <see cref="MaxRows"/> rows and two vectors: nearly all tiles are such.</summary>
    static abstract void RunFull(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile);

    /// <summary>The same, and <paramref name="copy"/> becomes the packed panel: the multipliers set the pace, so copying on the way costs little.</summary>
    static abstract void RunCopying(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, Real* copy, in Tile tile);
}

internal readonly struct N0 : IConstant { public static int Value => 0; }

internal readonly struct N1 : IConstant { public static int Value => 1; }

internal readonly struct N2 : IConstant { public static int Value => 2; }

internal readonly struct N3 : IConstant { public static int Value => 3; }

internal readonly struct N4 : IConstant { public static int Value => 4; }

internal readonly struct N5 : IConstant { public static int Value => 5; }

internal readonly struct N6 : IConstant { public static int Value => 6; }

internal readonly struct N7 : IConstant { public static int Value => 7; }

internal readonly struct N8 : IConstant { public static int Value => 8; }

internal readonly struct N9 : IConstant { public static int Value => 9; }

internal readonly struct N10 : IConstant { public static int Value => 10; }

internal readonly struct N11 : IConstant { public static int Value => 11; }

internal readonly struct N12 : IConstant { public static int Value => 12; }
