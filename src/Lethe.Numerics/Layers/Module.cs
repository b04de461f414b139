using Lethe.Numerics.Serialization;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>
/// Owns parameters and smaller modules. A model is a class that derives from this, registers its parts in the constructor
/// and has methods that call them. Not thread-safe.
/// </summary>
public abstract class Module
{
    private readonly List<(string Name, Module Module)> _children = [];
    private readonly List<Parameter> _own = [];
    private (string Name, Parameter Parameter)[]? _named;
    private Parameter[]? _state, _parameters;

    /// <summary>Training or evaluation: decides what Dropout and BatchNorm do. Set on the root, holds for all parts.</summary>
    public bool Training { get; private set; } = true;

    /// <summary>Trainable parameters of this module and its parts, with dotted names, in order of registration.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters ??= [.. State.Where(parameter => parameter.Trainable)];

    /// <summary>All that a checkpoint must hold: trainable parameters and running statistics.</summary>
    public IReadOnlyList<Parameter> State => _state ??= [.. Named.Select(pair => pair.Parameter)];

    /// <summary>Number of trainable numbers.</summary>
    public long ParameterCount => Parameters.Sum(parameter => (long)parameter.Length);

    /// <summary>Switches this module and its parts to training.</summary>
    public void Train() => SetTraining(true);

    /// <summary>Switches this module and its parts to evaluation.</summary>
    public void Evaluate() => SetTraining(false);

    /// <summary>The state as arrays for <see cref="Safetensors"/>, names optionally prefixed, e.g. <c>generator.</c>.</summary>
    public IEnumerable<NamedArray> ToArrays(string prefix = "") =>
        Named.Select(pair => NamedArray.Create(prefix + pair.Name, pair.Parameter.Shape.ToArray(), ToSingle(pair.Parameter.Values)));

    /// <summary>Copies the state from a file. Names and shapes must match exactly; arrays without the prefix are ignored.</summary>
    /// <exception cref="InvalidDataException">An array is missing or has another shape.</exception>
    public void Load(SafetensorsFile file, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        foreach ((string name, Parameter parameter) in Named)
        {
            NamedArray array = file[prefix + name];
            if (!array.Shape.SequenceEqual(parameter.Shape.ToArray()))
                throw new InvalidDataException($"Array '{array.Name}' has shape [{string.Join(", ", array.Shape.ToArray())}]; this model needs {parameter.Shape}. The file belongs to a model with other settings.");
        }

        foreach ((string name, Parameter parameter) in Named)
        {
            ReadOnlySpan<float> from = file[prefix + name].Elements<float>();
            Span<Real> to = parameter.Values;
            for (int i = 0; i < from.Length; i++)
                to[i] = from[i];
        }
    }

    /// <summary>State of the random stream this module draws from, if it has one; checkpoints keep it.</summary>
    internal virtual ulong[]? StreamState
    {
        get => null;
        set => throw new InvalidOperationException($"{GetType().Name} draws from no stream.");
    }

    /// <summary>This module and its parts that draw from a stream, with the path of names.</summary>
    internal IEnumerable<(string Path, Module Module)> WithStreams(string path)
    {
        if (StreamState is not null)
            yield return (path, this);
        foreach ((string name, Module module) in _children)
        {
            foreach ((string, Module) found in module.WithStreams($"{path}.{name}"))
                yield return found;
        }
    }

    /// <summary>Adds a part; its parameters appear as <c>name.…</c>.</summary>
    protected T Register<T>(string name, T module)
        where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        _children.Add((name, module));
        return module;
    }

    /// <summary>Adds a parameter of this module's own.</summary>
    protected Parameter Register(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        _own.Add(parameter);
        return parameter;
    }

    /// <summary>The state by names relative to this module, whatever contains it.</summary>
    private (string Name, Parameter Parameter)[] Named => _named ??= Collect();

    private (string Name, Parameter Parameter)[] Collect()
    {
        List<(string Name, Parameter Parameter)> all = [.. _own.Select(parameter => (parameter.Name, parameter))];
        foreach ((string path, Module module) in _children)
        {
            foreach ((string name, Parameter parameter) in module.Named)
            {
                // A parameter that two modules share (tied weights) keeps the first name and appears once.
                if (all.Exists(pair => pair.Parameter == parameter))
                    continue;
                all.Add(($"{path}.{name}", parameter));
            }
        }

        string? twice = all.GroupBy(pair => pair.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new InvalidOperationException($"Two parameters are named '{twice}': register parts under different names.");

        // Messages name a parameter by the longest path known.
        foreach ((string name, Parameter parameter) in all)
            parameter.Name = name;
        return [.. all];
    }

    private void SetTraining(bool training)
    {
        Training = training;
        foreach ((_, Module module) in _children)
            module.SetTraining(training);
    }

    private static float[] ToSingle(ReadOnlySpan<Real> values)
    {
        float[] result = new float[values.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = (float)values[i];
        return result;
    }
}
