using Lethe.Data.Cohorts;

namespace Lethe.Data.Simulation.Icu;

/// <summary>How often a channel is looked at.</summary>
internal enum Rhythm
{
    /// <summary>Bedside monitor, charted about hourly.</summary>
    Monitor,

    /// <summary>Charted a few times a shift.</summary>
    Chart,

    /// <summary>Basic chemistry panel, drawn together.</summary>
    Chemistry,

    /// <summary>Blood count, drawn together.</summary>
    BloodCount,

    /// <summary>Arterial blood gas, drawn together and only when somebody worries.</summary>
    BloodGas,
}

/// <summary>
/// One channel of the simulated unit: reading = transform(Level + Severity·s(t) + offset + wobble(t)), where offset is the
/// patient's own normal deviation and wobble an Ornstein–Uhlenbeck process, both on the transformed scale. Levels and
/// spreads are rounded published adult reference and intensive-care values; they describe no hospital in particular.
/// </summary>
/// <param name="Channel">Metadata as delivered.</param>
/// <param name="Rhythm">How often it is looked at.</param>
/// <param name="Log">True when the Gaussian scale is the logarithm of the reading.</param>
/// <param name="Level">Centre on the Gaussian scale at severity 0.</param>
/// <param name="Severity">Change per unit of severity, on the Gaussian scale.</param>
/// <param name="OffsetSd">Standard deviation between patients, on the Gaussian scale.</param>
/// <param name="WobbleSd">Stationary standard deviation within a patient, on the Gaussian scale.</param>
/// <param name="WobbleHours">Correlation time of the wobble in hours.</param>
internal sealed record IcuChannel(
    Channel Channel,
    Rhythm Rhythm,
    bool Log,
    double Level,
    double Severity,
    double OffsetSd,
    double WobbleSd,
    double WobbleHours)
{
    /// <summary>The channels in the order in which fewer are taken: vitals first, then labs.</summary>
    public static IReadOnlyList<IcuChannel> All { get; } =
    [
        Make("heart_rate", "Heart rate", ChannelKind.Vital, "/min", 0, 20, 250, "8867-4", Rhythm.Monitor, false, 84, 7, 11, 6, 3),
        Make("sbp", "Systolic blood pressure", ChannelKind.Vital, "mm[Hg]", 0, 30, 280, "8480-6", Rhythm.Monitor, false, 124, -8, 15, 9, 3),
        Make("dbp", "Diastolic blood pressure", ChannelKind.Vital, "mm[Hg]", 0, 15, 180, "8462-4", Rhythm.Monitor, false, 64, -4, 9, 6, 3),
        Make("resp_rate", "Respiratory rate", ChannelKind.Vital, "/min", 0, 4, 70, "9279-1", Rhythm.Monitor, false, 18, 2.4, 3, 2.5, 2),
        Make("spo2", "Oxygen saturation", ChannelKind.Vital, "%", 0, 50, 100, "59408-5", Rhythm.Monitor, false, 97, -1.2, 1.2, 1, 2),
        Make("temperature", "Body temperature", ChannelKind.Vital, "Cel", 1, 30, 43, "8310-5", Rhythm.Chart, false, 37, 0.15, 0.35, 0.35, 8),
        Make("gcs", "Glasgow Coma Scale", ChannelKind.Score, "{score}", 0, 3, 15, "9269-2", Rhythm.Chart, false, 13.6, -1.3, 1.6, 0.7, 10),
        Make("urine_output", "Urine output", ChannelKind.Output, "mL", 0, 0, 1500, "9187-6", Rhythm.Chart, true, 4.6, -0.25, 0.35, 0.4, 4),
        Make("creatinine", "Creatinine", ChannelKind.Lab, "mg/dL", 1, 0.1, 20, "2160-0", Rhythm.Chemistry, true, 0.05, 0.22, 0.42, 0.06, 30),
        Make("bun", "Blood urea nitrogen", ChannelKind.Lab, "mg/dL", 0, 1, 200, "3094-0", Rhythm.Chemistry, true, 2.95, 0.2, 0.45, 0.06, 30),
        Make("sodium", "Sodium", ChannelKind.Lab, "mmol/L", 0, 100, 180, "2951-2", Rhythm.Chemistry, false, 138.5, 0.3, 3.6, 1.2, 20),
        Make("potassium", "Potassium", ChannelKind.Lab, "mmol/L", 1, 1.5, 9, "2823-3", Rhythm.Chemistry, false, 4.1, 0.12, 0.38, 0.3, 12),
        Make("bicarbonate", "Bicarbonate", ChannelKind.Lab, "mmol/L", 0, 3, 55, "1963-8", Rhythm.Chemistry, false, 24.3, -1.5, 2.6, 1.1, 16),
        Make("glucose", "Glucose", ChannelKind.Lab, "mg/dL", 0, 20, 1000, "2345-7", Rhythm.Chemistry, true, 4.85, 0.07, 0.22, 0.18, 6),
        Make("wbc", "White blood cells", ChannelKind.Lab, "10*3/uL", 1, 0.1, 150, "6690-2", Rhythm.BloodCount, true, 2.35, 0.16, 0.36, 0.1, 24),
        Make("hemoglobin", "Haemoglobin", ChannelKind.Lab, "g/dL", 1, 3, 22, "718-7", Rhythm.BloodCount, false, 11, -0.35, 1.6, 0.4, 24),
        Make("platelets", "Platelets", ChannelKind.Lab, "10*3/uL", 0, 3, 1500, "777-3", Rhythm.BloodCount, true, 5.3, -0.14, 0.42, 0.08, 30),
        Make("lactate", "Lactate", ChannelKind.Lab, "mmol/L", 1, 0.2, 30, "2524-7", Rhythm.BloodGas, true, 0.5, 0.36, 0.28, 0.16, 8),
        Make("ph", "Arterial pH", ChannelKind.Lab, "[pH]", 2, 6.7, 7.8, "2744-1", Rhythm.BloodGas, false, 7.39, -0.035, 0.035, 0.025, 6),
        Make("pao2", "Arterial oxygen pressure", ChannelKind.Lab, "mm[Hg]", 0, 25, 600, "2703-7", Rhythm.BloodGas, true, 4.7, -0.1, 0.25, 0.2, 5),
    ];

    /// <summary>The Gaussian scale of a reading.</summary>
    public double ToGaussian(double reading) => Log ? Math.Log(reading) : reading;

    /// <summary>The reading at a point of the Gaussian scale, before recording.</summary>
    public double FromGaussian(double g) => Log ? Math.Exp(g) : g;

    private static IcuChannel Make(
        string name, string title, ChannelKind kind, string unit, int decimals, double low, double high, string loinc,
        Rhythm rhythm, bool log, double level, double severity, double offsetSd, double wobbleSd, double wobbleHours) =>
        new(
            new Channel
            {
                Name = name,
                Title = title,
                Kind = kind,
                Unit = unit,
                Decimals = decimals,
                PlausibleRange = new Schemas.Bounds(low, high, Schemas.Origin.Public),
                Loinc = loinc,
            },
            rhythm, log, level, severity, offsetSd, wobbleSd, wobbleHours);
}
