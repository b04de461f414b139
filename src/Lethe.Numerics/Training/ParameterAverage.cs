using Lethe.Numerics.Serialization;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Training;

/// <summary>
/// Exponential moving average of parameters: ā ← decay·ā + (1 − decay)·θ. Diffusion models and private training release the
/// average (it is post-processing of what was released anyway).
/// </summary>
public sealed class ParameterAverage
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Real[][] _average;
    private readonly double _decay;

    /// <summary>Starts at the parameters' present values.</summary>
    /// <param name="parameters">What to follow; running statistics may be included.</param>
    /// <param name="decay">In [0, 1); 0.999 for diffusion models, 0.99 for short runs.</param>
    public ParameterAverage(IReadOnlyList<Parameter> parameters, double decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!(decay >= 0 && decay < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay lies in [0, 1).");
        _parameters = [.. parameters];
        _decay = decay;
        _average = [.. _parameters.Select(parameter => parameter.Values.ToArray())];
    }

    /// <summary>Follows the parameters by one step.</summary>
    public void Update() => Update(_decay);

    /// <summary>Follows the parameters by one step with a decay of its own, e.g. a smaller one while the average is young.</summary>
    /// <param name="decay">In [0, 1); 0 copies the parameters.</param>
    public void Update(double decay)
    {
        if (!(decay >= 0 && decay < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay lies in [0, 1).");
        for (int i = 0; i < _average.Length; i++)
        {
            TensorPrimitives.Multiply(_average[i], (Real)decay, _average[i]);
            TensorPrimitives.MultiplyAdd(_parameters[i].Values, (Real)(1 - decay), _average[i], _average[i]);
        }
    }

    /// <summary>The average of one parameter, by its position.</summary>
    public ReadOnlySpan<Real> this[int parameter] => _average[parameter];

    /// <summary>
    /// Exchanges parameters and averages: once before sampling, once after to train on. Twice changes nothing.
    /// </summary>
    public void Swap()
    {
        for (int i = 0; i < _average.Length; i++)
        {
            Span<Real> values = _parameters[i].Values;
            for (int j = 0; j < values.Length; j++)
                (values[j], _average[i][j]) = (_average[i][j], values[j]);
        }
    }

    /// <summary>The averages, for checkpoints.</summary>
    public IEnumerable<NamedArray> ToArrays(string prefix) =>
        _parameters.Select((_, i) => NamedArray.Create($"{prefix}{i}", [_average[i].Length], Array.ConvertAll(_average[i], value => (float)value)));

    /// <summary>Continues from what <see cref="ToArrays"/> wrote.</summary>
    /// <exception cref="InvalidDataException">An array is missing or has another length.</exception>
    public void Load(SafetensorsFile file, string prefix)
    {
        ArgumentNullException.ThrowIfNull(file);
        for (int i = 0; i < _average.Length; i++)
        {
            float[] saved = file[$"{prefix}{i}"].Elements<float>();
            if (saved.Length != _average[i].Length)
                throw new InvalidDataException($"The average of '{_parameters[i].Name}' has {saved.Length} numbers; {_average[i].Length} are needed. The checkpoint belongs to another model.");
            for (int j = 0; j < saved.Length; j++)
                _average[i][j] = saved[j];
        }
    }
}
