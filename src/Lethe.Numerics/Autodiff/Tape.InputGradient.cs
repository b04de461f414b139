using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

public sealed unsafe partial class Tape
{
    /// <summary>
    /// ∂(Σ output)/∂input as a tensor that can be differentiated again: the gradient of a gradient penalty, exactly. For
    /// piecewise linear activations the slopes are constants (almost everywhere), for smooth ones they carry
    /// their own gradient; dropout masks are those of the forward pass.
    /// </summary>
    /// <param name="output">Scores, e.g. [examples, 1].</param>
    /// <param name="input">What <see cref="Variable"/> made.</param>
    /// <returns>A tensor of the input's shape.</returns>
    /// <exception cref="NotSupportedException">An operation between them has no second derivative here.</exception>
    public Tensor InputGradient(Tensor output, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(input);
        if (!input.NeedsGradient)
            throw new ArgumentException("InputGradient: the input needs to be a Variable of this tape.", nameof(input));
        InputGradient gradient = new();
        gradient.Add(output, Constant(output.Shape, 1));
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            Node node = _nodes[i];
            if (node.Output != input && gradient.TryTake(node.Output, out Tensor share))
                node.BackwardOnTape(share, gradient);
        }

        return gradient.TryTake(input, out Tensor result)
            ? result
            : throw new ArgumentException("InputGradient: the output does not depend on the input.", nameof(input));
    }
}
