using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed class PhrasesTests
{
    [Theory]
    [InlineData(0.512, 0.45, 0.57, Direction.Ideal, "not detected by this attack at this power")]
    [InlineData(0.62, 0.55, 0.69, Direction.Ideal, "detected: better than blind guessing")]
    [InlineData(0.62, 0.55, 0.69, Direction.Lower, "detected: better than blind guessing")]
    [InlineData(0.38, 0.31, 0.45, Direction.Ideal, "below blind guessing: a leak may be readable backwards")]
    [InlineData(0.5, 0.5, 0.5, Direction.Ideal, "not detected by this attack at this power")]
    public void AnAttackIsReadAgainstBlindGuessing(double auc, double lower, double upper, Direction direction, string expected)
    {
        Measure measure = new() { Id = "attack.x.auc", Name = "AUC", Value = auc, Interval = new Interval(lower, upper, "DeLong"), Ideal = 0.5, Direction = direction };
        Assert.Equal(expected, Phrases.AgainstGuessing(measure));
    }

    [Theory]
    [InlineData(0.53, "not detected by this attack at this power")]
    [InlineData(0.7, "above blind guessing, without an interval")]
    [InlineData(0.2, "below blind guessing, without an interval")]
    public void WithoutAnIntervalNothingIsEstablished(double auc, string expected) =>
        Assert.Equal(expected, Phrases.AgainstGuessing(new Measure { Id = "a", Name = "AUC", Value = auc, Ideal = 0.5 }));

    [Fact]
    public void AnAttackWithoutAFigureSaysWhy() =>
        Assert.Equal("not computed, because too few candidates", Phrases.AgainstGuessing(new Measure { Id = "a", Name = "AUC", Ideal = 0.5, NotComputedBecause = "too few candidates." }));

    // e^ε/(1+e^ε) for ε = 1, 3, 8.
    [Theory]
    [InlineData(1, "73.1\u00a0%", false)]
    [InlineData(3, "95.3\u00a0%", false)]
    [InlineData(8, "99.97\u00a0%", true)]
    public void EpsilonIsExplainedAsRisingCertainty(double epsilon, string certainty, bool meaningless)
    {
        string text = Phrases.EpsilonMeaning(epsilon, 1e-6);
        Assert.Contains($"at most {certainty} certain", text, StringComparison.Ordinal);
        Assert.Equal(meaningless, text.Contains("no meaningful formal limit", StringComparison.Ordinal));
        Assert.Contains("(δ)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("(δ)", Phrases.EpsilonMeaning(epsilon, 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no gate was stated", "No gate was stated.")]
    [InlineData("Two. Sentences.", "Two. Sentences.")]
    [InlineData("", "")]
    [InlineData("5 % of rows", "5\u00a0% of rows.")]
    [InlineData("differs by -0.028 (-0.059 to 0.002), T4-T5", "Differs by −0.028 (−0.059 to 0.002), T4-T5.")]
    public void SentencesStartLargeAndEndWithOneStop(string text, string expected) => Assert.Equal(expected, Phrases.Sentence(text));

    [Fact]
    public void TheWorstOfSeveralAttacksIsNamedWithAWordOnLuck()
    {
        AttackResult Attack(string name, double auc) => new()
        {
            Attack = new Descriptor(name, name, "membership", "", ""),
            ThreatModel = "T0",
            Measures = [new Measure { Id = $"attack.{name}.auc", Name = "AUC", Value = auc, Interval = new Interval(auc - 0.05, auc + 0.05, "DeLong"), Ideal = 0.5, Direction = Direction.Ideal }],
            Finding = "",
        };
        string weak = Readings.Attacks([Attack("first", 0.51), Attack("second", 0.47)]);
        Assert.Equal("Worst case of 2 attacks, second: AUC 0.47 [0.42, 0.52]; blind guessing gives 0.5: not detected by this attack at this power.", weak);
        string strong = Readings.Attacks([Attack("first", 0.51), Attack("second", 0.57)]);
        Assert.Contains("second", strong, StringComparison.Ordinal);
        Assert.Contains("One interval in twenty excludes guessing by luck", strong, StringComparison.Ordinal);
    }

    [Fact]
    public void AMetGateOnPrivacySpeaksOfAttacks()
    {
        Assert.Equal("No attack beyond its gate", Phrases.PrivacyStatusWord(Status.Green));
        Assert.Equal("Gate missed", Phrases.PrivacyStatusWord(Status.Red));
    }

    [Fact]
    public void MembersFoundAtARateFollowTheStepConvention()
    {
        Series roc = new("attack", [0, 0, 0.01, 0.02, 1], [0, 0.05, 0.08, 0.5, 1]);
        Assert.Equal(0.05, Readings.FoundAt(roc, 0.009));
        Assert.Equal(0.08, Readings.FoundAt(roc, 0.01));
        Assert.Equal(0.5, Readings.FoundAt(roc, 0.9));
    }

    [Fact]
    public void TotalVariationIsHalfTheSumOfDifferences()
    {
        Assert.Equal(0.3, Readings.TotalVariation([0.5, 0.5, 0], [0.2, 0.6, 0.2]), 12);
        Assert.Equal(1, Readings.TotalVariation([1], [0, 1]), 12);
        Assert.Equal(0, Readings.TotalVariation([0.25, 0.75], [0.25, 0.75]), 12);
    }

    [Fact]
    public void PointsAreMixedAsTheirNeighboursAre()
    {
        // Two far clusters of one kind each: no neighbour is of the other kind. Pairs of both kinds: every neighbour is.
        Series left = new("real", [0, 0.1, 0.25], [0, 0, 0]), right = new("synthetic", [9, 9.1, 9.25], [0, 0, 0]);
        Assert.StartsWith("0\u00a0% of the points", Readings.Projection(new Projection("PCA", left, right)), StringComparison.Ordinal);
        Series shifted = new("synthetic", [0.01, 5.01, 9.01], [0, 0, 0]), spread = new("real", [0, 5, 9], [0, 0, 0]);
        string mixed = Readings.Projection(new Projection("PCA", spread, shifted));
        Assert.StartsWith("100\u00a0% of the points", mixed, StringComparison.Ordinal);
        Assert.Contains("perfect mixture it would be 60\u00a0%", mixed, StringComparison.Ordinal);
    }

    [Fact]
    public void AFigureRepeatedForManySubjectsGetsATableOfItsOwn()
    {
        Measure[] measures = [new() { Id = "a", Name = "A", Value = 1 }, .. "wxyz".Select(s => new Measure { Id = "b", Name = "B", Subject = s.ToString(), Value = 1 })];
        IReadOnlyList<(string? Name, IReadOnlyList<Measure> Measures)> tables = MeasureTables.ByName(measures);
        Assert.Equal([null, "B"], tables.Select(t => t.Name));
        Assert.Equal(["w", "x", "y", "z"], tables[1].Measures.Select(m => m.Name));
    }
}
