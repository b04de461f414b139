using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>
/// Ancestral sampling of states, with evidence met exactly: an evidence node is clamped to its accepted states, and the row is
/// kept with probability s / max s, where s = P(accepted | parents). That is likelihood weighting with the weights turned
/// into rejection: rows come out of the model's own conditional distribution. Evidence without unclamped ancestors costs nothing.
/// </summary>
internal sealed class ConditionedNetwork
{
    // Beyond so many restarts per row a chunk would take minutes.
    private const long Patience = 2000;

    private readonly (int Column, int[] Parents)[] _order;
    private readonly ConditionalTable[] _tables;
    private readonly Evidence?[] _evidence;
    private readonly double[]?[] _accepted; // s per row of an evidence node's table
    private readonly double[] _bound;       // max s

    public ConditionedNetwork(IReadOnlyList<int> order, ConditionalTable[] tables, Evidence?[] evidence)
    {
        (_tables, _evidence) = (tables, evidence);
        _accepted = new double[]?[tables.Length];
        _bound = new double[tables.Length];
        bool[] early = new bool[tables.Length];
        foreach (int column in order.Reverse())
        {
            // Nodes that evidence depends on are drawn first, so that a rejected row costs no more than they do.
            early[column] |= evidence[column] is not null;
            foreach (int parent in early[column] ? tables[column].Parents : [])
                early[parent] = true;
            if (evidence[column] is { } e)
            {
                _accepted[column] = [.. Enumerable.Range(0, tables[column].Rows).Select(row => Mass(tables[column].Probabilities(row), e.Chance))];
                _bound[column] = _accepted[column]!.Max();
                if (!(_bound[column] > 0))
                    throw new SynthesisException($"The model gives no probability to the condition on '{e.Condition.Column}'; widen the condition.");
            }
        }

        _order = [.. order.OrderBy(c => early[c] ? 0 : 1).Select(c => (c, tables[c].Parents))];
    }

    /// <summary>States of all columns for every row: <c>[column][row]</c>.</summary>
    public int[][] Draw(int rows, RandomStream random)
    {
        int[][] states = [.. _tables.Select(_ => new int[rows])];
        int[] drawn = new int[_tables.Length];
        long restarts = 0;
        for (int i = 0; i < rows; i++)
        {
            while (!TryDraw(drawn, random))
            {
                if (++restarts > Patience * rows)
                    throw TooRare();
            }

            for (int c = 0; c < drawn.Length; c++)
                states[c][i] = drawn[c];
        }

        return states;
    }

    private bool TryDraw(int[] drawn, RandomStream random)
    {
        foreach ((int column, _) in _order)
        {
            int row = _tables[column].RowFor(drawn);
            if (_evidence[column] is not { } evidence)
            {
                drawn[column] = _tables[column].Draw(row, random);
                continue;
            }

            double s = _accepted[column]![row];
            if (s < _bound[column] && random.NextDouble() * _bound[column] >= s)
                return false;
            drawn[column] = DrawAccepted(_tables[column].Probabilities(row), evidence.Chance, s * random.NextDouble());
        }

        return true;
    }

    private static int DrawAccepted(ReadOnlySpan<double> p, double[] chance, double u)
    {
        int last = 0;
        for (int s = 0; s < p.Length; s++)
        {
            double mass = p[s] * chance[s];
            if (mass <= 0)
                continue;
            last = s;
            u -= mass;
            if (u < 0)
                return s;
        }

        return last;
    }

    private static double Mass(ReadOnlySpan<double> p, double[] chance)
    {
        double mass = 0;
        for (int s = 0; s < p.Length; s++)
            mass += p[s] * chance[s];
        return mass;
    }

    private SynthesisException TooRare()
    {
        Evidence rarest = _evidence.Select((e, c) => (e, c)).Where(x => x.e is not null).MinBy(x => _accepted[x.c]![0]).e!;
        return new SynthesisException($"Together the conditions are met in less than one of {Patience} rows; the rarest alone is the one on '{rarest.Condition.Column}'. Relax it.");
    }
}
