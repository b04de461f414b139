namespace Lethe.Evaluation.Survival;

/// <summary>
/// How the survival curve of synthetic cases departs from the real one: Norcliffe et al., "SurvivalGAN", 2023, on 1 000 grid points up to the largest time.
/// </summary>
/// <param name="Optimism">∫(S_S − S_R)/T: above 0 synthetic cases live too long.</param>
/// <param name="AbsoluteOptimism">∫|S_S − S_R|/T, 0 is best.</param>
/// <param name="ShortSightedness">(max t_R − max t_S)/T: above 0 the end of follow-up is lost.</param>
public sealed record SurvivalDivergence(double Optimism, double AbsoluteOptimism, double ShortSightedness)
{
    private const int Points = 1000;

    /// <summary>The three figures; T is the largest time of both.</summary>
    public static SurvivalDivergence Of(SurvivalData real, SurvivalData synthetic)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic);
        KaplanMeier r = KaplanMeier.Of(real), s = KaplanMeier.Of(synthetic);
        double first = Math.Max(0, Math.Min(real.Times.Min(), synthetic.Times.Min())), last = Math.Max(real.Times.Max(), synthetic.Times.Max());
        double step = (last - first) / (Points - 1), signed = 0, absolute = 0, previous = double.NaN;
        for (int i = 0; i < Points; i++)
        {
            double t = i == Points - 1 ? last : first + (i * step), gap = s.At(t) - r.At(t);
            if (i > 0)
            {
                signed += step * (gap + previous) / 2;
                absolute += step * (Math.Abs(gap) + Math.Abs(previous)) / 2;
            }

            previous = gap;
        }

        return new SurvivalDivergence(signed / last, absolute / last, (real.Times.Max() - synthetic.Times.Max()) / last);
    }
}
