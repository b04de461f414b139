namespace Lethe.Results;

/// <summary>A confidence interval.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Method">How it was computed, e.g. <c>DeLong, logit scale</c>, <c>Wilson</c>, <c>bootstrap 2000</c>, <c>Nadeau–Bengio</c>.</param>
/// <param name="Level">Confidence level, 0.95 unless stated.</param>
public sealed record Interval(double Lower, double Upper, string Method, double Level = 0.95);
