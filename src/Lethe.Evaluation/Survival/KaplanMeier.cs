namespace Lethe.Evaluation.Survival;

/// <summary>
/// The product-limit estimate S(t) = Π(1 − d_i/n_i) (Kaplan and Meier 1958) with Greenwood's standard error and the cumulative hazard of Nelson and
/// Aalen, at the distinct event times.
/// </summary>
public sealed class KaplanMeier
{
    private KaplanMeier(double[] times, int[] atRisk, int[] events, double[] survival, double[] error, double[] hazard)
    {
        Times = times;
        AtRisk = atRisk;
        Events = events;
        Survival = survival;
        StandardError = error;
        CumulativeHazard = hazard;
    }

    /// <summary>Distinct event times, ascending.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>Cases at risk just before each time.</summary>
    public IReadOnlyList<int> AtRisk { get; }

    /// <summary>Events at each time.</summary>
    public IReadOnlyList<int> Events { get; }

    /// <summary>S just after each time.</summary>
    public IReadOnlyList<double> Survival { get; }

    /// <summary>Greenwood standard error of S.</summary>
    public IReadOnlyList<double> StandardError { get; }

    /// <summary>Nelson–Aalen Σ d_i/n_i up to each time.</summary>
    public IReadOnlyList<double> CumulativeHazard { get; }

    /// <summary>First time with S ≤ ½; NaN when S stays above.</summary>
    public double Median
    {
        get
        {
            for (int i = 0; i < Times.Count; i++)
            {
                if (Survival[i] <= 0.5)
                    return Times[i];
            }

            return double.NaN;
        }
    }

    /// <summary>The estimate of some data.</summary>
    public static KaplanMeier Of(SurvivalData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        List<double> times = [], survival = [], error = [], hazard = [];
        List<int> atRisk = [], events = [];
        double s = 1, greenwood = 0, h = 0;
        foreach ((double time, int n, int d, _) in data.Steps())
        {
            if (d == 0)
                continue;
            s *= 1 - ((double)d / n);
            h += (double)d / n;
            greenwood += d == n ? double.PositiveInfinity : (double)d / ((double)n * (n - d));
            times.Add(time);
            atRisk.Add(n);
            events.Add(d);
            survival.Add(s);
            error.Add(s == 0 ? 0 : s * Math.Sqrt(greenwood));
            hazard.Add(h);
        }

        return new KaplanMeier([.. times], [.. atRisk], [.. events], [.. survival], [.. error], [.. hazard]);
    }

    /// <summary>
    /// The censoring distribution Ĝ(t): censorings count as events, and cases with an event at a time have left before the censorings of that
    /// time are counted.
    /// </summary>
    public static KaplanMeier OfCensoring(SurvivalData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        List<double> times = [], survival = [];
        List<int> atRisk = [], events = [];
        double s = 1;
        foreach ((double time, int n, int d, int c) in data.Steps())
        {
            if (c == 0)
                continue;
            s *= 1 - ((double)c / (n - d));
            times.Add(time);
            atRisk.Add(n - d);
            events.Add(c);
            survival.Add(s);
        }

        double[] none = new double[times.Count];
        return new KaplanMeier([.. times], [.. atRisk], [.. events], [.. survival], none, none);
    }

    /// <summary>S(t), right-continuous; 1 before the first event.</summary>
    public double At(double time)
    {
        double s = 1;
        for (int i = 0; i < Times.Count && Times[i] <= time; i++)
            s = Survival[i];
        return s;
    }

    /// <summary>Restricted mean survival time: the area under S from 0 to <paramref name="horizon"/>.</summary>
    public double RestrictedMean(double horizon)
    {
        double area = 0, at = 0, s = 1;
        for (int i = 0; i < Times.Count && Times[i] < horizon; i++)
        {
            area += s * (Times[i] - at);
            (at, s) = (Times[i], Survival[i]);
        }

        return area + (s * (horizon - at));
    }
}
