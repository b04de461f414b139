using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.SequentialCart;

/// <summary>Counts of levels in the leaves of a tree: a draw follows the leaf's frequencies.</summary>
internal sealed class LeafLevels
{
    private readonly int[] _counts; // [leaf, level]
    private readonly int[] _total;
    private readonly int _levels;

    private LeafLevels(int[] counts, int levels)
    {
        (_counts, _levels) = (counts, levels);
        _total = new int[counts.Length / levels];
        for (int leaf = 0; leaf < _total.Length; leaf++)
            _total[leaf] = counts.AsSpan(leaf * levels, levels).ToArray().Sum();
    }

    public static LeafLevels Of(ReadOnlySpan<int> leafOfRow, ReadOnlySpan<int> level, int levels, int leaves)
    {
        int[] counts = new int[leaves * levels];
        for (int i = 0; i < level.Length; i++)
            counts[(leafOfRow[i] * levels) + level[i]]++;
        return new LeafLevels(counts, levels);
    }

    public int Draw(int leaf, RandomStream random)
    {
        int left = random.NextInt(_total[leaf]);
        int level = 0;
        for (int at = leaf * _levels; (left -= _counts[at]) >= 0; at++)
            level++;
        return level;
    }

    public void Save(ModelWriter writer, string prefix) => writer.Add(prefix + ".counts", _counts, _total.Length, _levels);

    public static LeafLevels Load(ModelReader reader, string prefix, int leaves, int levels)
    {
        int[] counts = reader.IntsWithin(prefix + ".counts", 0, int.MaxValue / Math.Max(levels, 1), leaves, levels);
        LeafLevels loaded = new(counts, levels);
        ModelReader.Require(loaded._total.All(t => t > 0), prefix, "has a leaf without rows");
        return loaded;
    }
}
