using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Results;

namespace Lethe.Synthesis;

/// <summary>
/// A method that learns from real patients and makes synthetic ones. Stateless: options are given at construction, all
/// learning happens in <see cref="Fit"/>, the result is a <see cref="FittedSynthesizer"/>. Thread-safe.
/// </summary>
public interface ISynthesizer
{
    /// <summary>How the method announces itself.</summary>
    Descriptor Descriptor { get; }

    /// <summary>Every option with its value as text, by name, for reports and run files.</summary>
    IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>Learns from the training part. Never sees holdout or reference patients.</summary>
    /// <param name="train">Training data; only columns with <c>IsModelled</c> are learnt. A <see cref="Table"/> for tabular methods.</param>
    /// <param name="context">Seed, progress, cancellation, checkpoints.</param>
    /// <returns>The fitted model, independent of <paramref name="train"/>.</returns>
    /// <exception cref="SynthesisException">The data cannot be learnt by this method; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint was written when the context has a folder.</exception>
    FittedSynthesizer Fit(Dataset train, FitContext context);
}
