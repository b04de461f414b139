using Lethe.Audit.Knowledge;
using Lethe.Audit.Points;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Audit.Attacks;

// Chen, Yu, Zhang, Fritz: GAN-Leaks, CCS 2020 (arXiv 1909.03935), full black box (§4.1).
// Deviations: the reconstruction term is the squared Euclidean distance to the nearest released row (the paper's perceptual
// and latent terms need images and a generator); rows are standardised one-hot points fitted on the release, because a
// release-only adversary has nothing else. The score is the logarithm of the published exp(−d²): the same ranking, and far
// records keep distinct scores where exp would underflow.

/// <summary>Membership by distance to the closest released record: generators reproduce what they were trained on more closely than what they were not.</summary>
public sealed class GanLeaks : IAttack<ReleaseKnowledge>
{
    /// <inheritdoc/>
    public Descriptor Descriptor { get; } = new(
        "gan-leaks",
        "GAN-Leaks, full black box",
        "membership, release only",
        "Scores a patient by the distance to the closest synthetic record.",
        "Chen, Yu, Zhang, Fritz: GAN-Leaks: A Taxonomy of Membership Inference Attacks against Generative Models, CCS 2020, arXiv:1909.03935");

    /// <inheritdoc/>
    public double[] Score(ReleaseKnowledge knowledge, Seed seed)
    {
        StandardisedOneHot space = StandardisedOneHot.Fit(knowledge.Release);
        return LogScores(space.Transform(knowledge.Candidates), space.Transform(knowledge.Release));
    }

    /// <summary>−min over the release of d², the logarithm of the published score.</summary>
    internal static double[] LogScores(PointSet candidates, PointSet release)
    {
        double[] scores = Nearest.Squared(candidates, release);
        for (int i = 0; i < scores.Length; i++)
            scores[i] = -scores[i];
        return scores;
    }
}
