using Lethe.Numerics.Ops;
using Lethe.Numerics.Ops.Attention;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// Multi-head attention with its projections (Vaswani et al. 2017), to the sequence itself or to another one. Parameters for
/// self-attention: <c>projection_weight</c> [3·width, width] and <c>projection_bias</c> [2·width] (queries, then values); for another
/// sequence: <c>query_weight</c> [width, width], <c>query_bias</c>, <c>context_weight</c> [2·width, context] (keys, then values) and
/// <c>value_bias</c>; for both <c>output.weight</c> and <c>output.bias</c>. Keys have no bias: it would change nothing. Weights start
/// Glorot-uniform, biases at 0, the output's weight as any Linear's.
/// </summary>
public sealed class MultiHeadAttention : Layer
{
    private readonly Parameter? _queryWeight, _queryBias;
    private readonly Parameter _weight, _bias;
    private readonly Linear _output;
    private readonly RandomStream _dropoutStream;
    private readonly double _dropout;
    private readonly int _heads, _width;

    /// <summary>A layer with fresh weights.</summary>
    /// <param name="width">Width of queries and results.</param>
    /// <param name="heads">Divides the width.</param>
    /// <param name="seed">Source of weights and dropout masks.</param>
    /// <param name="context">Width of the other sequence, for attention to it; null for self-attention.</param>
    /// <param name="dropout">On attention weights, in training.</param>
    public MultiHeadAttention(int width, int heads, Seed seed, int? context = null, double dropout = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads);
        if (width % heads != 0)
            throw new ArgumentException($"MultiHeadAttention: {heads} heads do not divide a width of {width}.", nameof(heads));
        (_width, _heads, _dropout) = (width, heads, dropout);
        _dropoutStream = seed.Stream("dropout");
        RandomStream stream = seed.Stream("attention");
        if (context is { } other)
        {
            _queryWeight = Register(new Parameter("query_weight", new Shape(width, width)));
            _queryBias = Register(new Parameter("query_bias", new Shape(width)));
            _weight = Register(new Parameter("context_weight", new Shape(2 * width, other)));
            _bias = Register(new Parameter("value_bias", new Shape(width)));
            Initialiser.Fill(_queryWeight, null, width, width, Initialisation.Glorot, stream);
            Initialiser.Fill(_weight, null, other, width, Initialisation.Glorot, stream);
        }
        else
        {
            _weight = Register(new Parameter("projection_weight", new Shape(3 * width, width)));
            _bias = Register(new Parameter("projection_bias", new Shape(2 * width)));
            Initialiser.Fill(_weight, null, width, 3 * width, Initialisation.Glorot, stream);
        }

        _output = Register("output", new Linear(width, width, seed.Derive("output")));
        _output.Bias!.Values.Clear();
    }

    /// <summary>Self-attention without mask.</summary>
    public override Tensor Forward(Tensor x) => Forward(x, default);

    /// <summary>Self-attention.</summary>
    /// <param name="x">[examples, steps, width].</param>
    /// <param name="mask">Which steps count as keys.</param>
    public Tensor Forward(Tensor x, AttentionMask mask)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (_queryWeight is not null)
            throw new InvalidOperationException("MultiHeadAttention: this layer attends to another sequence; give it as context.");
        Tensor projected = ProjectionNode.Apply(x, _weight, _bias, _width, _width); // [e, t, 3·width]
        return _output.Forward(projected.SelfAttention(_heads, mask, Dropout, _dropoutStream));
    }

    /// <summary>One more step of a sequence under a causal mask, given what the cache holds of the earlier ones; the cache gets this step.</summary>
    /// <param name="x">[examples, 1, width].</param>
    /// <param name="past">Cache of this layer. Not differentiable: use a tape that does not record.</param>
    public Tensor Step(Tensor x, KeyValueCache past)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(past);
        if (_queryWeight is not null || x.Shape[1] != 1)
            throw new InvalidOperationException($"MultiHeadAttention: {x.Shape} should be a single step of a sequence that attends to itself.");
        Tensor projected = ProjectionNode.Apply(x, _weight, _bias, _width, _width); // [e, 1, 3·width]
        past.Append(projected);
        return _output.Forward(AttentionOps.CrossAttention(projected.SliceColumns(0, _width), past.Store, _heads, new AttentionMask { KeyLengths = past.Lengths }, 0, null));
    }

    /// <summary>Attention to another sequence.</summary>
    /// <param name="x">[examples, queries, width].</param>
    /// <param name="context">[examples, keys, context width].</param>
    /// <param name="mask">Which steps of the context count.</param>
    public Tensor Forward(Tensor x, Tensor context, AttentionMask mask = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(context);
        if (_queryWeight is null)
            throw new InvalidOperationException("MultiHeadAttention: this layer attends to its own sequence; construct it with the context's width.");
        Tensor query = x.Linear(_queryWeight, _queryBias); // [e, q, width]
        Tensor keysAndValues = ProjectionNode.Apply(context, _weight, _bias, 0, _width); // [e, k, 2·width]
        return _output.Forward(AttentionOps.CrossAttention(query, keysAndValues, _heads, mask, Dropout, _dropoutStream));
    }

    private double Dropout => Training ? _dropout : 0;
}
