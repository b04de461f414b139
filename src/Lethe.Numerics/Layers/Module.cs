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
    private Parameter[]? _state;
    private Parameter[]? _parameters;

    /// <summary>Training or evaluation: decides what Dropout and BatchNorm do. Set on the root, holds for all parts.</summary>
    public bool Training { get; private set; } = true;

    /// <summary>Trainable parameters of this module and its parts, with dotted names, in order of registration.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters ??= [.. State.Where(parameter => parameter.Trainable)];

    /// <summary>All that a checkpoint must hold: trainable parameters and running statistics.</summary>
    public IReadOnlyList<Parameter> State => _state ??= Collect();

    /// <summary>Number of trainable numbers.</summary>
    public long ParameterCount => Parameters.Sum(parameter => (long)parameter.Length);

    /// <summary>Switches this module and its parts to training.</summary>
    public void Train() => SetTraining(true);

    /// <summary>Switches this module and its parts to evaluation.</summary>
    public void Evaluate() => SetTraining(false);

    /// <summary>The state as arrays for <see cref="Safetensors"/>, names optionally prefixed, e.g. <c>generator.</c>.</summary>
    public IEnumerable<NamedArray> ToArrays(string prefix = "") =>
        State.Select(parameter => NamedArray.Create(prefix + parameter.Name, parameter.Shape.ToArray(), ToSingle(parameter.Values)));

    /// <summary>Copies the state from a file. Names and shapes must match exactly; arrays without the prefix are ignored.</summary>
    /// <exception cref="InvalidDataException">An array is missing or has another shape.</exception>
    public void Load(SafetensorsFile file, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        foreach (Parameter parameter in State)
        {
            NamedArray array = file[prefix + parameter.Name];
            if (!array.Shape.SequenceEqual(parameter.Shape.ToArray()))
                throw new InvalidDataException($"Array '{array.Name}' has shape [{string.Join(", ", array.Shape.ToArray())}]; this model needs {parameter.Shape}. The file belongs to a model with other settings.");
        }

        foreach (Parameter parameter in State)
        {
            ReadOnlySpan<float> from = file[prefix + parameter.Name].Elements<float>();
            Span<Real> to = parameter.Values;
            for (int i = 0; i < from.Length; i++)
                to[i] = from[i];
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

    private Parameter[] Collect()
    {
        List<Parameter> all = [.. _own];
        foreach ((string name, Module module) in _children)
        {
            foreach (Parameter parameter in module.State)
            {
                // A parameter that two modules share (tied weights) keeps the first name and appears once.
                if (all.Contains(parameter))
                    continue;
                parameter.Name = $"{name}.{parameter.Name}";
                all.Add(parameter);
            }
        }

        string? twice = all.GroupBy(parameter => parameter.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? [.. all] : throw new InvalidOperationException($"Two parameters are named '{twice}': register parts under different names.");
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
