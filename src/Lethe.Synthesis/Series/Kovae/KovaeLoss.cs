using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>Stays as the loss sees them.</summary>
/// <param name="Inputs">[B, T, D + W]: cells, then the statics at each step.</param>
/// <param name="Statics">[B, W]; null for none.</param>
/// <param name="Rows">Valid steps.</param>
/// <param name="Values">Cells of the value columns, [R, V].</param>
/// <param name="Observed">Root of the weight of a value, 0 where it was not observed, [R, V]; null when all were.</param>
/// <param name="Masks">Cells of the mask columns, [R, M]; null without masks.</param>
internal sealed record KovaeBatch(Tensor Inputs, Tensor? Statics, StepRows Rows, Tensor Values, Tensor? Observed, Tensor? Masks);

/// <summary>Weights of the terms.</summary>
/// <param name="Kl">w_kl.</param>
/// <param name="Prediction">w_pred.</param>
/// <param name="Mask">Weight of the masks' log-likelihood.</param>
/// <param name="Horizon">J, steps that the operator predicts.</param>
/// <param name="Prior">What posteriors are compared with.</param>
internal sealed record KovaeWeights(double Kl, double Prediction, double Mask, int Horizon, KovaePrior Prior);

/// <summary>
/// L = SSE(x, x̂)/B + w_kl·Σ KL(q_t ‖ p_t)/B + w_mask·BCE/B + w_pred·err (Naiman et al. 2024, eq. 10 and code). p_t is that of the
/// roll-out drawn in the same pass (the published code), or p(z_t | z_{&lt;t}) along the posterior's own draw, the bound of the paper's factorisation
/// of the prior. With missing cells, SSE runs over observed values and masks are Bernoulli.
/// </summary>
/// <param name="Total">L, one number.</param>
/// <param name="Reconstruction">SSE/B.</param>
/// <param name="Divergence">Σ KL/B.</param>
/// <param name="Masks">Σ BCE/B; null without masks.</param>
/// <param name="Koopman">err; null when no stay has two steps.</param>
internal sealed record KovaeLoss(Tensor Total, Tensor Reconstruction, Tensor Divergence, Tensor? Masks, Tensor? Koopman)
{
    /// <summary>Records the loss of a batch.</summary>
    /// <param name="encoder">q.</param>
    /// <param name="generator">p and the decoder.</param>
    /// <param name="batch">Stays.</param>
    /// <param name="posterior">Standard normal draws, [R, k].</param>
    /// <param name="prior">Standard normal draws, [B, T, k].</param>
    /// <param name="weights">Weights of the terms.</param>
    public static KovaeLoss Of(KovaeEncoder encoder, KovaeGenerator generator, KovaeBatch batch, Tensor posterior, Tensor prior, KovaeWeights weights)
    {
        StepRows rows = batch.Rows;
        int values = batch.Values.Shape.Columns;
        Tensor q = encoder.Forward(batch.Inputs, rows);
        (Tensor p, Tensor latent) = generator.RollOut(batch.Statics, prior);
        Tensor z = rows.Spread(q.SampleGaussian(posterior)), logits = generator.Decode(z, batch.Statics, rows);
        Tensor error = (batch.Masks is null ? logits : logits.SliceColumns(0, values)).Sigmoid() - batch.Values;
        Tensor reconstruction = (batch.Observed is null ? error : error * batch.Observed).Square().Sum() / rows.Examples;
        Tensor divergence = q.GaussianDivergence(rows.Take(weights.Prior == KovaePrior.Followed ? generator.Follow(z, batch.Statics, rows) : p)).Sum() / rows.Examples;
        Tensor total = reconstruction + (divergence * (float)weights.Kl);
        Tensor? masks = null;
        if (batch.Masks is not null)
        {
            int channels = batch.Masks.Shape.Columns;
            masks = logits.SliceColumns(values, channels).BinaryCrossEntropyWithLogits(batch.Masks).Sum() * ((float)channels / rows.Examples);
            total += masks * (float)weights.Mask;
        }

        Tensor? koopman = weights.Prediction > 0 ? KoopmanTerm.Of(latent, rows, weights.Horizon) : null;
        if (koopman is not null)
            total += koopman * (float)weights.Prediction;
        return new KovaeLoss(total, reconstruction, divergence, masks, koopman);
    }
}
