using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

/// <summary>
/// Rows of numbers that belong to examples: <see cref="Count"/> rows of <see cref="Width"/> numbers, <see cref="Stride"/>
/// apart. With E examples, row r belongs to example r / (Count / E), or, when <see cref="StepMajor"/>, to r mod E.
/// </summary>
internal readonly unsafe struct Rows(Real* data, int count, int width, nint stride, bool stepMajor = false)
{
    public readonly Real* Data = data;
    public readonly int Count = count;
    public readonly int Width = width;
    public readonly nint Stride = stride;
    public readonly bool StepMajor = stepMajor;

    /// <summary>The values of a tensor as rows.</summary>
    public static Rows Of(Tensor x) => new(x.Data, x.Shape.Rows, x.Shape.Columns, x.Shape.Columns);

    /// <summary>The gradient of a tensor as rows.</summary>
    public static Rows OfGradient(Tensor x) => new(x.GradientData, x.Shape.Rows, x.Shape.Columns, x.Shape.Columns);

    /// <summary>Row of an example and one of its steps.</summary>
    public Real* At(int example, int step, int examples) =>
        Data + (Stride * (StepMajor ? (nint)step * examples + example : (nint)example * (Count / examples) + step));
}
