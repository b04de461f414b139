using Lethe.Numerics.Serialization;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Optimisers;

/// <summary>Changes parameters along their gradients and clears the gradients. Not thread-safe.</summary>
public abstract class Optimiser
{
    private protected Optimiser(IReadOnlyList<Parameter> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        Parameters = [.. parameters];
        LearningRate = learningRate;
    }

    /// <summary>What this optimiser changes, in order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Step size; schedules set it between steps.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>One update of every parameter that has a gradient; gradients are cleared. Frozen parameters stay.</summary>
    public void Step()
    {
        Steps++;
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameter parameter = Parameters[i];
            if (!parameter.HasGradient || !parameter.Trainable)
                continue;
            Update(i, parameter);
            parameter.ClearGradient();
        }
    }

    /// <summary>Forgets gradients without a step.</summary>
    public void ClearGradients()
    {
        foreach (Parameter parameter in Parameters)
            parameter.ClearGradient();
    }

    /// <summary>Moments and the step count, for checkpoints.</summary>
    public IEnumerable<NamedArray> ToArrays(string prefix)
    {
        yield return NamedArray.Create($"{prefix}steps", [1], [Steps]);
        foreach ((string name, Real[][] moments) in Moments())
        {
            for (int i = 0; i < Parameters.Count; i++)
                yield return NamedArray.Create($"{prefix}{name}.{i}", [moments[i].Length], Array.ConvertAll(moments[i], value => (float)value));
        }
    }

    /// <summary>Continues from what <see cref="ToArrays"/> wrote.</summary>
    /// <exception cref="InvalidDataException">An array is missing or has another length.</exception>
    public void Load(SafetensorsFile file, string prefix)
    {
        ArgumentNullException.ThrowIfNull(file);
        Steps = file[$"{prefix}steps"].Elements<long>()[0];
        foreach ((string name, Real[][] moments) in Moments())
        {
            for (int i = 0; i < Parameters.Count; i++)
            {
                float[] saved = file[$"{prefix}{name}.{i}"].Elements<float>();
                if (saved.Length != moments[i].Length)
                    throw new InvalidDataException($"Optimiser state of '{Parameters[i].Name}' has {saved.Length} numbers; {moments[i].Length} are needed. The checkpoint belongs to another model.");
                for (int j = 0; j < saved.Length; j++)
                    moments[i][j] = saved[j];
            }
        }
    }

    /// <summary>Applies one update.</summary>
    private protected abstract void Update(int index, Parameter parameter);

    /// <summary>The arrays per parameter that the method carries from step to step.</summary>
    private protected virtual IEnumerable<(string Name, Real[][] Moments)> Moments() => [];

    private protected static Real[][] NewMoments(IReadOnlyList<Parameter> parameters) => [.. parameters.Select(parameter => new Real[parameter.Length])];
}
