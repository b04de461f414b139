using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops.Recurrent;

/// <summary>Records a whole sequence of any <see cref="IRecurrentCell"/> as one operation.</summary>
internal sealed unsafe class RecurrentNode<TCell> : Node
    where TCell : struct, IRecurrentCell
{
    private Tensor _x = null!;
    private RecurrentWeights _weights;
    private RecurrentState _initial;
    private RecurrentSweep<TCell> _sweep;

    // Copies of the gradients by the last states, while a backward pass is between their nodes and this one.
    private Real* _lastStateGradient, _lastCellGradient;

    public override string Operation => TCell.Name;

    public static RecurrentOutput Apply(Tensor x, in RecurrentWeights weights, in RecurrentState initial, ReadOnlySpan<int> lengths, bool reverse)
    {
        Tape tape = x.RequireTape(TCell.Name);
        int examples = x.Shape[0], steps = x.Shape[1], width = weights.State.Shape[1];
        Tensor y = tape.Allocate(new Shape(examples, steps, width));
        Tensor state = tape.Allocate(new Shape(examples, width));
        Tensor? cell = TCell.HasCell ? tape.Allocate(state.Shape) : null;
        int rows = examples * steps, gates = TCell.Gates * width;
        RecurrentSweep<TCell> sweep = new()
        {
            Examples = examples,
            Steps = steps,
            Inputs = x.Shape[2],
            Width = width,
            Reverse = reverse,
            X = x.Data,
            InputWeight = weights.Input.Data,
            StateWeight = weights.State.Data,
            InputBias = weights.InputBias is null ? null : weights.InputBias.Data,
            StateBias = weights.StateBias is null ? null : weights.StateBias.Data,
            InitialState = initial.Hidden is null ? null : initial.Hidden.Data,
            InitialCell = initial.Cell is null ? null : initial.Cell.Data,
            Lengths = KeepLengths(tape, lengths),
            Gates = tape.Rent(rows * gates),
            Saved = tape.Rent(rows * TCell.Saved * width),
            Previous = tape.Rent(rows * width),
            Output = y.Data,
            LastState = state.Data,
            LastCell = cell is null ? null : cell.Data,
        };
        WithPackedWeights(tape, ref sweep, sweep.PackedForward, forward: true);
        if (tape.Record<RecurrentNode<TCell>>(y, Needed(x, weights, initial)) is not { } node)
        {
            tape.Return(sweep.Gates, rows * gates);
            tape.Return(sweep.Saved, rows * TCell.Saved * width);
            tape.Return(sweep.Previous, rows * width);
            return new RecurrentOutput(y, new RecurrentState(state, cell));
        }

        (node._x, node._weights, node._initial, node._sweep) = (x, weights, initial, sweep);
        node._lastStateGradient = node._lastCellGradient = null;
        tape.Record<LastStateNode>(state, true)!.Set(node, isCell: false);
        if (cell is not null)
            tape.Record<LastStateNode>(cell, true)!.Set(node, isCell: true);
        return new RecurrentOutput(y, new RecurrentState(state, cell));
    }

    public override void Backward(GradientPass pass)
    {
        Tape tape = Output.Tape!;
        int rows = _sweep.Examples * _sweep.Steps, gates = TCell.Gates * _sweep.Width;
        Real* delta = tape.Rent(rows * gates), stateDelta = TCell.SplitsDelta ? tape.Rent(rows * gates) : delta;
        RecurrentSweep<TCell> sweep = _sweep;
        sweep.OutputGradient = Output.GradientData;
        sweep.LastStateGradient = _lastStateGradient;
        sweep.LastCellGradient = _lastCellGradient;
        sweep.Delta = delta;
        sweep.StateDelta = stateDelta;
        bool toState = _initial.Hidden is not null && pass.Wants(_initial.Hidden), toCell = _initial.Cell is not null && pass.Wants(_initial.Cell);
        sweep.InitialStateGradient = toState ? tape.Rent(_initial.Hidden!.Length) : null;
        sweep.InitialCellGradient = toCell ? tape.Rent(_initial.Cell!.Length) : null;
        if (pass.Wants(_x))
        {
            sweep.AddToInput = pass.OpenForProduct(_x);
            sweep.InputGradient = _x.GradientData;
        }

        WithPackedWeights(tape, ref sweep, sweep.PackedBackward, forward: false);
        if (toState)
            Deliver(tape, pass, _initial.Hidden!, sweep.InitialStateGradient);
        if (toCell)
            Deliver(tape, pass, _initial.Cell!, sweep.InitialCellGradient);
        ReturnLast(tape, ref _lastStateGradient);
        ReturnLast(tape, ref _lastCellGradient);
        DeliverToWeights(pass, delta, stateDelta, rows, gates);
        if (pass.KeepsFactors)
            return;
        tape.Return(delta, rows * gates);
        if (stateDelta != delta)
            tape.Return(stateDelta, rows * gates);
    }

    // G_ih = Σ δ ⊗ x, G_hh = Σ δ' ⊗ h₋₁; where the candidate is made after the reset, its rows of G_hh take r·h₋₁.
    private void DeliverToWeights(GradientPass pass, Real* delta, Real* stateDelta, int rows, int gates)
    {
        int width = _sweep.Width, first = TCell.TwoStage ? gates - width : gates;
        Rows d = new(delta, rows, gates, gates), s = new(stateDelta, rows, gates, gates);
        pass.OuterProduct(_weights.Input, d, new Rows(_x.Data, rows, _sweep.Inputs, _sweep.Inputs));
        pass.OuterProduct(_weights.State, new Rows(stateDelta, rows, first, gates), new Rows(_sweep.Previous, rows, width, width));
        if (TCell.TwoStage)
            pass.OuterProduct(_weights.State, new Rows(delta + first, rows, width, gates), new Rows(_sweep.Saved, rows, width, width), first * width);
        if (_weights.InputBias is not null)
            pass.RowSum(_weights.InputBias, d);
        if (_weights.StateBias is not null)
            pass.RowSum(_weights.StateBias, s);
    }

    private static void Deliver(Tape tape, GradientPass pass, Tensor initial, Real* gradient)
    {
        Real* buffer = pass.Begin(initial);
        new ReadOnlySpan<Real>(gradient, initial.Length).CopyTo(new Span<Real>(buffer, initial.Length));
        pass.End(initial, buffer);
        tape.Return(gradient, initial.Length);
    }

    private static bool Needed(Tensor x, in RecurrentWeights w, in RecurrentState initial) =>
        x.NeedsGradient || w.Input.NeedsGradient || w.State.NeedsGradient || w.InputBias is { NeedsGradient: true } || w.StateBias is { NeedsGradient: true }
        || initial.Hidden is { NeedsGradient: true } || initial.Cell is { NeedsGradient: true };

    private static void WithPackedWeights(Tape tape, ref RecurrentSweep<TCell> sweep, (int Input, int State, int Second) lengths, bool forward)
    {
        sweep.PackedInput = tape.Rent(lengths.Input);
        sweep.PackedState = tape.Rent(lengths.State);
        sweep.PackedSecond = lengths.Second > 0 ? tape.Rent(lengths.Second) : null;
        if (forward)
            sweep.Forward();
        else
            sweep.Backward();
        tape.Return(sweep.PackedInput, lengths.Input);
        tape.Return(sweep.PackedState, lengths.State);
        if (lengths.Second > 0)
            tape.Return(sweep.PackedSecond, lengths.Second);
    }

    private static int* KeepLengths(Tape tape, ReadOnlySpan<int> lengths)
    {
        if (lengths.IsEmpty)
            return null;
        int* kept = (int*)tape.Rent(lengths.Length);
        lengths.CopyTo(new Span<int>(kept, lengths.Length));
        return kept;
    }

    private void ReturnLast(Tape tape, ref Real* gradient)
    {
        if (gradient != null)
            tape.Return(gradient, _sweep.Examples * _sweep.Width);
        gradient = null;
    }

    /// <summary>The state after the last step as a result of its own: keeps its gradient for the sequence's backward step, which follows.</summary>
    private sealed class LastStateNode : Node
    {
        private RecurrentNode<TCell> _sequence = null!;
        private bool _isCell;

        public override string Operation => TCell.Name;

        public void Set(RecurrentNode<TCell> sequence, bool isCell)
        {
            _sequence = sequence;
            _isCell = isCell;
        }

        public override void Backward(GradientPass pass)
        {
            Real* copy = Output.Tape!.Rent(Output.Length);
            new ReadOnlySpan<Real>(Output.GradientData, Output.Length).CopyTo(new Span<Real>(copy, Output.Length));
            if (_isCell)
                _sequence._lastCellGradient = copy;
            else
                _sequence._lastStateGradient = copy;

            // The sequence's node runs only if its output has a gradient.
            Tensor y = _sequence.Output;
            if (!pass.OpenForProduct(y))
                new Span<Real>(y.GradientData, y.Length).Clear();
        }
    }
}
