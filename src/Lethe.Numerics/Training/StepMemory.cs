using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Training;

/// <summary>
/// How much memory a training step will take, known before training. A step's tensors grow linearly with the number of
/// examples (weights and scratch of a fixed size are the constant), so two tiny runs give the line.
/// </summary>
/// <param name="TensorBytes">Activations and gradients on the tape at their peak.</param>
/// <param name="ParameterBytes">Parameters, their gradients and the optimiser's moments.</param>
public readonly record struct StepMemory(long TensorBytes, long ParameterBytes)
{
    // Buffers are rounded up to 16 numbers: batches that are multiples of 16 lie on the line exactly.
    private const int Few = 16;

    /// <summary>Everything together.</summary>
    public long TotalBytes => TensorBytes + ParameterBytes;

    /// <summary>Foresees the peak for a batch.</summary>
    /// <param name="step">
    /// Records a whole step with its backward pass on the given tape for the given number of examples, of any content. It is
    /// called for 16 and 32 examples on a model of its own: random streams advance and gradients are written.
    /// </param>
    /// <param name="examples">The batch to foresee.</param>
    /// <param name="parameters">All parameters of the model.</param>
    /// <param name="moments">Arrays per parameter that the optimiser keeps: 2 for Adam, 1 for SGD and RMSProp.</param>
    public static StepMemory Foresee(Action<Tape, int> step, int examples, IReadOnlyList<Parameter> parameters, int moments = 2)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(examples);
        long few = Peak(Few), twice = Peak(2 * Few);
        double perExample = (twice - few) / (double)Few;
        long tensors = (long)Math.Ceiling((few + (perExample * (examples - Few))) * 1.01) + 4096;
        long numbers = parameters.Sum(parameter => (long)parameter.Length);
        foreach (Parameter parameter in parameters)
            parameter.ClearGradient();
        return new StepMemory(Math.Max(tensors, 0), numbers * (2 + moments) * sizeof(Real));

        long Peak(int count)
        {
            Tape tape = new();
            step(tape, count);
            return tape.PeakBytes;
        }
    }

    /// <summary>The most examples whose step fits in this much memory; 0 when none does.</summary>
    public static int LargestBatch(Action<Tape, int> step, long bytes, IReadOnlyList<Parameter> parameters, int moments = 2)
    {
        StepMemory one = Foresee(step, 1, parameters, moments), many = Foresee(step, 1001, parameters, moments);
        double perExample = (many.TotalBytes - one.TotalBytes) / 1000.0;
        return one.TotalBytes > bytes ? 0 : (int)Math.Min(int.MaxValue, 1 + ((bytes - one.TotalBytes) / Math.Max(perExample, 1)));
    }
}
