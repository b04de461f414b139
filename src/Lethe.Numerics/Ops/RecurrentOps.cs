using Lethe.Numerics.Ops.Recurrent;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>
/// Recurrent networks over whole sequences, one operation per layer and direction. An example's state stays frozen at and
/// after its length, its outputs are zero there and no gradient comes from there. In reverse, an example starts at its own
/// last valid step.
/// </summary>
public static class RecurrentOps
{
    /// <summary>Gated recurrent unit.</summary>
    /// <param name="x">[examples, steps, inputs].</param>
    /// <param name="weights">Three gate blocks r, z, n.</param>
    /// <param name="initial">State before the first step; the default is zero.</param>
    /// <param name="lengths">Valid steps per example, 0 … steps; empty when all are valid.</param>
    /// <param name="reverse">Run from the last valid step to the first.</param>
    /// <param name="form">Where the reset gate acts.</param>
    /// <exception cref="ArgumentException">Shapes do not fit; the message names them.</exception>
    public static RecurrentOutput Gru(this Tensor x, RecurrentWeights weights, RecurrentState initial = default, ReadOnlySpan<int> lengths = default, bool reverse = false, GruForm form = GruForm.ResetAfter)
    {
        Check("Gru", 3, x, weights, initial, lengths);
        if (initial.Cell is not null)
            throw new ArgumentException("Gru: its state has no cell; give only the hidden part.", nameof(initial));
        if (form == GruForm.ResetAfter)
            return RecurrentNode<GruCell>.Apply(x, weights, initial, lengths, reverse);
        return weights.StateBias is null
            ? RecurrentNode<ResetFirstGruCell>.Apply(x, weights, initial, lengths, reverse)
            : throw new ArgumentException("Gru: the form with the reset before the product has one bias; leave the state bias out.", nameof(weights));
    }

    /// <summary>Long short-term memory.</summary>
    /// <param name="x">[examples, steps, inputs].</param>
    /// <param name="weights">Four gate blocks i, f, g, o.</param>
    /// <param name="initial">State before the first step; the default is zero.</param>
    /// <param name="lengths">Valid steps per example, 0 … steps; empty when all are valid.</param>
    /// <param name="reverse">Run from the last valid step to the first.</param>
    /// <exception cref="ArgumentException">Shapes do not fit; the message names them.</exception>
    public static RecurrentOutput Lstm(this Tensor x, RecurrentWeights weights, RecurrentState initial = default, ReadOnlySpan<int> lengths = default, bool reverse = false)
    {
        Check("Lstm", 4, x, weights, initial, lengths);
        return RecurrentNode<LstmCell>.Apply(x, weights, initial, lengths, reverse);
    }

    private static void Check(string operation, int gates, Tensor x, in RecurrentWeights weights, in RecurrentState initial, ReadOnlySpan<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (weights.Input is null || weights.State is null)
            throw new ArgumentException($"{operation}: weights for input and state are needed.", nameof(weights));
        int width = weights.State.Shape.Columns, rows = gates * width;
        if (x.Shape.Rank != 3 || weights.Input.Shape != new Shape(rows, x.Shape.Columns) || weights.State.Shape != new Shape(rows, width)
            || (weights.InputBias is not null && weights.InputBias.Length != rows) || (weights.StateBias is not null && weights.StateBias.Length != rows))
        {
            throw new ArgumentException($"{operation}: x {x.Shape} [examples, steps, inputs] with weights {weights.Input.Shape} and {weights.State.Shape}, biases {weights.InputBias?.Shape.ToString() ?? "none"} and {weights.StateBias?.Shape.ToString() ?? "none"}: expected [{gates}·hidden, inputs], [{gates}·hidden, hidden] and [{gates}·hidden].");
        }

        foreach (Tensor? state in new ReadOnlySpan<Tensor?>([initial.Hidden, initial.Cell]))
        {
            if (state is not null && state.Shape != new Shape(x.Shape[0], width))
                throw new ArgumentException($"{operation}: initial state {state.Shape} should be [{x.Shape[0]}, {width}].", nameof(initial));
        }

        CheckLengths(operation, lengths, x.Shape[0], x.Shape[1]);
    }

    /// <summary>Lengths are absent or one per example, within the steps.</summary>
    internal static void CheckLengths(string operation, ReadOnlySpan<int> lengths, int examples, int steps)
    {
        if (lengths.IsEmpty)
            return;
        if (lengths.Length != examples)
            throw new ArgumentException($"{operation}: {lengths.Length} lengths for {examples} examples.", nameof(lengths));
        foreach (int length in lengths)
        {
            if (length < 0 || length > steps)
                throw new ArgumentException($"{operation}: a length of {length} lies outside 0 … {steps}.", nameof(lengths));
        }
    }
}
