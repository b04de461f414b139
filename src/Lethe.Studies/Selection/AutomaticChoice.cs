using Lethe.Data.Splits;
using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Evaluation.Selection;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Synthesis;
using Lethe.Synthesis.Registry;

namespace Lethe.Studies.Selection;

/// <summary>
/// The decision rule behind <c>method: auto</c>. Each candidate is fitted on 80 % of the training patients and judged against
/// the other 20 % by the mean of its ranks over five criteria; the winner is then fitted on all of them. Nothing outside the
/// training part is looked at. Very small or very wide tables leave only the methods with few parameters, very large ones only
/// the forest.
/// </summary>
internal static class AutomaticChoice
{
    /// <summary>Rows below which a table is too small for trees.</summary>
    internal const int SmallRows = 150;

    /// <summary>Training rows per encoded column below which a table is too wide for trees.</summary>
    internal const int RowsPerColumn = 10;

    /// <summary>Rows above which the smaller methods no longer keep up.</summary>
    internal const int LargeRows = 5000;

    private const double InnerTrainShare = 0.8;
    private const string Copula = "gaussian-copula", Network = "bayesian-network", Forest = "arf", Trees = "cart";

    /// <summary>The method for cohorts: of the networks measured on a hospital cohort so far, the one whose stays taught most about the outcome (docs/results/timeseries-icu.md).</summary>
    internal const string ForCohorts = "kovae";

    /// <summary>The choice for a table, by competition; for a cohort, the method named by <see cref="ForCohorts"/>: a competition would train each network anew.</summary>
    public static Choice For(Dataset train, bool conditions, Seed seed, IProgress<FitProgress>? progress, CancellationToken cancellation) => train is Table table
        ? Of(table, conditions, seed, progress, cancellation)
        : new Choice(
            Methods.Get(ForCohorts),
            new Dictionary<string, string>(),
            null,
            [$"For cohorts 'auto' takes '{ForCohorts}', without a competition: training every candidate would take hours. Name another method to compare."]);

    public static Choice Of(Table train, bool conditions, Seed seed, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        Candidate[] candidates = [.. Candidates(train, conditions, out string rule).Where(c => Methods.Find(c.Name) is not null)];
        if (candidates.Length == 0)
            throw new ConfigException("method.name: this build has none of the methods that 'auto' chooses from here. Name one; 'lethe list methods' shows all.");
        if (candidates.Length == 1)
            return new Choice(Methods.Get(candidates[0].Name), candidates[0].Options, null, [rule]);

        TrainTest inner = Resampling.Repeat(train, seed, repeats: 1, InnerTrainShare)[0];
        Table learn = train.Take(inner.Train), judge = train.Take(inner.Test);
        List<(string Method, SelectionScores Scores)> judged = [];
        foreach (Candidate candidate in candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new FitProgress($"trying {candidate.Name}", judged.Count, candidates.Length));
            judged.Add((candidate.Name, Score(candidate, learn, judge, seed, cancellation)));
        }

        SelectionTable table = SelectionScores.Rank(judged) with { Rule = rule };
        Candidate winner = candidates.Single(c => c.Name == table.Rows[0].Method);
        return new Choice(Methods.Get(winner.Name), winner.Options, table, [rule]);
    }

    /// <summary>A method that cannot learn from these data has no score and ranks last.</summary>
    private static SelectionScores Score(Candidate candidate, Table learn, Table judge, Seed seed, CancellationToken cancellation)
    {
        try
        {
            FittedSynthesizer model = Methods.Get(candidate.Name).Create(candidate.Options).Fit(
                learn, new FitContext { Seed = seed.Derive(candidate.Name), Cancellation = cancellation });
            Table synthetic = (Table)model.Sample(learn.RowCount, seed.Derive("sample"));
            return SelectionScores.Compute(learn, judge, synthetic, learn.Schema.Target?.Name, seed.Derive("judge"), cancellation);
        }
        catch (SynthesisException)
        {
            return new SelectionScores(null, null, null, null, null);
        }
    }

    /// <summary>Who competes, and why, in one sentence.</summary>
    internal static Candidate[] Candidates(Table train, bool conditions, out string rule)
    {
        int columns = train.Columns.Where(c => c.Schema.IsModelled).Sum(c => c is DiscreteColumn levels ? levels.Levels.Count : 1);
        if (train.RowCount < SmallRows || columns * RowsPerColumn > train.RowCount)
        {
            rule = $"{train.RowCount} training rows and {columns} encoded columns: only the methods with few parameters are tried (below {SmallRows} rows, or below {RowsPerColumn} rows a column).";
            return [new Candidate(Copula), new Candidate(Network, ("max-parents", "2"))];
        }

        if (conditions)
        {
            rule = "Conditions are asked for: the method that conditions exactly is taken.";
            return [new Candidate(Forest)];
        }

        if (train.RowCount > LargeRows)
        {
            rule = $"More than {LargeRows} training rows: the forest is taken; a diffusion model would compete with it here, which this build does not have.";
            return [new Candidate(Forest)];
        }

        rule = $"Each candidate learns from {InnerTrainShare:P0} of the training patients and is judged against the others; the smallest mean rank over the criteria wins and learns from all.";
        return [new Candidate(Copula), new Candidate(Network), new Candidate(Forest), new Candidate(Trees)];
    }
}
