namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>
/// The Gaussian chain with the cosine schedule of Nichol and Dhariwal (2021): ᾱ(u) = cos²((u/S + 0.008)/1.008·π/2),
/// β_t = min(1 − ᾱ(t + 1)/ᾱ(t), 0.999), steps t = 0 … S − 1. Immutable.
/// </summary>
internal sealed class NoiseSchedule
{
    private const double Offset = 0.008;
    private const double LargestBeta = 0.999;
    private const double DataVariance = 0.25;
    private const double MostNoise = 40;

    private readonly double[] _beta, _cumulative;

    /// <summary>A chain of this many steps.</summary>
    public NoiseSchedule(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        _beta = new double[steps];
        _cumulative = new double[steps];
        double product = 1;
        for (int t = 0; t < steps; t++)
        {
            _beta[t] = Math.Min(1 - (Continuous((t + 1.0) / steps) / Continuous((double)t / steps)), LargestBeta);
            _cumulative[t] = product *= 1 - _beta[t];
        }
    }

    /// <summary>S.</summary>
    public int Steps => _beta.Length;

    /// <summary>β_t.</summary>
    public double Beta(int t) => _beta[t];

    /// <summary>ᾱ_t; 1 before the first step.</summary>
    public double Cumulative(int t) => t < 0 ? 1 : _cumulative[t];

    /// <summary>w_t = √α_t·√(1 − ᾱ_t)/(100 β_t), the weight of the loss at t.</summary>
    public double LossWeight(int t) => Math.Sqrt((1 - _beta[t]) * (1 - _cumulative[t])) / (100 * _beta[t]);

    /// <summary>
    /// Shares of x_t and of the network in x̂₀ with which the network's target has unit variance when the data have deviation σ = ½ (Karras et al. 2022, table 1):
    /// σ²√ᾱ/v and σ√(1 − ᾱ)/√v with v = ᾱσ² + 1 − ᾱ.
    /// </summary>
    public (double OfNoisy, double OfNetwork) Preconditioning(int t)
    {
        double kept = Cumulative(t), noise = 1 - kept, variance = (kept * DataVariance) + noise;
        return (DataVariance * Math.Sqrt(kept) / variance, Math.Sqrt(DataVariance * noise / variance));
    }

    /// <summary>
    /// From x_t and x̂₀ to x_s, s &lt; t: x_s = <c>Data</c>·x̂₀ + <c>Noisy</c>·x_t + <c>Deviation</c>·ξ. With s = t − 1 and η = 1 the posterior of the
    /// chain (DDPM, Ho et al. 2020); with η = 0 deterministic (DDIM, Song et al. 2021); s = −1 is the series itself.
    /// </summary>
    public Transition Step(int t, int s, double eta)
    {
        if (s < 0)
            return new Transition(1, 0, 0);
        double at = Cumulative(t), to = Cumulative(s);
        double deviation = eta * Math.Sqrt((1 - (at / to)) * (1 - to) / (1 - at));
        double direction = Math.Sqrt(Math.Max(0, 1 - to - (deviation * deviation))) / Math.Sqrt(1 - at);
        return new Transition(Math.Sqrt(to) - (direction * Math.Sqrt(at)), direction, deviation);
    }

    /// <summary>λ_t = ½·ln(ᾱ_t/(1 − ᾱ_t)), signal against noise.</summary>
    public double LogSignal(int t) => 0.5 * Math.Log(Cumulative(t) / (1 - Cumulative(t)));

    /// <summary>
    /// The levels that sampling visits, down to 0 and −1, <paramref name="steps"/> transitions: every one, or levels even in λ (at least one apart) from where
    /// noise is 40 times the signal. Even in t, the finest detail is guessed through noise ten times as large; and what a whole window shares, its level, is
    /// decided where each cell is nearly all noise: 32 levels as the cubes of even numbers lose a quarter of the spread of levels even with a perfect network.
    /// </summary>
    public int[] Path(int steps)
    {
        int[] path = new int[steps + 1];
        path[steps] = -1;
        double first = LogSignal(0), last = -Math.Log(MostNoise);
        for (int i = 0; i < steps; i++)
        {
            double wanted = steps == 1 ? last : first + ((last - first) * i / (steps - 1));
            int t = path[steps - i] + 1, roomFor = Steps - steps + i;
            while (t < roomFor && LogSignal(t) > wanted)
                t++;
            path[steps - 1 - i] = t;
        }

        return path;
    }

    /// <summary>
    /// Weight w of the second order in deterministic steps: x̂₀ + w·(x̂₀ − x̂₀ of the step before) instead of x̂₀ (DPM-Solver++ 2M, Lu et al. 2022, alg. 2), w = ½·h/h before
    /// with h the way in λ. 0 for the last step.
    /// </summary>
    public double Extrapolation(int before, int t, int s) => s < 0 ? 0 : 0.5 * (LogSignal(s) - LogSignal(t)) / (LogSignal(t) - LogSignal(before));

    private static double Continuous(double u)
    {
        double cosine = Math.Cos((u + Offset) / (1 + Offset) * Math.PI / 2);
        return cosine * cosine;
    }
}

/// <summary>One reverse step: the mean is Data·x̂₀ + Noisy·x_t, the deviation that of the fresh noise.</summary>
internal readonly record struct Transition(double Data, double Noisy, double Deviation);
