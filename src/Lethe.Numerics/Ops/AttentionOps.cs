using Lethe.Numerics.Ops.Attention;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Multi-head scaled dot-product attention (Vaswani et al. 2017) without its projections.</summary>
public static class AttentionOps
{
    /// <summary>softmax(QKᵀ/√(width/heads))·V per head; heads are contiguous column blocks.</summary>
    /// <param name="query">[examples, queries, width].</param>
    /// <param name="key">[examples, keys, width].</param>
    /// <param name="value">[examples, keys, width].</param>
    /// <param name="heads">Divides the width.</param>
    /// <param name="mask">Which keys count.</param>
    /// <param name="dropout">Probability with which an attention weight is set to 0 (others are scaled up), in [0, 1).</param>
    /// <param name="stream">Source of the dropout mask; needed when <paramref name="dropout"/> is positive.</param>
    /// <returns>[examples, queries, width].</returns>
    public static Tensor Attention(this Tensor query, Tensor key, Tensor value, int heads, AttentionMask mask = default, double dropout = 0, RandomStream? stream = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        int width = query.Shape.Columns;
        if (query.Shape.Rank != 3 || key.Shape.Rank != 3 || key.Shape != value.Shape || key.Shape[0] != query.Shape[0] || key.Shape.Columns != width)
            throw new ArgumentException($"Attention: query {query.Shape}, key {key.Shape}, value {value.Shape}: expected [examples, queries, width] and twice [examples, keys, width].");
        Check(width, heads, key.Shape[0], key.Shape[1], mask, dropout, stream);

        // The node tells operands apart by their tensor: a tensor in two roles gets a second name.
        key = ReferenceEquals(key, query) ? key.Reshape(key.Shape) : key;
        value = ReferenceEquals(value, query) || ReferenceEquals(value, key) ? value.Reshape(value.Shape) : value;
        return AttentionNode.Apply(query, (key, 0), (value, 0), width, heads, mask, dropout, stream);
    }

    /// <summary>Attention of a sequence to itself.</summary>
    /// <param name="projected">Queries, keys and values side by side, [examples, steps, 3·width].</param>
    /// <param name="heads">Divides the width.</param>
    /// <param name="mask">Which keys count.</param>
    /// <param name="dropout">See <see cref="Attention"/>.</param>
    /// <param name="stream">See <see cref="Attention"/>.</param>
    /// <returns>[examples, steps, width].</returns>
    public static Tensor SelfAttention(this Tensor projected, int heads, AttentionMask mask = default, double dropout = 0, RandomStream? stream = null)
    {
        ArgumentNullException.ThrowIfNull(projected);
        int width = projected.Shape.Columns / 3;
        if (projected.Shape.Rank != 3 || 3 * width != projected.Shape.Columns)
            throw new ArgumentException($"SelfAttention: {projected.Shape} should be [examples, steps, 3·width].", nameof(projected));
        Check(width, heads, projected.Shape[0], projected.Shape[1], mask, dropout, stream);
        return AttentionNode.Apply(projected, (projected, width), (projected, 2 * width), width, heads, mask, dropout, stream);
    }

    /// <summary>Attention to another sequence, whose keys and values stand side by side, [examples, keys, 2·width].</summary>
    internal static Tensor CrossAttention(Tensor query, Tensor keysAndValues, int heads, AttentionMask mask, double dropout, RandomStream? stream)
    {
        int width = query.Shape.Columns;
        Check(width, heads, query.Shape[0], keysAndValues.Shape[1], mask, dropout, stream);
        return AttentionNode.Apply(query, (keysAndValues, 0), (keysAndValues, width), width, heads, mask, dropout, stream);
    }

    private static void Check(int width, int heads, int examples, int keys, AttentionMask mask, double dropout, RandomStream? stream)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads);
        if (width % heads != 0)
            throw new ArgumentException($"Attention: {heads} heads do not divide a width of {width}.", nameof(heads));
        if (!(dropout >= 0 && dropout < 1) || (dropout > 0 && stream is null))
            throw new ArgumentException($"Attention: dropout {dropout} must lie in [0, 1), with a stream when it is positive.", nameof(dropout));
        RecurrentOps.CheckLengths("Attention", mask.KeyLengths, examples, keys);
    }
}
