using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>
/// The losses of Yoon, Jarrett and van der Schaar (2019, eq. 7–9) as the published code weighs them. Means run over the valid steps.
/// Square roots have 1e-8 inside, for their slope has no bound at zero.
/// </summary>
internal static class TimeGanLosses
{
    private const float UnderRoot = 1e-8f;
    private const float VarianceUnderRoot = 1e-6f;

    /// <summary>10·√MSE(x, x̃).</summary>
    public static Tensor Embedding(Tensor x, Tensor rebuilt, StepRows rows) =>
        ((rows.Take(x) - rows.Take(rebuilt)).Square().Mean() + UnderRoot).Sqrt() * 10;

    /// <summary>L_S = MSE(h_{t+1}, S(h)_t); null when no stay has two steps.</summary>
    public static Tensor? Supervised(Tensor latent, Tensor supervised, StepRows rows)
    {
        if (rows.Steps < 2)
            return null;
        StepRows followed = new(rows.Examples, rows.Steps - 1, rows.Lengths.Length == 0 ? [] : Array.ConvertAll(rows.Lengths, l => l - 1));
        if (followed.Count == 0)
            return null;
        Tensor next = latent.Slice(1, 1, rows.Steps - 1), foretold = supervised.Slice(1, 0, rows.Steps - 1);
        return (followed.Take(next) - followed.Take(foretold)).Square().Mean();
    }

    /// <summary>Mean cross-entropy of per-step logits against one answer.</summary>
    public static Tensor Judged(Tensor logits, StepRows rows, bool real) => rows.Take(logits).BinaryCrossEntropyWithLogits(real ? 1 : 0).Mean();

    /// <summary>
    /// V = mean|√(Var x̂ + 1e-6) − √(Var x + 1e-6)| + mean|E x̂ − E x|, moments over the batch, one per step and column; steps that no
    /// stay reaches count nothing.
    /// </summary>
    public static Tensor Moments(Tensor generated, Tensor real, StepRows rows)
    {
        Tensor valid = Valid(generated.Tape!, rows, out Tensor perStep, out int reached);
        (Tensor mean, Tensor spread) = MomentsOf(generated, valid, perStep);
        (Tensor realMean, Tensor realSpread) = MomentsOf(real, valid, perStep);
        float each = 1f / (reached * generated.Shape.Columns);
        return ((spread - realSpread).Abs().Sum() + (mean - realMean).Abs().Sum()) * each;
    }

    private static (Tensor Mean, Tensor Spread) MomentsOf(Tensor x, Tensor valid, Tensor perStep)
    {
        Shape shape = new(1, x.Shape[1], x.Shape[2]);
        Tensor mean = (x * valid).SumTo(shape) * perStep;
        Tensor variance = ((x - mean).Square() * valid).SumTo(shape) * perStep;
        return (mean, (variance + VarianceUnderRoot).Sqrt());
    }

    /// <summary>1 at valid steps [B, T, 1] and one over the stays that reach a step [1, T, 1].</summary>
    private static Tensor Valid(Tape tape, StepRows rows, out Tensor perStep, out int reached)
    {
        Tensor valid = tape.Constant(new Shape(rows.Examples, rows.Steps, 1), 0);
        perStep = tape.Constant(new Shape(1, rows.Steps, 1), 0);
        for (int i = 0; i < rows.Examples; i++)
        {
            valid.Values.Slice(i * rows.Steps, rows.LengthOf(i)).Fill(1);
            for (int t = 0; t < rows.LengthOf(i); t++)
                perStep.Values[t]++;
        }

        reached = 0;
        for (int t = 0; t < rows.Steps; t++)
        {
            if (perStep.Values[t] == 0)
                continue;
            perStep.Values[t] = 1 / perStep.Values[t];
            reached++;
        }

        return valid;
    }
}
