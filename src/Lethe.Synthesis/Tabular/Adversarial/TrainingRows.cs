using Lethe.Data.Tables;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Encoders;

namespace Lethe.Synthesis.Tabular.Adversarial;

/// <summary>The encoded training rows, and a few kept apart for the held-out score.</summary>
internal sealed class TrainingRows
{
    // Fewer held-out rows than this score mostly noise; then all rows train and the last step is kept.
    private const int FewestHeldOut = 20;

    private TrainingRows(RowEncoder encoder, float[] encoded, int count, HeldOutScore? score)
    {
        Encoder = encoder;
        Encoded = encoded;
        Count = count;
        Score = score;
    }

    public RowEncoder Encoder { get; }

    /// <summary>Rows × width, row-major.</summary>
    public float[] Encoded { get; }

    public int Count { get; }

    public HeldOutScore? Score { get; }

    /// <summary>Fits the encoder on all rows (its levels and ranges are the table's), and keeps a share of the rows out of training.</summary>
    public static TrainingRows Prepare(Table table, NumericCoding coding, double heldOutShare, FitContext context)
    {
        RowEncoder encoder = RowEncoder.Fit(table, coding, context.Cancellation);
        int heldOut = (int)Math.Round(heldOutShare * table.RowCount);
        if (heldOut < FewestHeldOut)
            return new TrainingRows(encoder, encoder.Encode(table, context.Seed.Derive("encode")), table.RowCount, null);
        int[] order = context.Seed.Stream("held-out").Permutation(table.RowCount);
        Table train = table.Take(order.AsSpan(heldOut));
        return new TrainingRows(encoder, encoder.Encode(train, context.Seed.Derive("encode")), train.RowCount, new HeldOutScore(train, table.Take(order.AsSpan(0, heldOut))));
    }

    /// <summary>Puts these rows on the tape: [rows.Length, width].</summary>
    public Tensor Batch(Tape tape, ReadOnlySpan<int> rows)
    {
        int width = Encoder.Width;
        Tensor batch = tape.Input(new Shape(rows.Length, width));
        Span<float> to = batch.Values;
        for (int i = 0; i < rows.Length; i++)
            Encoded.AsSpan(rows[i] * width, width).CopyTo(to[(i * width)..]);
        return batch;
    }

    /// <summary>Random row numbers, drawn with replacement.</summary>
    public void Draw(Span<int> rows, RandomStream stream)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i] = stream.NextInt(Count);
    }
}
