using System.Globalization;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// A stack of recurrent layers: layer k reads the full sequence of layer k − 1; both directions are concatenated. Parameters are
/// named as in PyTorch: <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, with <c>_reverse</c> for the second direction.
/// </summary>
public abstract class RecurrentLayer : Layer
{
    private readonly RecurrentWeights[] _weights;
    private readonly Dropout? _dropout;
    private readonly int _directions;

    private protected RecurrentLayer(int inputs, int hidden, int gates, Seed seed, RecurrentOptions options, bool stateBias)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hidden);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Layers);
        Hidden = hidden;
        Options = options;
        _directions = options.Bidirectional ? 2 : 1;
        _weights = new RecurrentWeights[options.Layers * _directions];
        RandomStream stream = seed.Stream("recurrent");
        for (int i = 0; i < _weights.Length; i++)
        {
            int layer = i / _directions, width = layer == 0 ? inputs : hidden * _directions;
            string suffix = string.Create(CultureInfo.InvariantCulture, $"_l{layer}{(i % _directions == 1 ? "_reverse" : "")}");
            _weights[i] = new RecurrentWeights(
                Fresh($"weight_ih{suffix}", new Shape(gates * hidden, width), stream),
                Fresh($"weight_hh{suffix}", new Shape(gates * hidden, hidden), stream),
                Fresh($"bias_ih{suffix}", new Shape(gates * hidden), stream),
                stateBias ? Fresh($"bias_hh{suffix}", new Shape(gates * hidden), stream) : null);
        }

        if (options.Dropout > 0 && options.Layers > 1)
            _dropout = Register("dropout", new Dropout(options.Dropout, seed.Derive("dropout")));
    }

    /// <summary>Width of one direction's state.</summary>
    public int Hidden { get; }

    /// <summary>The settings given.</summary>
    public RecurrentOptions Options { get; }

    /// <summary>Width of an output row: hidden, twice that when bidirectional.</summary>
    public int Outputs => Hidden * _directions;

    /// <summary>Weights of one layer and direction, numbered layer × directions + direction.</summary>
    public IReadOnlyList<RecurrentWeights> Weights => _weights;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, default).Sequence;

    /// <summary>Runs the stack.</summary>
    /// <param name="x">[examples, steps, inputs].</param>
    /// <param name="lengths">Valid steps per example; empty when all are valid.</param>
    /// <param name="initial">One state per layer and direction, numbered as <see cref="Weights"/>; empty for zeros.</param>
    public StackOutput Forward(Tensor x, ReadOnlySpan<int> lengths, ReadOnlySpan<RecurrentState> initial = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!initial.IsEmpty && initial.Length != _weights.Length)
            throw new ArgumentException($"{GetType().Name}: {initial.Length} initial states for {_weights.Length} layers and directions.", nameof(initial));
        RecurrentState[] last = new RecurrentState[_weights.Length];
        for (int i = 0; i < _weights.Length; i += _directions)
        {
            if (i > 0 && _dropout is not null)
                x = _dropout.Forward(x);
            RecurrentOutput forward = Run(x, _weights[i], initial.IsEmpty ? default : initial[i], lengths, reverse: false);
            last[i] = forward.Last;
            Tensor sequence = forward.Sequence;
            if (_directions == 2)
            {
                RecurrentOutput backward = Run(x, _weights[i + 1], initial.IsEmpty ? default : initial[i + 1], lengths, reverse: true);
                last[i + 1] = backward.Last;
                sequence = sequence.ConcatColumns(backward.Sequence);
            }

            x = sequence;
        }

        return new StackOutput(x, last);
    }

    private protected abstract RecurrentOutput Run(Tensor x, RecurrentWeights weights, RecurrentState initial, ReadOnlySpan<int> lengths, bool reverse);

    // U(±1/√hidden) for every tensor, or Glorot for weights and zero for biases.
    private Parameter Fresh(string name, Shape shape, RandomStream stream)
    {
        Parameter parameter = Register(new Parameter(name, shape));
        bool isBias = shape.Rank == 1;
        if (Options.Initialisation == Initialisation.FanIn)
            Initialiser.Fill(parameter, null, Hidden, Hidden, Initialisation.FanIn, stream);
        else if (!isBias)
            Initialiser.Fill(parameter, null, shape[1], shape[0], Options.Initialisation, stream);
        return parameter;
    }
}

/// <summary>What a stack of recurrent layers gives.</summary>
/// <param name="Sequence">Outputs of the last layer, [examples, steps, hidden × directions].</param>
/// <param name="Last">Last state per layer and direction.</param>
public readonly record struct StackOutput(Tensor Sequence, IReadOnlyList<RecurrentState> Last)
{
    /// <summary>Last hidden state of the top layer, [examples, hidden × directions].</summary>
    /// <param name="directions">1, or 2 for a bidirectional stack.</param>
    public Tensor Top(int directions = 1) => directions == 1 ? Last[^1].Hidden! : Last[^2].Hidden!.ConcatColumns(Last[^1].Hidden!);
}

/// <summary>Settings of a stack of recurrent layers.</summary>
public sealed record RecurrentOptions
{
    /// <summary>Layers on top of each other.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer also runs from the last step to the first.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Dropout between layers, in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>
    /// How weights start: <see cref="Initialisation.FanIn"/> is PyTorch's U(±1/√hidden) for every tensor, <see cref="Initialisation.Glorot"/>
    /// TensorFlow's (biases 0).
    /// </summary>
    public Initialisation Initialisation { get; init; } = Initialisation.FanIn;
}
