using Lethe.Audit.Knowledge;
using Lethe.Audit.Points;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Audit.Attacks;

// Chen, Yu, Zhang, Fritz: GAN-Leaks, CCS 2020 (arXiv 1909.03935), calibrated (§4.4), in the black-box form of DOMIAS.
// Deviations: as GanLeaks; the paper's reference generator is replaced by the reference patients themselves, subsampled to the
// size of the release when there are more (a larger set is closer to everybody). The score is the logit of the published
// sigmoid, which rounds to 1 beyond a difference of 37 and would tie the clearest members.

/// <summary>Membership by distance, calibrated: is the patient closer to the release than other patients of the population explain?</summary>
public sealed class CalibratedGanLeaks : IAttack<ReferenceKnowledge>
{
    /// <inheritdoc/>
    public Descriptor Descriptor { get; } = new(
        "gan-leaks-calibrated",
        "GAN-Leaks, calibrated by reference patients",
        "membership, with reference",
        "Compares the distance to the closest synthetic record with the distance to the closest other real patient.",
        "Chen, Yu, Zhang, Fritz: GAN-Leaks: A Taxonomy of Membership Inference Attacks against Generative Models, CCS 2020, arXiv:1909.03935");

    /// <inheritdoc/>
    public double[] Score(ReferenceKnowledge knowledge, Seed seed)
    {
        StandardisedOneHot space = StandardisedOneHot.Fit(knowledge.Reference);
        PointSet release = space.Transform(knowledge.Release), reference = space.Transform(knowledge.Reference);
        if (reference.Count > release.Count)
            reference = reference.Take(seed.Stream("reference").Permutation(reference.Count).AsSpan(0, release.Count));
        return LogitScores(space.Transform(knowledge.Candidates), release, reference);
    }

    /// <summary>min d² to the reference − min d² to the release, the logit of the published score.</summary>
    internal static double[] LogitScores(PointSet candidates, PointSet release, PointSet reference)
    {
        double[] toReference = Nearest.Squared(candidates, reference), toRelease = Nearest.Squared(candidates, release);
        for (int i = 0; i < toReference.Length; i++)
            toReference[i] -= toRelease[i];
        return toReference;
    }
}
