using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

/// <summary>
/// Records operations and differentiates them in reverse. A training step is: <see cref="Reset"/>, bring inputs, call
/// layers and operations, <see cref="Backward(Tensor)"/>, optimiser step. All memory of a step belongs to the tape and is
/// used again by the next one: after the first steps nothing is allocated. Not thread-safe; one tape per thread.
/// </summary>
public sealed unsafe partial class Tape
{
    private readonly Arena _arena = new();
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<Type, Stack<Node>> _nodePool = [];
    private readonly List<Tensor> _tensors = [];
    private readonly PlainGradients _plain;
    private int _tensorCount;

    /// <summary>An empty tape.</summary>
    public Tape() => _plain = new PlainGradients(this);

    /// <summary>Number of times the tape was reset: the step that messages name.</summary>
    public long Step { get; private set; }

    /// <summary>False records nothing, for sampling and evaluation: results are the same, gradients are not available.</summary>
    public bool Recording { get; set; } = true;

    /// <summary>Most memory that the tensors of one step have taken, in bytes.</summary>
    public long PeakBytes => _arena.Peak * sizeof(Real);

    /// <summary>Forgets everything recorded and takes all tensors back. They must not be used afterwards.</summary>
    public void Reset()
    {
        Clear();
        Step++;
    }

    /// <summary>The same within a step, between its parts.</summary>
    internal void Clear()
    {
        foreach (Node node in _nodes)
            _nodePool[node.GetType()].Push(node);
        _nodes.Clear();
        _tensorCount = 0;
        _arena.Reset();
    }

    /// <summary>Takes the memory of a step at once, e.g. what <see cref="Training.StepMemory"/> foresees. Forgets everything recorded.</summary>
    /// <param name="bytes">Room for the tensors of a step.</param>
    public void Reserve(long bytes)
    {
        Reset();
        _arena.Reserve(checked((int)Math.Min(bytes / sizeof(Real), Array.MaxLength - 64)));
    }

    /// <summary>A tensor without gradient, for the caller to fill (<see cref="Tensor.Values"/> are not cleared).</summary>
    public Tensor Input(Shape shape) => Allocate(shape);

    /// <summary>A tensor without gradient holding a copy of these numbers.</summary>
    /// <exception cref="ArgumentException">The count differs from the shape's.</exception>
    public Tensor Input(ReadOnlySpan<Real> values, Shape shape)
    {
        if (values.Length != shape.Length)
            throw new ArgumentException($"Input: {values.Length} numbers do not fill shape {shape}.", nameof(values));
        Tensor tensor = Allocate(shape);
        values.CopyTo(tensor.Values);
        return tensor;
    }

    /// <summary>A tensor holding the same number everywhere.</summary>
    public Tensor Constant(Shape shape, Real value)
    {
        Tensor tensor = Allocate(shape);
        tensor.Values.Fill(value);
        return tensor;
    }

    /// <summary>Like <see cref="Input(ReadOnlySpan{Real}, Shape)"/>, and its gradient can be read after the backward pass.</summary>
    public Tensor Variable(ReadOnlySpan<Real> values, Shape shape)
    {
        Tensor tensor = Input(values, shape);
        tensor.NeedsGradient = true;
        tensor.KeepsGradient = true;
        return tensor;
    }

    /// <summary>A parameter as a tensor of this tape, for operations that have no other operand here.</summary>
    public Tensor Use(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Ops.ReshapeOps.Alias(this, parameter, parameter.Shape);
    }

    /// <summary>Memory for one result.</summary>
    internal Tensor Allocate(Shape shape) => Wrap(shape, _arena.Rent(shape.Length));

    /// <summary>A tensor over memory that someone else owns (an alias of another tensor).</summary>
    internal Tensor Wrap(Shape shape, Real* data)
    {
        if (_tensorCount == _tensors.Count)
            _tensors.Add(new Tensor());
        Tensor tensor = _tensors[_tensorCount++];
        tensor.Set(this, shape, data, false);
        return tensor;
    }

    /// <summary>A node for <paramref name="output"/>, or null when no input needs a gradient or the tape does not record.</summary>
    internal TNode? Record<TNode>(Tensor output, bool needed)
        where TNode : Node, new()
    {
        if (!needed || !Recording)
            return null;
        if (!_nodePool.TryGetValue(typeof(TNode), out Stack<Node>? pool))
            _nodePool[typeof(TNode)] = pool = new Stack<Node>();
        TNode node = pool.TryPop(out Node? pooled) ? (TNode)pooled : new TNode();
        node.Output = output;
        output.NeedsGradient = true;
        _nodes.Add(node);
        return node;
    }

    /// <summary>Scratch memory until the next reset or <see cref="Return"/>.</summary>
    internal Real* Rent(int length) => _arena.Rent(length);

    internal void Return(Real* buffer, int length) => _arena.Return(buffer, length);
}
