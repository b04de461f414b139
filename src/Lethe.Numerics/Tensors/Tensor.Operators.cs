using Lethe.Numerics.Ops;

namespace Lethe.Numerics.Tensors;

#pragma warning disable CA2225 // The operators' named forms are the operations in Lethe.Numerics.Ops.
public unsafe partial class Tensor
{
    /// <summary>Element-wise sum; shapes align at the last axis and extents of 1 repeat.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => BinaryNode<AddFunction>.Apply(a, b);

    /// <summary>Element-wise difference.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => BinaryNode<SubtractFunction>.Apply(a, b);

    /// <summary>Element-wise product.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => BinaryNode<MultiplyFunction>.Apply(a, b);

    /// <summary>Element-wise quotient.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => BinaryNode<DivideFunction>.Apply(a, b);

    /// <summary>Adds a number.</summary>
    public static Tensor operator +(Tensor a, Real b) => a.AddConstant(b);

    /// <summary>Adds a number.</summary>
    public static Tensor operator +(Real a, Tensor b) => b.AddConstant(a);

    /// <summary>Subtracts a number.</summary>
    public static Tensor operator -(Tensor a, Real b) => a.AddConstant(-b);

    /// <summary>A number minus each element.</summary>
    public static Tensor operator -(Real a, Tensor b) => b.Scale(-1).AddConstant(a);

    /// <summary>Multiplies by a number.</summary>
    public static Tensor operator *(Tensor a, Real b) => a.Scale(b);

    /// <summary>Multiplies by a number.</summary>
    public static Tensor operator *(Real a, Tensor b) => b.Scale(a);

    /// <summary>Divides by a number.</summary>
    public static Tensor operator /(Tensor a, Real b) => a.Scale(1 / b);

    /// <summary>A number divided by each element.</summary>
    public static Tensor operator /(Real a, Tensor b) => b.Reciprocal(a);

    /// <summary>Negation.</summary>
    public static Tensor operator -(Tensor a) => a.Scale(-1);
}
