namespace Lethe.Audit;

/// <summary>
/// What the adversary holds. Every result carries its level; a statement about one level says nothing about higher ones.
/// </summary>
public enum ThreatModel
{
    /// <summary>T0: the release and the candidate's own record. A file was published.</summary>
    Release,

    /// <summary>T1: T0 and reference patients of the same population, disjoint from training and candidates.</summary>
    Reference,

    /// <summary>T2: T0 and reference patients of another site, time or coding.</summary>
    ForeignReference,

    /// <summary>T3: any number of draws from the generator.</summary>
    Sampler,

    /// <summary>T4: the training procedure with its settings, and reference patients: shadow models.</summary>
    Procedure,

    /// <summary>T5: the parameters of the model.</summary>
    Model,

    /// <summary>T6: chooses records or whole data sets and retrains many times.</summary>
    Retraining,
}

/// <summary>Names and plain descriptions of the threat models.</summary>
public static class ThreatModels
{
    /// <summary>The short code, <c>T0</c> … <c>T6</c>.</summary>
    public static string Code(this ThreatModel level) => $"T{(int)level}";

    /// <summary>What the adversary holds, in words, led by the code.</summary>
    public static string Describe(this ThreatModel level) => level.Code() + level switch
    {
        ThreatModel.Release => ": has the released file and the record of the patient in question",
        ThreatModel.Reference => ": has the released file, the record in question, and other real patients of the same population",
        ThreatModel.ForeignReference => ": has the released file, the record in question, and real patients of another site or time",
        ThreatModel.Sampler => ": can draw from the generator as often as they like",
        ThreatModel.Procedure => ": knows the training procedure and its settings, has other real patients, and trains look-alike models",
        ThreatModel.Model => ": has the model file",
        _ => ": may choose training records and retrain the generator many times",
    };
}
