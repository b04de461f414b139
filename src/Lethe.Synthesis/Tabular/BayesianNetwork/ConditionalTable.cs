using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>
/// P(state | parents): (count + a·marginal) / (total + a) for every parent configuration that was observed, a = pseudo-rows;
/// the marginal for all others. Rows are kept as cumulative sums, the marginal first.
/// </summary>
internal sealed class ConditionalTable
{
    private readonly int _states;
    private readonly int[] _sizes;                 // states of the parents
    private readonly int[] _configurations;        // observed configurations × parents, in ascending order of key
    private readonly double[] _probabilities;      // (1 + configurations) × states
    private readonly double[] _cumulative;         // the same, summed along the states
    private readonly Dictionary<long, int> _rowOf; // key → row of the probabilities

    private ConditionalTable(int states, int[] parents, int[] sizes, int[] configurations, double[] probabilities)
    {
        (_states, Parents, _sizes, _configurations, _probabilities) = (states, parents, sizes, configurations, probabilities);
        _cumulative = new double[probabilities.Length];
        for (int i = 0; i < probabilities.Length; i++)
            _cumulative[i] = probabilities[i] + (i % states == 0 ? 0 : _cumulative[i - 1]);
        _rowOf = [];
        for (int c = 0; c < Rows - 1; c++)
        {
            long key = 0;
            for (int p = 0; p < parents.Length; p++)
                key = (key * sizes[p]) + configurations[(c * parents.Length) + p];
            ModelReader.Require(_rowOf.TryAdd(key, c + 1), "configurations", "holds one twice");
        }
    }

    /// <summary>Columns that this one depends on.</summary>
    public int[] Parents { get; }

    /// <summary>Number of distributions: the marginal and one per observed configuration.</summary>
    public int Rows => _probabilities.Length / _states;

    public static ConditionalTable Fit(int[][] states, int[] sizes, int column, int[] parents, double pseudoRows)
    {
        int k = sizes[column], n = states[column].Length;
        double[] marginal = new double[k];
        foreach (int state in states[column])
            marginal[state] += 1.0 / n;
        List<double> probabilities = [.. marginal];
        List<int> configurations = [];
        if (parents.Length > 0)
        {
            long[] keys = ParentConfigurations.Keys(states, sizes, parents);
            foreach (IGrouping<long, int> rows in Enumerable.Range(0, n).GroupBy(i => keys[i]).OrderBy(g => g.Key))
            {
                double[] count = new double[k];
                foreach (int row in rows)
                    count[states[column][row]]++;
                double total = rows.Count() + pseudoRows;
                for (int s = 0; s < k; s++)
                    probabilities.Add((count[s] + (pseudoRows * marginal[s])) / total);
                configurations.AddRange(parents.Select(p => states[p][rows.First()]));
            }
        }

        return new ConditionalTable(k, parents, [.. parents.Select(p => sizes[p])], [.. configurations], [.. probabilities]);
    }

    /// <summary>The row of probabilities for the states that <paramref name="drawn"/> holds for the parents.</summary>
    public int RowFor(int[] drawn)
    {
        long key = 0;
        for (int p = 0; p < Parents.Length; p++)
            key = (key * _sizes[p]) + drawn[Parents[p]];
        return Parents.Length > 0 && _rowOf.TryGetValue(key, out int row) ? row : 0;
    }

    public ReadOnlySpan<double> Probabilities(int row) => _probabilities.AsSpan(row * _states, _states);

    /// <summary>Draws a state from a row.</summary>
    public int Draw(int row, RandomStream random)
    {
        ReadOnlySpan<double> cumulative = _cumulative.AsSpan(row * _states, _states);
        double u = random.NextDouble() * cumulative[^1];
        int s = 0;
        while (s < _states - 1 && u >= cumulative[s])
            s++;
        return s;
    }

    public void Save(ModelWriter writer, int column)
    {
        writer.Add($"{column}.parents", Parents);
        writer.Add($"{column}.configurations", _configurations, Rows - 1, Parents.Length);
        writer.Add($"{column}.probabilities", _probabilities, Rows, _states);
    }

    public static ConditionalTable Load(ModelReader reader, int column, NodeColumn[] nodes)
    {
        int[] parents = reader.IntsWithin($"{column}.parents", 0, nodes.Length - 1, -1);
        ModelReader.Require(parents.Length <= 6 && parents.Distinct().Count() == parents.Length && !parents.Contains(column), $"{column}.parents", "is no set of other columns");
        int[] sizes = [.. parents.Select(p => nodes[p].States)];
        double[] probabilities = reader.FiniteDoubles($"{column}.probabilities", -1, nodes[column].States);
        int rows = probabilities.Length / nodes[column].States;
        ModelReader.Require(rows > 0 && Array.TrueForAll(probabilities, p => p is >= 0 and <= 1), $"{column}.probabilities", "holds no probabilities");
        int[] configurations = reader.IntsWithin($"{column}.configurations", 0, int.MaxValue, rows - 1, parents.Length);
        for (int i = 0; i < configurations.Length; i++)
            ModelReader.Require(configurations[i] < sizes[i % parents.Length], $"{column}.configurations", "holds a state that its parent does not have");
        ConditionalTable table = new(nodes[column].States, parents, sizes, configurations, probabilities);
        for (int row = 0; row < rows; row++)
            ModelReader.Require(Math.Abs(table._cumulative[((row + 1) * table._states) - 1] - 1) < 1e-6, $"{column}.probabilities", "has a row that does not sum to 1");
        return table;
    }
}
