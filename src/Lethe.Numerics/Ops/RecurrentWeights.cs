using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Weights of one direction of one recurrent layer; gate blocks in PyTorch's order (GRU: r, z, n; LSTM: i, f, g, o).</summary>
/// <param name="Input">[gates·hidden, inputs].</param>
/// <param name="State">[gates·hidden, hidden].</param>
/// <param name="InputBias">[gates·hidden], or null.</param>
/// <param name="StateBias">[gates·hidden], or null. Only the GRU's candidate block differs in effect from <paramref name="InputBias"/>.</param>
public readonly record struct RecurrentWeights(Tensor Input, Tensor State, Tensor? InputBias = null, Tensor? StateBias = null);

/// <summary>The state of one direction of one recurrent layer between two stretches of a sequence.</summary>
/// <param name="Hidden">h, [examples, hidden]; null stands for zeros.</param>
/// <param name="Cell">c of an LSTM, [examples, hidden]; null stands for zeros, or for no such state.</param>
public readonly record struct RecurrentState(Tensor? Hidden = null, Tensor? Cell = null);

/// <summary>What a recurrent operation gives.</summary>
/// <param name="Sequence">h of every step, [examples, steps, hidden]; zero at and after an example's length.</param>
/// <param name="Last">The state after the last valid step (the first one of the sequence when it runs in reverse).</param>
public readonly record struct RecurrentOutput(Tensor Sequence, RecurrentState Last);

/// <summary>Where the reset gate of a GRU acts. The two are not interchangeable for loading weights.</summary>
public enum GruForm
{
    /// <summary>n = tanh(W x + b + r·(U h + c)): cuDNN, PyTorch, Keras since 2.</summary>
    ResetAfter,

    /// <summary>n = tanh(W x + b + U(r·h)): the cell of TensorFlow 1. Has no state bias.</summary>
    ResetBefore,
}
