using Lethe.Numerics.Kernels;
using Lethe.Numerics.Threading;

namespace Lethe.Numerics.Ops.Recurrent;

/// <summary>
/// A whole sequence forwards or backwards. Examples are dealt with in blocks that stay in the second-level cache for all steps: the
/// input's share of the pre-activations in one product, then step by step the state's. Blocks are independent, so
/// threads share them without waiting for each other, and the result does not depend on their size. Weights are packed once.
/// </summary>
internal unsafe struct RecurrentSweep<TCell>
    where TCell : struct, IRecurrentCell
{
    // 24 examples × 24 steps × 4 blocks of 64 floats take 590 KB with the gates; below 12 rows the micro-kernel is not filled.
    private const int RowsPerBlock = 24;

    public int Examples, Steps, Inputs, Width;
    public bool Reverse;

    /// <summary>[examples, steps, inputs].</summary>
    public Real* X;

    /// <summary>[Gates·H, inputs], [Gates·H, H], [Gates·H] or null, [Gates·H] or null.</summary>
    public Real* InputWeight, StateWeight, InputBias, StateBias;

    /// <summary>[examples, H] or null.</summary>
    public Real* InitialState, InitialCell;

    /// <summary>[examples], or null when all examples have all steps.</summary>
    public int* Lengths;

    /// <summary>[examples, steps, Gates·H], [examples, steps, Saved·H], [examples, steps, H] (state before each step).</summary>
    public Real* Gates, Saved, Previous;

    /// <summary>[examples, steps, H], [examples, H], [examples, H].</summary>
    public Real* Output, LastState, LastCell;

    /// <summary>Gradients by the three outputs; the last two may be null.</summary>
    public Real* OutputGradient, LastStateGradient, LastCellGradient;

    /// <summary>[examples, steps, Gates·H] each, the same unless the cell splits them.</summary>
    public Real* Delta, StateDelta;

    /// <summary>Gradients by the input and the initial states, or null. The first is added to when <see cref="AddToInput"/>.</summary>
    public Real* InputGradient, InitialStateGradient, InitialCellGradient;

    public bool AddToInput;

    /// <summary>Packed weights: the input's, the state's for the first stage (or the only one), the state's for the second.</summary>
    public Real* PackedInput, PackedState, PackedSecond;

    private int _parts;

    private readonly int GateWidth => TCell.Gates * Width;

    private readonly int FirstStage => TCell.TwoStage ? GateWidth - Width : GateWidth;

    private readonly MatrixView InputWeights => new(InputWeight, GateWidth, Inputs);

    private readonly MatrixView FirstWeights => new(StateWeight, FirstStage, Width);

    private readonly MatrixView SecondWeights => new(StateWeight + ((nint)FirstStage * Width), Width, Width);

    /// <summary>Elements of packed weights, forward and backward alike.</summary>
    public readonly (int Input, int State, int Second) PackedForward => (
        MatrixProduct.PackedLength(Inputs, GateWidth), MatrixProduct.PackedLength(Width, FirstStage), TCell.TwoStage ? MatrixProduct.PackedLength(Width, Width) : 0);

    public readonly (int Input, int State, int Second) PackedBackward => (
        MatrixProduct.PackedLength(GateWidth, Inputs), MatrixProduct.PackedLength(FirstStage, Width), TCell.TwoStage ? MatrixProduct.PackedLength(Width, Width) : 0);

    public void Forward()
    {
        MatrixProduct.Pack(InputWeights.Transposed, PackedInput);
        MatrixProduct.Pack(FirstWeights.Transposed, PackedState);
        if (TCell.TwoStage)
            MatrixProduct.Pack(SecondWeights.Transposed, PackedSecond);
        Run(&ForwardPart);
    }

    public void Backward()
    {
        if (InputGradient != null)
            MatrixProduct.Pack(InputWeights, PackedInput);
        MatrixProduct.Pack(FirstWeights, PackedState);
        if (TCell.TwoStage)
            MatrixProduct.Pack(SecondWeights, PackedSecond);
        Run(&BackwardPart);
    }

    private void Run(delegate*<void*, int, void> part)
    {
        if (Examples == 0)
            return;
        int threads = ComputeThreads.For(2.0 * Examples * Steps * GateWidth * (Inputs + Width));
        int rounds = (Examples + (RowsPerBlock * threads) - 1) / (RowsPerBlock * threads);
        _parts = Math.Min(Examples, threads * rounds);
        fixed (RecurrentSweep<TCell>* self = &this)
            ComputeThreads.Run(_parts, threads, self, part);
    }

    private static void ForwardPart(void* state, int part)
    {
        RecurrentSweep<TCell>* sweep = (RecurrentSweep<TCell>*)state;
        sweep->ForwardBlock((int)((long)sweep->Examples * part / sweep->_parts), (int)((long)sweep->Examples * (part + 1) / sweep->_parts));
    }

    private static void BackwardPart(void* state, int part)
    {
        RecurrentSweep<TCell>* sweep = (RecurrentSweep<TCell>*)state;
        sweep->BackwardBlock((int)((long)sweep->Examples * part / sweep->_parts), (int)((long)sweep->Examples * (part + 1) / sweep->_parts));
    }

    private readonly void ForwardBlock(int from, int to)
    {
        int rows = to - from, h = Width, g = GateWidth, savedWidth = TCell.Saved * h;
        Real* state = Scratch.Get(ScratchSlot.Operation, rows * ((2 * h) + g)), cell = state + (rows * h), fromState = cell + (rows * h);
        Start(state, InitialState, from, rows);
        if (TCell.HasCell)
            Start(cell, InitialCell, from, rows);
        nint first = (nint)from * Steps;
        MatrixProduct.Run(new MatrixView(X + (first * Inputs), rows * Steps, Inputs), InputWeights.Transposed, Gates + (first * g), g, new ProductOptions { Packed = PackedInput, Bias = InputBias });
        for (int s = 0; s < Steps; s++)
        {
            int t = Reverse ? Steps - 1 - s : s;
            MatrixProduct.Run(new MatrixView(state, rows, h), FirstWeights.Transposed, fromState, g, new ProductOptions { Packed = PackedState, Bias = StateBias });
            if (TCell.TwoStage)
                ResetBlock(from, rows, t, state, fromState);
            for (int row = 0; row < rows; row++)
            {
                nint at = first + ((nint)row * Steps) + t;
                Real* hidden = state + (row * h), output = Output + (at * h);
                Copy(hidden, Previous + (at * h), h);
                if (Lengths != null && t >= Lengths[from + row])
                {
                    Clear(output, h);
                    continue;
                }

                TCell.Forward(Gates + (at * g), fromState + (row * g), hidden, cell + (row * h), Saved + (at * savedWidth), h);
                Copy(hidden, output, h);
            }
        }

        Copy(state, LastState + ((nint)from * h), rows * h);
        if (TCell.HasCell)
            Copy(cell, LastCell + ((nint)from * h), rows * h);
    }

    private readonly void ResetBlock(int from, int rows, int t, Real* state, Real* fromState)
    {
        int h = Width, g = GateWidth;
        nint first = (nint)from * Steps;
        for (int row = 0; row < rows; row++)
        {
            nint at = first + ((nint)row * Steps) + t;
            if (Lengths != null && t >= Lengths[from + row])
                Clear(Saved + (at * h), h);
            else
                TCell.Reset(Gates + (at * g), fromState + (row * g), state + (row * h), Saved + (at * h), h);
        }

        MatrixView reset = new(Saved + ((first + t) * h), rows, h, (nint)Steps * h, 1);
        MatrixProduct.Run(reset, SecondWeights.Transposed, fromState + FirstStage, g, new ProductOptions { Packed = PackedSecond });
    }

    private readonly void BackwardBlock(int from, int to)
    {
        int rows = to - from, h = Width, g = GateWidth, savedWidth = TCell.Saved * h;
        Real* dh = Scratch.Get(ScratchSlot.Operation, 3 * rows * h), dc = dh + (rows * h), dSaved = dc + (rows * h);
        Start(dh, LastStateGradient, from, rows);
        Start(dc, LastCellGradient, from, rows);
        nint first = (nint)from * Steps;
        for (int s = Steps - 1; s >= 0; s--)
        {
            int t = Reverse ? Steps - 1 - s : s;
            for (int row = 0; row < rows; row++)
            {
                nint at = first + ((nint)row * Steps) + t;
                if (s > 0)
                    PrefetchStep(Reverse ? at + 1 : at - 1);
                if (Lengths != null && t >= Lengths[from + row])
                {
                    Clear(Delta + (at * g), g);
                    Clear(StateDelta + (at * g), g);
                    continue;
                }

                Elementwise.AddTo(dh + (row * h), OutputGradient + (at * h), h);
                TCell.Backward(Gates + (at * g), Saved + (at * savedWidth), Previous + (at * h), dh + (row * h), dc + (row * h), Delta + (at * g), StateDelta + (at * g), h);
            }

            if (TCell.TwoStage)
                ResetBackwardBlock(from, rows, t, dh, dSaved);
            MatrixView delta = new(StateDelta + ((first + t) * g), rows, FirstStage, (nint)Steps * g, 1);
            MatrixProduct.Run(delta, FirstWeights, dh, h, new ProductOptions { Packed = PackedState, Accumulate = true });
        }

        if (InitialStateGradient != null)
            Copy(dh, InitialStateGradient + ((nint)from * h), rows * h);
        if (InitialCellGradient != null)
            Copy(dc, InitialCellGradient + ((nint)from * h), rows * h);
        if (InputGradient != null)
            MatrixProduct.Run(new MatrixView(Delta + (first * g), rows * Steps, g), InputWeights, InputGradient + (first * Inputs), Inputs, new ProductOptions { Packed = PackedInput, Accumulate = AddToInput });
    }

    // The backward pass comes long after the forward one, and rows of one step lie a whole example apart, which no processor foresees:
    // while a step is computed, the one that follows is fetched.
    private readonly void PrefetchStep(nint at)
    {
        Prefetch.Range(Gates + (at * GateWidth), GateWidth);
        Prefetch.Range(Delta + (at * GateWidth), GateWidth);
        if (TCell.SplitsDelta)
            Prefetch.Range(StateDelta + (at * GateWidth), GateWidth);
        Prefetch.Range(Previous + (at * Width), Width);
        Prefetch.Range(OutputGradient + (at * Width), Width);
        if (TCell.Saved > 0)
            Prefetch.Range(Saved + (at * TCell.Saved * Width), TCell.Saved * Width);
    }

    private readonly void ResetBackwardBlock(int from, int rows, int t, Real* dh, Real* dSaved)
    {
        int h = Width, g = GateWidth;
        nint first = (nint)from * Steps;
        MatrixView delta = new(Delta + ((first + t) * g) + FirstStage, rows, h, (nint)Steps * g, 1);
        MatrixProduct.Run(delta, SecondWeights, dSaved, h, new ProductOptions { Packed = PackedSecond });
        for (int row = 0; row < rows; row++)
        {
            nint at = first + ((nint)row * Steps) + t;
            if (Lengths == null || t < Lengths[from + row])
                TCell.ResetBackward(Gates + (at * g), Previous + (at * h), dSaved + (row * h), dh + (row * h), Delta + (at * g), h);
        }
    }

    private readonly void Start(Real* target, Real* source, int from, int rows)
    {
        if (source == null)
            Clear(target, rows * Width);
        else
            Copy(source + ((nint)from * Width), target, rows * Width);
    }

    private static void Copy(Real* from, Real* to, int length) => new ReadOnlySpan<Real>(from, length).CopyTo(new Span<Real>(to, length));

    private static void Clear(Real* x, int length) => new Span<Real>(x, length).Clear();
}
