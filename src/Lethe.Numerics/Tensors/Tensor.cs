using Lethe.Numerics.Autodiff;

namespace Lethe.Numerics.Tensors;

/// <summary>
/// A row-major block of numbers on a <see cref="Tape"/>. Made by the tape or by an operation; lives until the tape is
/// reset, when its object and memory are used again. Axis 0 is the example. Not thread-safe.
/// </summary>
public unsafe partial class Tensor
{
    // Keeps the pinned array behind Data alive.
    private protected Real[]? _owner;

    internal Tensor()
    {
    }

    /// <summary>Extents of the axes.</summary>
    public Shape Shape { get; private protected set; }

    /// <summary>Number of elements.</summary>
    public int Length => Shape.Length;

    /// <summary>Where the tensor was recorded; null for a <see cref="Parameter"/>.</summary>
    public Tape? Tape { get; private set; }

    /// <summary>True when a gradient flows back to or through this tensor.</summary>
    public bool NeedsGradient { get; internal set; }

    /// <summary>The numbers, row-major. Valid until the tape is reset.</summary>
    public Span<Real> Values => new(Data, Length);

    /// <summary>
    /// The gradient of the last <see cref="Autodiff.Tape.Backward(Tensor)"/>: kept for parameters and for
    /// <see cref="Autodiff.Tape.Variable"/>, released for intermediate results. Zero where none has arrived.
    /// </summary>
    public Span<Real> Gradient
    {
        get
        {
            if (!HasGradient)
            {
                EnsureGradient();
                new Span<Real>(GradientData, Length).Clear();
                HasGradient = true;
            }

            return new Span<Real>(GradientData, Length);
        }
    }

    /// <summary>The number of a one-element tensor, e.g. a loss.</summary>
    /// <exception cref="InvalidOperationException">The tensor has more than one element.</exception>
    public Real Item => Length == 1 ? Data[0] : throw new InvalidOperationException($"Item reads a tensor of one element; this one has shape {Shape}.");

    internal Real* Data { get; private protected set; }

    internal Real* GradientData { get; set; }

    internal bool HasGradient { get; set; }

    /// <summary>Set on what <see cref="Autodiff.Tape.Variable"/> makes: its gradient outlives the backward pass.</summary>
    internal bool KeepsGradient { get; set; }

    /// <summary>Last columns whose gradient nobody asks for, e.g. constants appended to a layer's input; products may leave them out and write 0.</summary>
    internal int UnwantedTail { get; set; }

    /// <summary>The tensor seen as a matrix: all axes but the last are rows.</summary>
    internal Kernels.MatrixView Matrix => new(Data, Shape.Rows, Shape.Columns);

    internal void Set(Tape tape, Shape shape, Real* data, bool needsGradient)
    {
        Tape = tape;
        Shape = shape;
        Data = data;
        NeedsGradient = needsGradient;
        GradientData = null;
        HasGradient = false;
        KeepsGradient = false;
        UnwantedTail = 0;
    }

    internal virtual void EnsureGradient()
    {
        if (GradientData == null)
            GradientData = Tape!.Rent(Length);
    }

    /// <summary>The tape of this tensor.</summary>
    /// <exception cref="InvalidOperationException">This is a parameter, which lives on no tape.</exception>
    internal Tape RequireTape(string operation) => Tape ?? throw new InvalidOperationException(
        $"{operation}: a parameter alone does not say which tape to record on. Bring it there first with tape.Use(parameter).");
}
