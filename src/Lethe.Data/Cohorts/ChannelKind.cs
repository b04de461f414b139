namespace Lethe.Data.Cohorts;

/// <summary>What a channel of a cohort measures. Decides how readings in one bin are combined and how gaps are treated.</summary>
public enum ChannelKind
{
    /// <summary>Bedside vital sign: frequent, continuous (heart rate, blood pressure).</summary>
    Vital,

    /// <summary>Laboratory result: infrequent, continuous (creatinine, lactate).</summary>
    Lab,

    /// <summary>Clinical score on an ordered scale (Glasgow Coma Scale).</summary>
    Score,

    /// <summary>One of several levels without order (heart rhythm); values are codes into the channel's levels.</summary>
    Categorical,

    /// <summary>Something done to the patient (ventilation on, vasopressor rate).</summary>
    Intervention,

    /// <summary>An amount over time that adds up (urine output).</summary>
    Output,
}
