namespace Lethe.Numerics.Ops.Recurrent;

/// <summary>
/// One step of one example of a recurrent network, without its matrix products: <see cref="RecurrentSweep{TCell}"/> does
/// those. Widths are multiples of the state's width H; blocks of H stand in the order of the weights' rows.
/// </summary>
internal unsafe interface IRecurrentCell
{
    /// <summary>Name for messages.</summary>
    static abstract string Name { get; }

    /// <summary>Blocks of H in the pre-activations.</summary>
    static abstract int Gates { get; }

    /// <summary>Blocks of H that the backward pass needs besides the gates and the previous state.</summary>
    static abstract int Saved { get; }

    /// <summary>Whether there is a second state c.</summary>
    static abstract bool HasCell { get; }

    /// <summary>Whether the gradient by the state's share of the pre-activations differs from that by the input's.</summary>
    static abstract bool SplitsDelta { get; }

    /// <summary>
    /// Whether the last block's product takes, in place of the state, what <see cref="Reset"/> left in <c>saved</c>.
    /// </summary>
    static abstract bool TwoStage { get; }

    /// <summary>The step. </summary>
    /// <param name="gates">[Gates·H], the input's share of the pre-activations; becomes the gates.</param>
    /// <param name="fromState">[Gates·H], the state's share.</param>
    /// <param name="h">[H], the state; becomes the next one.</param>
    /// <param name="c">[H], the second state; becomes the next one.</param>
    /// <param name="saved">[Saved·H].</param>
    /// <param name="width">H.</param>
    static abstract void Forward(Real* gates, Real* fromState, Real* h, Real* c, Real* saved, int width);

    /// <summary>The step backwards, except for products.</summary>
    /// <param name="gates">As the forward step left them.</param>
    /// <param name="saved">As the forward step left it.</param>
    /// <param name="previous">[H], the state before the step.</param>
    /// <param name="dh">[H], the gradient by the next state; becomes its direct share in the gradient by the previous one.</param>
    /// <param name="dc">[H], the same for the second state.</param>
    /// <param name="delta">[Gates·H], receives the gradient by the input's share of the pre-activations.</param>
    /// <param name="stateDelta">[Gates·H], receives that by the state's share; the same memory unless <see cref="SplitsDelta"/>.</param>
    /// <param name="width">H.</param>
    static abstract void Backward(Real* gates, Real* saved, Real* previous, Real* dh, Real* dc, Real* delta, Real* stateDelta, int width);

    /// <summary>First stage of a <see cref="TwoStage"/> step: gates but the last block, and <c>saved</c>.</summary>
    static virtual void Reset(Real* gates, Real* fromState, Real* h, Real* saved, int width)
    {
    }

    /// <summary>Backwards through <see cref="Reset"/>; <paramref name="dSaved"/> is the gradient by <c>saved</c>.</summary>
    static virtual void ResetBackward(Real* gates, Real* previous, Real* dSaved, Real* dh, Real* delta, int width)
    {
    }
}
