using Lethe.Data.Schemas;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Audit.Tests;

public sealed class AuditorTests
{
    private static readonly Table Population = HeartClinicSimulator.Simulate(2000, new Seed(11));

    [Fact]
    public void APlantedLeakIsFoundAtBothLevels()
    {
        // Every fifth synthetic patient is a training patient.
        Table synthetic = Rows(0, 80).Append(Rows(1600, 320));
        AuditOutcome outcome = Audit(Rows(0, 400), synthetic, Rows(400, 400), Rows(800, 400));
        Assert.Equal(AuditState.Leak, outcome.State);
        Assert.All(outcome.Section.Controls, c => Assert.True(c.Passed, c.Name));
        Assert.Equal(2, outcome.Section.Attacks.Count);
        foreach (AttackResult attack in outcome.Section.Attacks)
            Assert.True(Find(attack.Measures, "auc").Interval!.Lower > 0.5, attack.Finding);
        Assert.Equal(0.2, Find(outcome.Section.Copies, "copies.exact").Value!.Value, 3);
    }

    [Fact]
    public void FewCopiesAreCertifiedThoughTheAreaHidesThem()
    {
        // One training patient in twenty stands in the release.
        Table synthetic = Rows(0, 30).Append(Rows(1400, 570));
        AuditOutcome outcome = Audit(Rows(0, 600), synthetic, Rows(600, 600), null);
        Assert.Equal(AuditState.Leak, outcome.State);
        Assert.True(Find(outcome.Section.Attacks[0].Measures, "certificate").Value > 0);
    }

    /// <summary>
    /// Fresh patients as release: the area lies within ½ ± 4.9 null standard errors (false alarm below one in a million per
    /// attack and seed), and no seed calls it a leak. The chance that the verdict errs is below 1 % a seed by its own levels;
    /// the seeds are fixed.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnHonestReleaseLooksLikeGuessing(int seed)
    {
        Table population = HeartClinicSimulator.Simulate(1600, new Seed((ulong)seed));
        AuditOutcome outcome = Auditor.Audit(
            new AuditData(Part(population, 0, 400), Part(population, 400, 400), Part(population, 800, 400), Part(population, 1200, 400)),
            new AuditOptions { Seed = new Seed(1) });
        foreach (AttackResult attack in outcome.Section.Attacks)
            Assert.Equal(0.5, Find(attack.Measures, "auc").Value!.Value, 4.9 * 0.0205);
        Assert.NotEqual(AuditState.Leak, outcome.State);
        Assert.Equal(0.5, Find(outcome.Section.Distances, "closer-to-train").Value!.Value, 4.9 * 0.035);
    }

    [Fact]
    public void WithoutHoldoutNothingIsComputedAndTheReasonIsGiven()
    {
        AuditOutcome outcome = Audit(Rows(0, 100), Rows(100, 100), null, null);
        Assert.Equal(AuditState.NoVerdict, outcome.State);
        Assert.Contains("no holdout", outcome.Section.NotComputedBecause, StringComparison.Ordinal);
        Assert.Empty(outcome.Section.Attacks);
        Assert.Empty(outcome.Section.Distances);
    }

    [Fact]
    public void AttacksThatNeedReferencePatientsAreListedAsNotTestedWithoutThem()
    {
        AuditOutcome outcome = Audit(Rows(0, 100), Rows(100, 100), Rows(200, 100), null);
        Assert.Equal("gan-leaks", Assert.Single(outcome.Section.Attacks).Attack.Name);
        Assert.Contains(outcome.Section.NotTested, s => s.Contains("reference", StringComparison.Ordinal));
    }

    [Fact]
    public void ATprThatRestsOnLessThanOnePatientIsNotComputed()
    {
        Measure tpr = Find(Audit(Rows(0, 100), Rows(100, 100), Rows(200, 90), null).Section.Attacks[0].Measures, "tpr-at-fpr-0.01");
        Assert.Null(tpr.Value);
        Assert.Contains("not estimable", tpr.NotComputedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void AllRowsOfAPatientShareOneBit()
    {
        // Each patient has three rows; the release holds one row of each of 40 training patients, near nothing else.
        Table train = Visits(0, 120), holdout = Visits(400, 120);
        Table synthetic = train.Take(Enumerable.Range(0, 40).Select(i => 3 * i).ToArray()).Where(c => c.Role != ColumnRole.PatientKey);
        AuditOutcome outcome = Auditor.Audit(new AuditData(train, synthetic, holdout), new AuditOptions { Seed = new Seed(3) });
        AttackResult attack = Assert.Single(outcome.Section.Attacks);
        Assert.Equal((120, 120), (attack.Members, attack.NonMembers));

        // A third of the patients have an exact copy in the release, so at least that share is found without false alarms.
        Assert.True(Find(attack.Measures, "tpr-at-fpr-0.01").Value >= 40.0 / 120);
    }

    [Fact]
    public void TheSameSeedGivesTheSameSection()
    {
        string Json() => System.Text.Json.JsonSerializer.Serialize(Audit(Rows(0, 150), Rows(150, 150), Rows(300, 100), Rows(400, 100)), RunDocument.JsonOptions);
        Assert.Equal(Json(), Json());
    }

    [Fact]
    public void TextsClaimNoSafety()
    {
        string json = System.Text.Json.JsonSerializer.Serialize(Audit(Rows(0, 150), Rows(150, 150), Rows(300, 100), Rows(400, 100)), RunDocument.JsonOptions);
        foreach (string word in (string[])["anonymous", "safe", "compliant", "passed the", "is private", "privacy-preserving"])
            Assert.DoesNotContain(word, json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void RelabellingLevelsChangesNothing()
    {
        Table synthetic = Rows(1000, 150);
        Table relabelled = new(synthetic.Columns.Select(c => c is DiscreteColumn d
            ? new DiscreteColumn(d.Schema with { Categories = [.. d.Levels.Reverse()] }, [.. d.Codes.ToArray().Select(k => k < 0 ? k : d.Levels.Count - 1 - k)])
            : c));
        string Json(Table release) => System.Text.Json.JsonSerializer.Serialize(Audit(Rows(0, 150), release, Rows(300, 100), null), RunDocument.JsonOptions);
        Assert.Equal(Json(synthetic), Json(relabelled));
    }

    /// <summary>The property that attacks must have beyond golden values: units of a number say nothing.</summary>
    [Fact]
    public void ChangingTheUnitOfAColumnChangesNoScore()
    {
        Table[] tables = [Rows(0, 150), Rows(1000, 150), Rows(300, 100), Rows(500, 100)];
        Table[] scaled = [.. tables.Select(t => new Table(t.Columns.Select(c => c is NumericColumn n
            ? new NumericColumn(n.Schema with { Bounds = null, Decimals = 6 }, [.. n.Values.ToArray().Select(v => (4 * v) + 32)])
            : c)))];
        double[] Aucs(Table[] t) => [.. Audit(t[0], t[1], t[2], t[3]).Section.Attacks.Select(a => Find(a.Measures, "auc").Value!.Value)];
        Assert.Equal(Aucs(tables), Aucs(scaled), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    private static AuditOutcome Audit(Table train, Table synthetic, Table? holdout, Table? reference) =>
        Auditor.Audit(new AuditData(train, synthetic, holdout, reference), new AuditOptions { Seed = new Seed(1) });

    private static Table Rows(int start, int count) => Part(Population, start, count);

    private static Table Part(Table table, int start, int count) => table.Take(Enumerable.Range(start, count).ToArray());

    /// <summary>Three consecutive rows a patient, with a key.</summary>
    private static Table Visits(int start, int patients)
    {
        Table rows = Rows(start, 3 * patients);
        ColumnSchema key = new() { Name = "key", Kind = ColumnKind.Text, Role = ColumnRole.PatientKey };
        return new Table([new TextColumn(key, [.. Enumerable.Range(0, 3 * patients).Select(i => $"p{start + (i / 3)}")]), .. rows.Columns]);
    }

    private static Measure Find(IEnumerable<Measure> measures, string ending) => measures.Single(m => m.Id.EndsWith(ending, StringComparison.Ordinal));
}
