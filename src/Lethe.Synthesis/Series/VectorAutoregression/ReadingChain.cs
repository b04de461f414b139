using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.VectorAutoregression;

/// <summary>A Markov chain over a few states: read or not for every channel, levels for channels that have some. Immutable.</summary>
/// <param name="states">Number of states K.</param>
/// <param name="start">Weights of the first state, K.</param>
/// <param name="next">Weights of the next state given the last one, K × K, row-major.</param>
internal sealed class ReadingChain(int states, double[] start, double[] next)
{
    /// <summary>Learns a chain from counted starts and moves; a state that was never left is left as stays start.</summary>
    public static ReadingChain Of(double[] starts, double[] moves)
    {
        int states = starts.Length;
        if (starts.Sum() == 0)
            starts[0] = 1;
        for (int s = 0; s < states; s++)
        {
            if (moves.AsSpan(s * states, states).IndexOfAnyExcept(0.0) < 0)
                starts.CopyTo(moves, s * states);
        }

        return new ReadingChain(states, starts, moves);
    }

    /// <summary>Draws the state after <paramref name="last"/>, or the first one when it is negative.</summary>
    public int Next(int last, RandomStream stream) => stream.NextIndex(last < 0 ? start : next.AsSpan(last * states, states));

    public void Save(ModelWriter writer, string name)
    {
        writer.Add(name + ".start", start);
        writer.Add(name + ".next", next);
    }

    public static ReadingChain Load(ModelReader reader, string name, int states)
    {
        double[] start = reader.FiniteDoubles(name + ".start", states), next = reader.FiniteDoubles(name + ".next", states * states);
        ModelReader.Require(start.All(w => w >= 0) && start.Sum() > 0, name, "has no first state");
        for (int s = 0; s < states; s++)
            ModelReader.Require(next.Skip(s * states).Take(states).All(w => w >= 0) && next.Skip(s * states).Take(states).Sum() > 0, name, "has a state without a next one");
        return new ReadingChain(states, start, next);
    }
}
