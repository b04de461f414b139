using Lethe.Data;
using Lethe.Data.Schemas;
using Lethe.Numerics.Randomness;
using Lethe.Privacy;
using Lethe.Results;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis;

/// <summary>
/// A model that has learnt and can make synthetic data without the training data. Immutable and thread-safe. Sampling is
/// a function of the seed alone: the same seed gives the same rows, whether drawn at once, in chunks, or after saving and
/// loading.
/// </summary>
public abstract class FittedSynthesizer
{
    /// <summary>How the method announces itself.</summary>
    public abstract Descriptor Descriptor { get; }

    /// <summary>The schema of what <see cref="Sample"/> delivers: the modelled columns of the training schema, in order.</summary>
    public abstract Schema Schema { get; }

    /// <summary>The formal privacy claim.</summary>
    public virtual PrivacyClaim Claim => PrivacyClaim.None;

    /// <summary>What the fit has to tell the report.</summary>
    public virtual FitReport Report => FitReport.Empty;

    /// <summary>False for a control that holds training rows and therefore has no model file.</summary>
    public virtual bool CanSave => true;

    /// <summary>Draws <paramref name="count"/> synthetic patients.</summary>
    /// <param name="count">How many, ≥ 0.</param>
    /// <param name="seed">Seed of this draw.</param>
    public abstract Dataset Sample(int count, Seed seed);

    /// <summary>Writes everything that sampling needs. No training row, cache or index may be among it, nor values in the order of the rows.</summary>
    /// <exception cref="SynthesisException"><see cref="CanSave"/> is false.</exception>
    public abstract void Save(ModelWriter writer);
}
