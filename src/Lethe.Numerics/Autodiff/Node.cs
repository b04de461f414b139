using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

/// <summary>
/// One recorded operation. The forward half is the static method that records it; <see cref="Backward"/> stands beside it
/// in the same file. Nodes are pooled per tape and type: fields are set at recording, never in constructors.
/// </summary>
internal abstract class Node
{
    /// <summary>What the operation made.</summary>
    public Tensor Output { get; set; } = null!;

    /// <summary>Name for messages, e.g. <c>Linear</c>.</summary>
    public abstract string Operation { get; }

    /// <summary>
    /// Pushes the gradient of <see cref="Output"/> to the inputs. Must overwrite what it was given by
    /// <see cref="GradientPass.Begin"/>, may scribble over the output's gradient, must not touch values.
    /// </summary>
    public abstract void Backward(GradientPass pass);

    /// <summary>
    /// The same as operations on the tape, so that the result can be differentiated again: gives each input its share of
    /// <paramref name="outputGradient"/> through <see cref="InputGradient.Add"/>. Only for operations that a gradient
    /// penalty meets.
    /// </summary>
    public virtual void BackwardOnTape(Tensor outputGradient, InputGradient gradient) => throw new NotSupportedException(
        $"{Operation} has no second derivative here. Gradient penalties need networks of Linear, activations, Dropout, LayerNorm, arithmetic, Concat, Slice and Reshape.");
}
