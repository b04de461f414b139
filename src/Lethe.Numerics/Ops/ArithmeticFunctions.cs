using System.Numerics;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>a + b.</summary>
internal readonly struct AddFunction : IBinary
{
    public static string Name => "Add";

    public static void Forward(ReadOnlySpan<Real> a, ReadOnlySpan<Real> b, Span<Real> y) => TensorPrimitives.Add(a, b, y);

    public static void ForwardRight(ReadOnlySpan<Real> a, Real b, Span<Real> y) => TensorPrimitives.Add(a, b, y);

    public static void ForwardLeft(Real a, ReadOnlySpan<Real> b, Span<Real> y) => TensorPrimitives.Add(b, a, y);

    public static Real SlopeA(Real dy, Real a, Real b) => dy;

    public static Vector<Real> SlopeA(Vector<Real> dy, Vector<Real> a, Vector<Real> b) => dy;

    public static Real SlopeB(Real dy, Real a, Real b) => dy;

    public static Vector<Real> SlopeB(Vector<Real> dy, Vector<Real> a, Vector<Real> b) => dy;

    public static (Tensor A, Tensor B) BackwardOnTape(Tensor dy, Tensor a, Tensor b) => (dy, dy);
}

/// <summary>a − b.</summary>
internal readonly struct SubtractFunction : IBinary
{
    public static string Name => "Subtract";

    public static void Forward(ReadOnlySpan<Real> a, ReadOnlySpan<Real> b, Span<Real> y) => TensorPrimitives.Subtract(a, b, y);

    public static void ForwardRight(ReadOnlySpan<Real> a, Real b, Span<Real> y) => TensorPrimitives.Subtract(a, b, y);

    public static void ForwardLeft(Real a, ReadOnlySpan<Real> b, Span<Real> y) => TensorPrimitives.Subtract(a, b, y);

    public static Real SlopeA(Real dy, Real a, Real b) => dy;

    public static Vector<Real> SlopeA(Vector<Real> dy, Vector<Real> a, Vector<Real> b) => dy;

    public static Real SlopeB(Real dy, Real a, Real b) => -dy;

    public static Vector<Real> SlopeB(Vector<Real> dy, Vector<Real> a, Vector<Real> b) => -dy;

    public static (Tensor A, Tensor B) BackwardOnTape(Tensor dy, Tensor a, Tensor b) => (dy, -dy);
}

/// <summary>a·b, element by element.</summary>
internal readonly struct MultiplyFunction : IBinary
{
    public static string Name => "Multiply";

    public static void Forward(ReadOnlySpan<Real> a, ReadOnlySpan<Real> b, Span<Real> y) => TensorPrimitives.Multiply(a, b, y);

    public static void ForwardRight(ReadOnlySpan<Real> a, Real b, Span<Real> y) => TensorPrimitives.Multiply(a, b, y);

    public static void ForwardLeft(Real a, ReadOnlySpan<Real> b, Span<Real> y) => TensorPrimitives.Multiply(b, a, y);

    public static Real SlopeA(Real dy, Real a, Real b) => dy * b;

    public static Vector<Real> SlopeA(Vector<Real> dy, Vector<Real> a, Vector<Real> b) => dy * b;

    public static Real SlopeB(Real dy, Real a, Real b) => dy * a;

    public static Vector<Real> SlopeB(Vector<Real> dy, Vector<Real> a, Vector<Real> b) => dy * a;

    public static (Tensor A, Tensor B) BackwardOnTape(Tensor dy, Tensor a, Tensor b) => (dy * b, dy * a);
}

/// <summary>a/b, element by element.</summary>
internal readonly struct DivideFunction : IBinary
{
    public static string Name => "Divide";

    public static void Forward(ReadOnlySpan<Real> a, ReadOnlySpan<Real> b, Span<Real> y) => TensorPrimitives.Divide(a, b, y);

    public static void ForwardRight(ReadOnlySpan<Real> a, Real b, Span<Real> y) => TensorPrimitives.Divide(a, b, y);

    public static void ForwardLeft(Real a, ReadOnlySpan<Real> b, Span<Real> y) => TensorPrimitives.Divide(a, b, y);

    public static Real SlopeA(Real dy, Real a, Real b) => dy / b;

    public static Vector<Real> SlopeA(Vector<Real> dy, Vector<Real> a, Vector<Real> b) => dy / b;

    public static Real SlopeB(Real dy, Real a, Real b) => -dy * a / (b * b);

    public static Vector<Real> SlopeB(Vector<Real> dy, Vector<Real> a, Vector<Real> b) => -dy * a / (b * b);

    public static (Tensor A, Tensor B) BackwardOnTape(Tensor dy, Tensor a, Tensor b) => (dy / b, -(dy * a / b.Square()));
}
