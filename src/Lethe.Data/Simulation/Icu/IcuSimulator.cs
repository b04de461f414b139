using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Simulation.Icu;

/// <summary>
/// A structural model of intensive-care stays with known truth: latent severity drives coupled vitals and labs, when they
/// are measured, what is done, and who dies. All of its own making; <c>docs/simulators.md</c> states every equation.
/// </summary>
/// <remarks>
/// <para>Statics: age ~ N(64, 15²) on [18, 90]; sex; admission type; comorbidities ~ Poisson; height and weight by sex.</para>
/// <para>Severity: μ = 0.25·(age − 64)/15 + 0.2·(comorbidities − 1.5) + type + u, u ~ N(0, 0.7²);
/// ds = θ(μ − s)dt + σ√(2θ)dW with 1/θ = 18 h, σ = 0.6, started at s(0) ~ N(μ + 0.3, σ²); on treatment the drift also loses 0.25 per 18 h.</para>
/// <para>Readings: <see cref="IcuChannel"/>. Monitor and charted channels are seen at Poisson times, labs as panels whose
/// members share the time; with informative sampling the rates grow by exp(0.35·s).</para>
/// <para>Death in hospital: Bernoulli(σ(−2.6 + 1.5·s̄ + 0.9·s_end + 0.25·(age − 64)/15)), s̄ the mean and s_end the last
/// severity: about one stay in seven dies at site A.</para>
/// </remarks>
public sealed class IcuSimulator
{
    internal const double SeveritySd = 0.6;
    internal const double SeverityHours = 18;
    private const double GridHours = 0.25;
    private const double SamplingSlope = 0.35;

    private static readonly string[] AdmissionTypes = ["medical", "surgical", "cardiac", "neurological"];
    private static readonly double[] TypeEffect = [0.15, -0.1, -0.05, 0.1];

    // Where the density is to be exact, rounding must not show: labs of the unit are recorded to a tenth.
    private const int ExactDecimals = 6;

    private readonly IcuSimulatorOptions _options;
    private readonly bool _exact;
    private readonly IcuChannel[] _channels;

    /// <summary>Makes a simulator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Channels outside 1–20 or hours not in (0, 1000].</exception>
    public IcuSimulator(IcuSimulatorOptions? options = null)
    {
        _options = options ?? new IcuSimulatorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Channels, IcuChannel.All.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.Hours);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Hours, 1000);
        _exact = !(_options.InformativeSampling || _options.Treatment || _options.EarlyEnd);
        _channels = [.. IcuChannel.All.Take(_options.Channels).Select(c => _exact ? c with { Channel = c.Channel with { Decimals = ExactDecimals } } : c)];
        Channels = [.. _channels.Select(c => c.Channel), .. _options.Treatment ? Interventions : []];
    }

    /// <summary>The channels that a cohort has: readings, then interventions when treatment is on.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    private static Channel[] Interventions =>
    [
        new() { Name = "ventilation", Title = "Mechanical ventilation", Kind = ChannelKind.Intervention, Decimals = 0, PlausibleRange = new Bounds(0, 1, Origin.Public) },
        new() { Name = "vasopressor", Title = "Vasopressor running", Kind = ChannelKind.Intervention, Decimals = 0, PlausibleRange = new Bounds(0, 1, Origin.Public) },
    ];

    /// <summary>Simulates <paramref name="stays"/> stays of as many patients. Stay i depends on the seed and i alone.</summary>
    public IcuCohort Simulate(int stays, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stays);
        CohortBuilder events = new();
        double[] death = new double[stays], severity = new double[stays];
        IcuPatient[] patients = new IcuPatient[stays];
        for (int i = 0; i < stays; i++)
        {
            patients[i] = DrawPatient(seed.Stream("patient", i));
            double[] path = Course(patients[i], seed.Stream("course", i), out int ventilated, out int pressors);
            severity[i] = path.Average();
            death[i] = DeathProbability(patients[i], severity[i], path[^1]);
            patients[i].Died = seed.Stream("outcome", i).NextBool(death[i]);
            int end = EndOfStay(patients[i], path.Length, severity[i], seed.Stream("end", i));
            patients[i].LengthHours = end * GridHours;
            Observe(i, path.AsSpan(0, end), ventilated, pressors, events, seed.Derive("observe", i));
        }

        return new IcuCohort(events.Build($"simulated ICU, hospital {_options.Site}", Statics(patients), Channels, ["died_in_hospital"]), death, severity);
    }

    /// <summary>
    /// The exact log density of a stay's readings given its statics and the times at which they were read: a multivariate
    /// normal on the Gaussian scale of the channels (labs: of the logarithm). Readings are then recorded to six decimals.
    /// </summary>
    /// <exception cref="InvalidOperationException">The options are not those of <see cref="IcuSimulatorOptions.Calibration"/>: readings are then not Gaussian given their times.</exception>
    public double LogDensity(Cohort cohort, int stay)
    {
        if (!_exact)
            throw new InvalidOperationException("The density of the readings is Gaussian only without informative sampling, treatment and early end; simulate with IcuSimulatorOptions.Calibration.");
        return IcuDensity.LogDensity(cohort[stay], _channels, PriorMean(cohort.Statics, stay), SiteShift);
    }

    /// <summary>Mean of the severity's level μ given the statics: everything but the patient's own u.</summary>
    internal static double PriorMean(double age, double comorbidities, int type) =>
        (0.25 * (age - 64) / 15) + (0.2 * (comorbidities - 1.5)) + TypeEffect[type];

    private double SiteShift(int channel) => _options.Site == IcuSite.B && _channels[channel].Channel.Name == "spo2" ? -1 : 0;

    private static double PriorMean(Table statics, int stay) => PriorMean(
        ((NumericColumn)statics["age"])[stay],
        ((NumericColumn)statics["comorbidities"])[stay],
        ((DiscreteColumn)statics["admission_type"])[stay]);

    private IcuPatient DrawPatient(RandomStream r)
    {
        bool b = _options.Site == IcuSite.B;
        double age;
        do
            age = Math.Round((b ? 68 : 64) + (15 * r.NextGaussian()));
        while (age is < 18 or > 90);
        bool male = r.NextBool(0.56);
        double height = Math.Round((male ? 176 : 163) + (7 * r.NextGaussian()), 0);
        double bmi = Math.Clamp(27.5 + (5 * r.NextGaussian()), 15, 55);
        return new IcuPatient
        {
            Age = age,
            Male = male,
            Type = r.NextIndex(b ? [0.52, 0.22, 0.14, 0.12] : [0.42, 0.27, 0.2, 0.11]),
            Comorbidities = Poisson(b ? 1.9 : 1.5, r),
            HeightCm = height,
            WeightKg = Math.Round(bmi * height * height / 1e4, 1),
            Own = 0.7 * r.NextGaussian(),
        };
    }

    private double[] Course(IcuPatient p, RandomStream r, out int ventilated, out int pressors)
    {
        int steps = (int)Math.Ceiling(_options.Hours / GridHours);
        double mu = PriorMean(p.Age, p.Comorbidities, p.Type) + p.Own;
        double decay = Math.Exp(-GridHours / SeverityHours);
        double noise = SeveritySd * Math.Sqrt(1 - (decay * decay));
        double[] path = new double[steps];
        double s = mu + 0.3 + (SeveritySd * r.NextGaussian());
        ventilated = pressors = int.MaxValue;
        for (int t = 0; t < steps; t++)
        {
            path[t] = s;
            double relief = 0;
            if (_options.Treatment)
            {
                // Hazards per hour rise steeply once severity passes 1; a started treatment goes on.
                if (ventilated > t && r.NextBool(1 - Math.Exp(-GridHours * 0.05 * Math.Exp(2.2 * (s - 1)))))
                    ventilated = t;
                if (pressors > t && r.NextBool(1 - Math.Exp(-GridHours * 0.04 * Math.Exp(2.5 * (s - 1.1)))))
                    pressors = t;
                relief = (ventilated <= t ? 0.25 : 0) + (pressors <= t ? 0.25 : 0);
            }

            s = mu - relief + ((s - mu + relief) * decay) + (noise * r.NextGaussian());
        }

        return path;
    }

    private static double DeathProbability(IcuPatient p, double mean, double last) =>
        Choice.Logistic(-2.6 + (1.5 * mean) + (0.9 * last) + (0.25 * (p.Age - 64) / 15));

    private int EndOfStay(IcuPatient p, int steps, double severity, RandomStream r)
    {
        if (!_options.EarlyEnd)
            return steps;

        // The well leave for the ward, the dying die: both at exponential times, the former the later the sicker.
        double leaveHours = -Math.Log(r.NextOpenDouble()) * (p.Died ? 140 : 90 * Math.Exp(0.5 * severity));
        return Math.Clamp((int)Math.Ceiling((6 + leaveHours) / GridHours), 1, steps);
    }

    private void Observe(int stay, ReadOnlySpan<double> path, int ventilated, int pressors, CohortBuilder events, Seed seed)
    {
        double[] offsets = new double[_channels.Length], wobble = new double[_channels.Length];
        double[] wobbleHours = new double[_channels.Length];
        RandomStream values = seed.Stream("values");
        for (int c = 0; c < _channels.Length; c++)
        {
            offsets[c] = _channels[c].OffsetSd * values.NextGaussian();
            wobble[c] = _channels[c].WobbleSd * values.NextGaussian();
        }

        List<(double Hours, int Channel)> times = Schedule(path, seed.Stream("times"));
        foreach ((double hours, int c) in times)
        {
            IcuChannel channel = _channels[c];

            // Exact transition of the wobble over the gap since the channel's last reading.
            double carry = Math.Exp(-(hours - wobbleHours[c]) / channel.WobbleHours);
            wobble[c] = (wobble[c] * carry) + (channel.WobbleSd * Math.Sqrt(1 - (carry * carry)) * values.NextGaussian());
            wobbleHours[c] = hours;
            int t = Math.Min((int)(hours / GridHours), path.Length - 1);
            double g = channel.Level + (channel.Severity * path[t]) + offsets[c] + wobble[c] + SiteShift(c);
            if (pressors <= t)
                g += channel.Channel.Name switch { "sbp" => 10, "dbp" => 6, _ => 0 };
            double reading = Record(channel, g);
            events.Add(stay, (float)hours, c, (float)reading);
        }

        if (_options.Treatment)
        {
            AddIntervention(stay, ventilated, path.Length, _channels.Length, events);
            AddIntervention(stay, pressors, path.Length, _channels.Length + 1, events);
        }
    }

    private double Record(IcuChannel channel, double g)
    {
        double reading = Math.Round(channel.FromGaussian(g), channel.Channel.Decimals);
        Bounds range = channel.Channel.PlausibleRange!;
        double floor = channel.Log ? Math.Max(range.Lower, Math.Pow(10, -channel.Channel.Decimals)) : range.Lower;

        // Without the clamp the readings stay Gaussian, which the density needs.
        return _exact ? reading : Math.Clamp(reading, floor, range.Upper);
    }

    private List<(double Hours, int Channel)> Schedule(ReadOnlySpan<double> path, RandomStream r)
    {
        List<(double, int)> times = [];
        for (int c = 0; c < _channels.Length; c++)
        {
            if (_channels[c].Rhythm is Rhythm.Monitor or Rhythm.Chart)
            {
                double perHour = _channels[c].Rhythm == Rhythm.Monitor ? 1.1 : 0.3;
                foreach (double hours in PoissonTimes(path, perHour, SamplingSlope / 2, r))
                    times.Add((hours, c));
            }
        }

        foreach (Rhythm panel in (Rhythm[])[Rhythm.Chemistry, Rhythm.BloodCount, Rhythm.BloodGas])
        {
            double perHour = panel switch
            {
                Rhythm.Chemistry => 1.0 / 9,
                Rhythm.BloodCount => 1.0 / 13,
                _ => _options.Site == IcuSite.B ? 1.0 / 36 : 1.0 / 20,
            };
            double slope = panel == Rhythm.BloodGas ? 3 * SamplingSlope : SamplingSlope;
            foreach (double hours in PoissonTimes(path, perHour, slope, r))
            {
                for (int c = 0; c < _channels.Length; c++)
                {
                    if (_channels[c].Rhythm == panel && r.NextBool(0.93))
                        times.Add((hours, c));
                }
            }
        }

        times.Sort();
        return times;
    }

    // Thinning (Lewis and Shedler 1979) of a Poisson process with rate perHour·exp(slope·s(t)); times on whole minutes, distinct.
    private List<double> PoissonTimes(ReadOnlySpan<double> path, double perHour, double slope, RandomStream r)
    {
        double steepest = 1;
        if (_options.InformativeSampling)
        {
            foreach (double s in path)
                steepest = Math.Max(steepest, Math.Exp(slope * s));
        }

        List<double> times = [];
        double end = path.Length * GridHours, hours = 0;
        long lastMinute = -1;
        while (true)
        {
            hours += -Math.Log(r.NextOpenDouble()) / (perHour * steepest);
            if (hours >= end)
                return times;
            double rate = _options.InformativeSampling ? Math.Exp(slope * path[(int)(hours / GridHours)]) : 1;
            long minute = (long)(hours * 60);
            if (!r.NextBool(rate / steepest) || minute == lastMinute)
                continue;
            lastMinute = minute;
            times.Add(minute / 60.0);
        }
    }

    private static void AddIntervention(int stay, int start, int steps, int channel, CohortBuilder events)
    {
        for (int t = start; t < steps; t += (int)(1 / GridHours))
            events.Add(stay, (float)(t * GridHours), channel, 1);
    }

    private static int Poisson(double mean, RandomStream r)
    {
        double limit = Math.Exp(-mean), product = r.NextOpenDouble();
        int n = 0;
        for (; product > limit; n++)
            product *= r.NextOpenDouble();
        return n;
    }

    private static Table Statics(IcuPatient[] patients)
    {
        static ColumnSchema Number(string name, string? unit, double low, double high, int decimals = 0) => new()
        {
            Name = name,
            Kind = decimals == 0 ? ColumnKind.Integer : ColumnKind.Continuous,
            Unit = unit,
            Decimals = decimals,
            Bounds = new Bounds(low, high, Origin.Public),
        };

        ColumnSchema yesNo = new() { Name = "", Kind = ColumnKind.Boolean, Categories = ["0", "1"], CategoriesOrigin = Origin.Public };
        return new Table(
        [
            new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. patients.Select((_, i) => $"SIM{i:D7}")]),
            new TextColumn(new ColumnSchema { Name = "patient_id", Kind = ColumnKind.Text, Role = ColumnRole.PatientKey }, [.. patients.Select((_, i) => $"SIMP{i:D7}")]),
            new NumericColumn(Number("age", "a", 18, 90), [.. patients.Select(p => p.Age)]),
            new DiscreteColumn(new ColumnSchema { Name = "sex", Kind = ColumnKind.Categorical, Categories = ["female", "male"], CategoriesOrigin = Origin.Public }, [.. patients.Select(p => p.Male ? 1 : 0)]),
            new DiscreteColumn(new ColumnSchema { Name = "admission_type", Kind = ColumnKind.Categorical, Categories = AdmissionTypes, CategoriesOrigin = Origin.Public }, [.. patients.Select(p => p.Type)]),
            new NumericColumn(Number("comorbidities", "{count}", 0, 20), [.. patients.Select(p => (double)Math.Min(p.Comorbidities, 20))]),
            new NumericColumn(Number("height", "cm", 120, 220), [.. patients.Select(p => Math.Clamp(p.HeightCm, 120, 220))]),
            new NumericColumn(Number("weight", "kg", 25, 300, 1), [.. patients.Select(p => Math.Clamp(p.WeightKg, 25, 300))]),
            new NumericColumn(Number("length_hours", "h", 0, 1000, 2), [.. patients.Select(p => p.LengthHours)]),
            new DiscreteColumn(yesNo with { Name = "died_in_hospital", Role = ColumnRole.Target }, [.. patients.Select(p => p.Died ? 1 : 0)]),
        ]);
    }
}
