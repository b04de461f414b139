namespace Lethe.Numerics.Tensors;

/// <summary>
/// Numbers that outlive a step: a weight that an optimiser changes, or a running statistic (<see cref="Trainable"/> false).
/// Gradients of successive backward passes add up until <see cref="ClearGradient"/>.
/// </summary>
public sealed unsafe class Parameter : Tensor
{
    private Real[]? _gradient;

    /// <summary>A parameter of zeros.</summary>
    /// <param name="name">Its name inside its module, e.g. <c>weight</c>.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="trainable">False for running statistics.</param>
    public Parameter(string name, Shape shape, bool trainable = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Shape = shape;
        NeedsGradient = trainable;
        _owner = GC.AllocateArray<Real>(shape.Length + 16, pinned: true);
        Data = Kernels.Scratch.Align(_owner);
    }

    /// <summary>Name for messages, with the path of the modules that are known to hold it, e.g. <c>hidden.0.weight</c>.</summary>
    public string Name { get; internal set; }

    /// <summary>Whether backward passes give it a gradient. Switch off to freeze it.</summary>
    public bool Trainable
    {
        get => NeedsGradient;
        set => NeedsGradient = value;
    }

    /// <summary>The tape whose current backward pass asks for this parameter; see <see cref="Autodiff.Tape.Backward(Tensor, IReadOnlyList{Parameter})"/>.</summary>
    internal Autodiff.Tape? WantedBy { get; set; }

    /// <summary>Forgets the gradient, so that the next backward pass starts from zero.</summary>
    public void ClearGradient() => HasGradient = false;

    internal override void EnsureGradient()
    {
        if (GradientData != null)
            return;
        _gradient = GC.AllocateArray<Real>(Length + 16, pinned: true);
        GradientData = Kernels.Scratch.Align(_gradient);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}
