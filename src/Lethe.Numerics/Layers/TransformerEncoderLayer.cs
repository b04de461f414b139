using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// A Transformer block (Vaswani et al. 2017): self-attention and two linear maps, each with a residual connection and a
/// LayerNorm, before the branch (x + f(norm x), as in GPT-2) or after the sum (norm(x + f(x)), as in the paper and PyTorch).
/// Dropout acts on attention weights, between the linear maps and on both branches.
/// </summary>
public sealed class TransformerEncoderLayer : Layer
{
    private readonly TransformerOptions _options;
    private readonly MultiHeadAttention _attention;
    private readonly Linear _first, _second;
    private readonly LayerNorm _attentionNorm, _forwardNorm;
    private readonly Dropout _dropout;

    /// <summary>A block with fresh weights.</summary>
    /// <param name="width">Width of a step.</param>
    /// <param name="seed">Source of weights and dropout masks.</param>
    /// <param name="options">Heads, inner width and so on; null for the defaults.</param>
    public TransformerEncoderLayer(int width, Seed seed, TransformerOptions? options = null)
    {
        _options = options ?? new TransformerOptions();
        _attention = Register("attention", new MultiHeadAttention(width, _options.Heads, seed.Derive("attention"), dropout: _options.Dropout));
        _first = Register("linear1", new Linear(width, _options.FeedForward, seed.Derive("linear1"), _options.Activation));
        _second = Register("linear2", new Linear(_options.FeedForward, width, seed.Derive("linear2")));
        _attentionNorm = Register("norm1", new LayerNorm(width, _options.Epsilon));
        _forwardNorm = Register("norm2", new LayerNorm(width, _options.Epsilon));
        _dropout = Register("dropout", new Dropout(_options.Dropout, seed.Derive("dropout")));
    }

    /// <summary>[examples, steps, width], all steps valid; causal if the options say so.</summary>
    public override Tensor Forward(Tensor x) => Forward(x, default);

    /// <summary>The same with valid steps per example; the results of other steps mean nothing.</summary>
    /// <param name="x">[examples, steps, width].</param>
    /// <param name="lengths">[examples]; empty when all steps are valid.</param>
    public Tensor Forward(Tensor x, ReadOnlySpan<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        AttentionMask mask = new() { Causal = _options.Causal, KeyLengths = lengths };
        if (_options.NormFirst)
        {
            x += _dropout.Forward(_attention.Forward(_attentionNorm.Forward(x), mask));
            return x + _dropout.Forward(Inner(_forwardNorm.Forward(x)));
        }

        x = _attentionNorm.Forward(x + _dropout.Forward(_attention.Forward(x, mask)));
        return _forwardNorm.Forward(x + _dropout.Forward(Inner(x)));
    }

    /// <summary>One more step of a sequence in evaluation, given what the cache holds of the earlier ones; equals the last step of <see cref="Forward(Tensor)"/>.</summary>
    /// <param name="x">[examples, 1, width].</param>
    /// <param name="past">Cache of this block, which gets the step; see <see cref="MultiHeadAttention.Step"/>.</param>
    /// <exception cref="InvalidOperationException">The block is not causal.</exception>
    public Tensor Step(Tensor x, KeyValueCache past)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!_options.Causal)
            throw new InvalidOperationException("TransformerEncoderLayer: only a causal block can be run step by step.");
        if (_options.NormFirst)
        {
            x += _attention.Step(_attentionNorm.Forward(x), past);
            return x + Inner(_forwardNorm.Forward(x));
        }

        x = _attentionNorm.Forward(x + _attention.Step(x, past));
        return _forwardNorm.Forward(x + Inner(x));
    }

    private Tensor Inner(Tensor x) => _second.Forward(_dropout.Forward(_first.Forward(x)));
}

/// <summary>Settings of a Transformer block.</summary>
public sealed record TransformerOptions
{
    /// <summary>Attention heads; divides the width.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Width between the two linear maps.</summary>
    public int FeedForward { get; init; } = 256;

    /// <summary>Between the two linear maps.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>Dropout in training, in [0, 1).</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Normalise before each branch, which trains without warm-up; false normalises sums, as PyTorch does by default.</summary>
    public bool NormFirst { get; init; } = true;

    /// <summary>Whether a step sees only itself and earlier ones.</summary>
    public bool Causal { get; init; }

    /// <summary>Added to the variance in LayerNorm.</summary>
    public double Epsilon { get; init; } = 1e-5;
}
