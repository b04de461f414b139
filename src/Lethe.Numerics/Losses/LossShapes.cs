using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

internal static class LossShapes
{
    public static void RequireEqual(string operation, Tensor x, Tensor target)
    {
        if (x.Shape != target.Shape)
            throw new ArgumentException($"{operation}: shapes {x.Shape} and {target.Shape} must be equal (a loss never repeats values silently).");
    }
}
