using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Series.Controls;

/// <summary>
/// Positive control of the audit: releases training stays, drawn with replacement. Nothing about its output is synthetic.
/// Every attack must find it; it has no model file, because that file would be the patients.
/// </summary>
public sealed class CopySeries : ISynthesizer
{
    private static readonly Descriptor Announcement = new(
        "copy-series",
        "Copy of the training stays (not synthetic)",
        "control",
        "Releases real training stays. A positive control for attacks: its output is not synthetic and must never leave.",
        "Bootstrap: Efron, Ann. Statist. 7 (1979).");

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<NoOptions>(Announcement, _ => new CopySeries(), _ => throw NoFile()) with { LearnsCohorts = true, ConditionsExactly = true, IsControl = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<NoOptions>.Texts(new NoOptions());

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        Cohort stays = TrainingCohort.Of(train);
        context.Progress?.Report(new FitProgress("stays", stays.Count, stays.Count));
        return new Fitted(stays);
    }

    private static SynthesisException NoFile() =>
        new("The control 'copy-series' has no model file: it would hold the training stays themselves. Fit it again where it is needed.");

    private sealed class Fitted(Cohort train) : FittedCohortSynthesizer
    {
        public override Descriptor Descriptor => Announcement;

        public override CohortShape Shape { get; } = CohortShape.Of(train);

        public override bool CanSave => false;

        public override FitReport Report { get; } = new()
        {
            LearntFromData = ["All training stays."],
            Notices = ["These are real training stays, not synthetic ones: a control for attacks. Do not release them."],
        };

        public override void Save(ModelWriter writer) => throw NoFile();

        protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

        protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
        {
            Cohort drawn = train.Take(StayDraw.WithReplacement(train, stays, conditions, seed.Stream("stays")));
            return drawn.WithStatics(Shape.Statics(TrainingCohort.ModelledStatics(drawn), stays));
        }
    }
}
