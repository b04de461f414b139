using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// Keys and values of the steps that a causal attention layer has seen, so that a new step costs its own arithmetic only.
/// One cache a layer and a batch of sequences that grow together. Holds no gradient. Not thread-safe.
/// </summary>
public sealed class KeyValueCache
{
    private readonly int[] _lengths;

    /// <summary>An empty cache.</summary>
    /// <param name="examples">Sequences that grow together.</param>
    /// <param name="capacity">Most steps.</param>
    /// <param name="width">Width of the attention layer.</param>
    public KeyValueCache(int examples, int capacity, int width)
    {
        Store = new Parameter("cache", new Shape(examples, capacity, 2 * width), trainable: false);
        _lengths = new int[examples];
    }

    /// <summary>Steps seen.</summary>
    public int Steps { get; private set; }

    /// <summary>Keys, then values of every step: [examples, capacity, 2·width].</summary>
    internal Parameter Store { get; }

    /// <summary>Steps seen, once for each example.</summary>
    internal ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Adds a step from its projection: [examples, 1, 3·width], queries first.</summary>
    /// <exception cref="InvalidOperationException">The cache is full.</exception>
    internal void Append(Tensor projected)
    {
        int examples = Store.Shape[0], capacity = Store.Shape[1], width = Store.Shape[2] / 2;
        if (Steps == capacity)
            throw new InvalidOperationException($"The cache holds {capacity} steps and is full; make it with a greater capacity.");
        for (int i = 0; i < examples; i++)
            projected.Values.Slice((i * 3 * width) + width, 2 * width).CopyTo(Store.Values.Slice(((i * capacity) + Steps) * 2 * width, 2 * width));
        Steps++;
        Array.Fill(_lengths, Steps);
    }
}
