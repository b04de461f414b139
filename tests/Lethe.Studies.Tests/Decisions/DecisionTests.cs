using Lethe.Audit;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Decisions;

namespace Lethe.Studies.Tests.Decisions;

public sealed class DecisionTests
{
    [Theory]
    [InlineData(0.6, null, true)]
    [InlineData(0.5, null, false)]
    [InlineData(null, 0.5, true)]
    [InlineData(null, 0.56, false)]
    [InlineData(0.58, 0.5, true)]
    public void AGateHoldsTheFigureAgainstItsLimits(double? maximum, double? minimum, bool met)
    {
        Check gate = Assert.Single(GateKeeper.Check([new Gate("attack.x.auc", minimum, maximum)], Document(auc: 0.55)));
        Assert.Equal(met, gate.Passed);
    }

    [Fact]
    public void AGateOnAFigureThatIsNotThereIsMissedAndSaysWhatThereIs()
    {
        Check gate = Assert.Single(GateKeeper.Check([new Gate("attack.x.acu", null, 0.6)], Document(auc: 0.55)));
        Assert.False(gate.Passed);
        Assert.Contains("'attack.x.auc'", gate.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void AGateOnAFigureThatWasNotComputedIsMissed()
    {
        Check gate = Assert.Single(GateKeeper.Check([new Gate("attack.x.auc", null, 0.6)], Document(auc: null)));
        Assert.False(gate.Passed);
        Assert.Contains("not computed", gate.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AuditState.Leak, Status.Red)]
    [InlineData(AuditState.Signal, Status.Amber)]
    [InlineData(AuditState.Inconclusive, Status.Grey)]
    [InlineData(AuditState.NoVerdict, Status.Grey)]
    [InlineData(AuditState.NotDetected, Status.Green)]
    public void ThePrivacyAnswerFollowsTheAuditAndNothingElse(AuditState state, Status status) =>
        Assert.Equal(status, DecisionMaker.Decide(Document(auc: 0.55), state, []).Private.Status);

    [Fact]
    public void WithoutAnAuditThePrivacyAnswerIsGrey() =>
        Assert.Equal(Status.Grey, DecisionMaker.Decide(Document(auc: 0.55) with { Privacy = null }, null, []).Private.Status);

    [Fact]
    public void ACollapseMakesTheFirstAnswerRedWhateverTheFigure()
    {
        RunDocument good = Document(auc: 0.5, pairs: 0.97, detection: 0.6);
        Assert.Equal(Status.Green, DecisionMaker.Decide(good, AuditState.Inconclusive, []).Faithful.Status);
        RunDocument collapsed = good with { Method = good.Method with { CollapseChecks = [new Check("distinct rows", false, "3 %")] } };
        Answer answer = DecisionMaker.Decide(collapsed, AuditState.Inconclusive, []).Faithful;
        Assert.Equal(Status.Red, answer.Status);
        Assert.Contains("distinct rows", answer.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.98, 0.6, Status.Green)]
    [InlineData(0.98, 0.7, Status.Amber)] // independent columns of a small table: pairs agree, a forest sees the difference
    [InlineData(0.85, 0.6, Status.Amber)]
    [InlineData(0.98, 0.95, Status.Red)]
    [InlineData(0.7, 0.6, Status.Red)]
    [InlineData(1.06, 0.25, Status.Amber)] // worse than guessing: copies in different folds
    [InlineData(0.85, 0.25, Status.Amber)]
    [InlineData(0.7, 0.25, Status.Red)]
    public void FidelityNeedsBothPairsAndTheBestDetector(double pairs, double detection, Status status) =>
        Assert.Equal(status, DecisionMaker.Decide(Document(auc: 0.5, pairs: pairs, detection: detection), null, []).Faithful.Status);

    [Theory]
    [InlineData(0.40, 0.48, 0.47, Status.Amber)]
    [InlineData(0.40, null, null, Status.Amber)]
    [InlineData(0.46, 0.49, 0.5, Status.Green)] // not low enough
    [InlineData(0.40, 0.52, 0.47, Status.Green)] // too few patients to tell from guessing
    [InlineData(0.40, 0.48, 0.39, Status.Green)] // unseen real patients do it too
    public void ADetectorWorseThanGuessingSpeaksOfCopies(double auc, double? upper, double? unseen, Status status)
    {
        RunDocument document = Document(auc: 0.5, pairs: 0.98);
        Measure low = document.Fidelity!.Detection[1] with { Value = auc, Reference = unseen, Interval = upper is { } u ? new Interval(auc - 0.05, u, "test") : null };
        Answer answer = DecisionMaker.Decide(document with { Fidelity = document.Fidelity with { Detection = [document.Fidelity.Detection[0], low] } }, null, []).Faithful;
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == Status.Amber, answer.Sentence.Contains("copies", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.10, 0.6, Status.Green)]
    [InlineData(0.30, 0.6, Status.Amber)]
    [InlineData(0.45, 0.6, Status.Red)]
    [InlineData(0.10, 0.7, Status.Amber)] // courses like real ones, static columns not quite
    [InlineData(0.10, 0.95, Status.Red)]
    [InlineData(null, 0.6, Status.Grey)] // static columns alone never answer for the courses
    [InlineData(null, 0.95, Status.Red)]
    public void OfACohortTheCoursesDecideAndStaticColumnsCanOnlyMakeItWorse(double? courses, double statics, Status status)
    {
        RunDocument cohort = Document(auc: 0.5, pairs: 0.98, detection: statics) with { Series = Courses(courses) };
        Assert.Equal(status, DecisionMaker.Decide(cohort, null, []).Faithful.Status);
    }

    [Fact]
    public void AGateMayNameAFigureOfTheCourses()
    {
        RunDocument cohort = Document(auc: 0.5) with { Series = Courses(0.2) };
        Assert.True(Assert.Single(GateKeeper.Check([new Gate("series.discriminative", null, 0.25)], cohort)).Passed);
        Assert.False(Assert.Single(GateKeeper.Check([new Gate("series.discriminative", null, 0.1)], cohort)).Passed);
    }

    [Theory]
    [InlineData(-0.005, -0.015, Status.Green)]
    [InlineData(-0.005, -0.06, Status.Amber)] // too few patients to exclude a loss that matters
    [InlineData(-0.05, -0.08, Status.Amber)]
    [InlineData(-0.3, -0.35, Status.Red)]
    public void UtilityIsJudgedByTheEndOfItsInterval(double loss, double lower, Status status) =>
        Assert.Equal(status, DecisionMaker.Decide(Document(auc: 0.5, loss: loss, lossLower: lower), null, []).Useful.Status);

    private static RunDocument Document(double? auc, double? pairs = null, double detection = 0.5, double? loss = null, double? lossLower = null) => new()
    {
        Title = "test",
        Provenance = new Provenance { LetheVersion = "0", FinishedUtc = "", Command = "", Seed = 1, Machine = "" },
        Decision = DecisionMaker.Undecided,
        Data = new DataSection { Name = "test", Counts = new Dictionary<string, int>(), Columns = [], Target = "y" },
        Method = new MethodSection(),
        Fidelity = pairs is null ? null : new FidelitySection
        {
            Overall = [new Measure { Id = KeyFigures.Pairs, Name = "pairs", Value = pairs }],
            Detection = [new Measure { Id = KeyFigures.Detection[0], Name = "forest", Value = 0.5 }, new Measure { Id = KeyFigures.Detection[1], Name = "boosting", Value = detection }],
            Columns = [],
        },
        Utility = loss is null ? null : new UtilitySection
        {
            Target = "y",
            Design = "",
            Learners = [],
            Headline = [new Measure { Id = KeyFigures.Useful[0], Name = "difference", Value = loss, Interval = new Interval(lossLower!.Value, -lossLower.Value, "test") }],
        },
        Privacy = new PrivacySection
        {
            Claim = "none",
            Copies = [],
            Distances = [],
            NotTested = [],
            Verdict = "verdict",
            Attacks =
            [
                new AttackResult
                {
                    Attack = new Descriptor("x", "X", "membership", "", ""),
                    ThreatModel = "T0",
                    Finding = "",
                    Measures = [new Measure { Id = "attack.x.auc", Name = "AUC", Value = auc, NotComputedBecause = auc is null ? "too few" : null }],
                },
            ],
        },
    };

    private static SeriesSection Courses(double? distance) => new()
    {
        Design = "",
        BinHours = 1,
        Steps = 2,
        Stays = new Dictionary<string, int>(),
        Values = [],
        Observation = [],
        Plausibility = [],
        Channels = [],
        Detection = distance is null ? [] : [new Measure { Id = "series.discriminative", Name = "courses", Value = distance }],
    };
}
