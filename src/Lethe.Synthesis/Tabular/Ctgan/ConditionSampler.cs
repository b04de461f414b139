using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Tabular.Adversarial;

namespace Lethe.Synthesis.Tabular.Ctgan;

/// <summary>
/// Training by sampling (§4.3 of the paper): pick a discrete column uniformly, then one of its levels; in training with
/// probability ∝ ln(count + 1), so that rare levels are learnt; when sampling with the true frequency. Immutable but for the
/// streams that callers pass in.
/// </summary>
internal sealed class ConditionSampler
{
    private readonly EncodedBlock[] _blocks;
    private readonly int[] _conditionOffset;
    private readonly double[][] _logWeights;

    private ConditionSampler(EncodedBlock[] blocks, double[][] frequencies, double[][] logWeights, int[][][] rowsOf)
    {
        _blocks = blocks;
        Frequencies = frequencies;
        _logWeights = logWeights;
        RowsOf = rowsOf;
        _conditionOffset = new int[blocks.Length];
        for (int b = 0; b < blocks.Length; b++)
        {
            _conditionOffset[b] = Width;
            Width += blocks[b].Width;
        }
    }

    /// <summary>C: length of a condition vector; 0 without discrete columns.</summary>
    public int Width { get; }

    /// <summary>Frequency of each level, by discrete block.</summary>
    public double[][] Frequencies { get; }

    // Training rows that have each level, by block and level; empty in a loaded model.
    private int[][][] RowsOf { get; }

    /// <summary>Counts levels in the encoded training rows.</summary>
    public static ConditionSampler Fit(TrainingRows rows)
    {
        EncodedBlock[] blocks = [.. rows.Encoder.Blocks.Where(b => b.IsDiscreteColumn)];
        int[][][] rowsOf = new int[blocks.Length][][];
        double[][] frequencies = new double[blocks.Length][], logWeights = new double[blocks.Length][];
        for (int b = 0; b < blocks.Length; b++)
        {
            List<int>[] having = [.. Enumerable.Range(0, blocks[b].Width).Select(_ => new List<int>())];
            for (int i = 0; i < rows.Count; i++)
            {
                ReadOnlySpan<float> block = rows.Encoded.AsSpan((i * rows.Encoder.Width) + blocks[b].Offset, blocks[b].Width);
                having[block.IndexOf(1f)].Add(i);
            }

            rowsOf[b] = [.. having.Select(h => h.ToArray())];
            frequencies[b] = [.. having.Select(h => h.Count / (double)rows.Count)];
            logWeights[b] = LogWeights([.. having.Select(h => h.Count)]);
        }

        return new ConditionSampler(blocks, frequencies, logWeights, rowsOf);
    }

    /// <summary>From the frequencies of a model file.</summary>
    public static ConditionSampler FromFrequencies(RowEncoder encoder, double[][] frequencies) =>
        new([.. encoder.Blocks.Where(b => b.IsDiscreteColumn)], frequencies, frequencies, []);

    /// <summary>Probabilities ∝ ln(count + 1); a level without rows (kept apart for scoring) is never asked for.</summary>
    public static double[] LogWeights(IReadOnlyList<int> counts)
    {
        double[] weights = [.. counts.Select(c => Math.Log(c + 1.0))];
        double sum = weights.Sum();
        return sum > 0 ? [.. weights.Select(w => w / sum)] : weights;
    }

    /// <summary>Draws a condition for training: block and level.</summary>
    public (int Block, int Level) DrawForTraining(RandomStream stream)
    {
        int block = stream.NextInt(_blocks.Length);
        return (block, stream.NextIndex(_logWeights[block]));
    }

    /// <summary>Draws a condition for sampling: block and level.</summary>
    public (int Block, int Level) DrawForSampling(RandomStream stream)
    {
        int block = stream.NextInt(_blocks.Length);
        return (block, stream.NextIndex(Frequencies[block]));
    }

    /// <summary>A training row that has the level, uniformly.</summary>
    public int DrawRow((int Block, int Level) condition, RandomStream stream)
    {
        int[] rows = RowsOf[condition.Block][condition.Level];
        return rows[stream.NextInt(rows.Length)];
    }

    /// <summary>Position of the condition in its vector.</summary>
    public int InCondition((int Block, int Level) condition) => _conditionOffset[condition.Block] + condition.Level;

    /// <summary>Position of the condition's level in an encoded row.</summary>
    public int InRow((int Block, int Level) condition) => _blocks[condition.Block].Offset + condition.Level;
}
