namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>
/// Greedy choice of an order and of parents. First the column with most states; then repeatedly the column whose best
/// parent set among those already placed gains most over having none, parents being added one at a time while the score
/// rises: score(c | P) = Σ n(x, p) ln[n(x, p) / n(p)] − penalty · ln n · q · (K_c − 1), q = observed parent configurations.
/// </summary>
internal sealed class StructureSearch
{
    private readonly int[][] _states;    // states of column c: _states[c][row]
    private readonly int[] _sizes;       // K_c
    private readonly int _maxParents;
    private readonly double _price;      // per free parameter
    private readonly Dictionary<string, double>[] _scores; // of column c by parents; scores do not change as columns are placed

    public StructureSearch(int[][] states, int[] sizes, int maxParents, double penalty)
    {
        (_states, _sizes, _maxParents) = (states, sizes, maxParents);
        _price = penalty * Math.Log(states[0].Length);
        _scores = [.. sizes.Select(_ => new Dictionary<string, double>(StringComparer.Ordinal))];
    }

    /// <summary>Columns in ancestral order, each with its parents in the order they were found.</summary>
    public List<(int Column, int[] Parents)> Run(Action<int> placedSoFar, ParallelOptions parallel)
    {
        List<int> waiting = [.. Enumerable.Range(0, _sizes.Length)];
        int first = waiting.MaxBy(c => _sizes[c]);
        List<(int Column, int[] Parents)> placed = [(first, [])];
        waiting.Remove(first);
        placedSoFar(placed.Count);
        while (waiting.Count > 0)
        {
            int[] candidates = [.. placed.Select(p => p.Column)];
            (int[] Parents, double Gain)[] best = new (int[], double)[waiting.Count];
            Parallel.For(0, best.Length, parallel, i => best[i] = BestParents(waiting[i], candidates));
            int next = Enumerable.Range(0, best.Length).MaxBy(i => best[i].Gain);
            placed.Add((waiting[next], best[next].Parents));
            waiting.RemoveAt(next);
            placedSoFar(placed.Count);
        }

        return placed;
    }

    private (int[] Parents, double Gain) BestParents(int column, int[] candidates)
    {
        double none = Score(column, []), current = none;
        int[] parents = [];
        while (parents.Length < _maxParents)
        {
            int[]? better = null;
            foreach (int candidate in candidates)
            {
                if (parents.Contains(candidate))
                    continue;
                int[] with = [.. parents, candidate];
                double score = Score(column, with);
                if (score > current)
                    (current, better) = (score, with);
            }

            if (better is null)
                break;
            parents = better;
        }

        return (parents, current - none);
    }

    private double Score(int column, int[] parents)
    {
        string key = string.Join(',', parents.Order());
        if (!_scores[column].TryGetValue(key, out double score))
            _scores[column][key] = score = Compute(column, parents);
        return score;
    }

    private double Compute(int column, int[] parents)
    {
        if (!ParentConfigurations.Fit(_sizes, parents))
            return double.NegativeInfinity;
        long[] configuration = ParentConfigurations.Keys(_states, _sizes, parents);
        int k = _sizes[column];
        // Rows with one parent configuration side by side: their state counts are then read off in one pass.
        int[] rows = [.. Enumerable.Range(0, configuration.Length)];
        Array.Sort(configuration, rows);
        int[] count = new int[k];
        double logL = 0;
        int q = 0;
        for (int from = 0, to; from < rows.Length; from = to)
        {
            to = from;
            while (to < rows.Length && configuration[to] == configuration[from])
                count[_states[column][rows[to++]]]++;
            q++;
            logL -= (to - from) * Math.Log(to - from);
            for (int i = from; i < to; i++)
            {
                int state = _states[column][rows[i]];
                if (count[state] > 0)
                    logL += count[state] * Math.Log(count[state]);
                count[state] = 0;
            }
        }

        return logL - (_price * q * (k - 1));
    }
}
