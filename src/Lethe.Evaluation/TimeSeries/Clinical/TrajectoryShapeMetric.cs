using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// Trajectories that no monitor draws. Frozen: at least five readings of a channel in a stay, all equal. Saw-tooth: at least eight, whose differences change
/// sign more often, as a share of neighbouring pairs of differences, than 99 % of the training stays' do (a channel whose real course is that restless has
/// no saw-tooth). Both are shares of channel-stays; real charts freeze too, so the training share is the ideal.
/// </summary>
internal sealed class TrajectoryShapeMetric() : StayMetric(new Descriptor(
    "series-shape", "Shape of trajectories", "clinical", "Share of channel-stays that are frozen or jump up and down at every reading.", "Bienaymé 1874 (turning points)"))
{
    private const int FewestFrozen = 5;
    private const int FewestSawtooth = 8;
    private const double Restless = 0.99;

    protected override IEnumerable<Measure> Compute(StaySet real, StaySet other)
    {
        int f = real.Channels;
        double[] frozenReal = new double[f], frozen = new double[f], sawReal = new double[f], saw = new double[f];
        double sumFrozenReal = 0, sumFrozen = 0, sumSawReal = 0, sumSaw = 0;
        int judgedReal = 0, judged = 0, turnedReal = 0, turned = 0;
        for (int c = 0; c < f; c++)
        {
            if (real.IsCategorical(c))
            {
                frozenReal[c] = frozen[c] = sawReal[c] = saw[c] = double.NaN;
                continue;
            }

            (int equalReal, int manyReal, double[] turnsReal) = Of(real, c);
            (int equal, int many, double[] turns) = Of(other, c);
            double limit = turnsReal.Length == 0 ? double.PositiveInfinity : Quantile.Of(turnsReal, Restless);
            (frozenReal[c], frozen[c]) = (Share(equalReal, manyReal), Share(equal, many));
            int above = turns.Count(t => t > limit), aboveReal = turnsReal.Count(t => t > limit);
            (sawReal[c], saw[c]) = (Share(aboveReal, turnsReal.Length), turnsReal.Length == 0 ? double.NaN : Share(above, turns.Length));
            (sumFrozenReal, sumFrozen, judgedReal, judged) = (sumFrozenReal + equalReal, sumFrozen + equal, judgedReal + manyReal, judged + many);
            if (turnsReal.Length == 0)
                continue;
            (sumSawReal, sumSaw, turnedReal, turned) = (sumSawReal + aboveReal, sumSaw + above, turnedReal + turnsReal.Length, turned + turns.Length);
        }

        string tooFew = $"no stay has {FewestFrozen} readings of the channel", tooFewTurns = $"no stay has {FewestSawtooth} readings of the channel";
        yield return Near("series.frozen", "Frozen channel-stays", Share(sumFrozen, judged), Share(sumFrozenReal, judgedReal), tooFew, null);
        yield return Near("series.sawtooth", "Saw-tooth channel-stays", Share(sumSaw, turned), Share(sumSawReal, turnedReal), tooFewTurns, null);
        for (int c = 0; c < f; c++)
        {
            string name = real.Cohort.Channels[c].Name;
            yield return Near("series.frozen", "Frozen stays", frozen[c], frozenReal[c], tooFew, name);
            yield return Near("series.sawtooth", "Saw-tooth stays", saw[c], sawReal[c], tooFewTurns, name);
        }
    }

    private static Measure Near(string id, string name, double value, double ideal, string undefined, string? subject) => double.IsNaN(ideal)
        ? Figures.Plain(id, name, value, undefined, subject)
        : Figures.Near(id, name, value, ideal, undefined, 0, 1, subject);

    private static double Share(double count, int n) => n == 0 ? double.NaN : count / n;

    /// <summary>Stays of one value, stays judged for that, and the share of turning points of each stay with enough readings.</summary>
    private static (int Equal, int Many, double[] Turns) Of(StaySet set, int channel)
    {
        int equal = 0, many = 0;
        List<double> turns = [];
        set.ForEachStay(channel, (_, x) =>
        {
            if (x.Count >= FewestFrozen)
            {
                many++;
                equal += x.TrueForAll(v => v == x[0]) ? 1 : 0;
            }

            if (x.Count < FewestSawtooth)
                return;
            int changes = 0;
            for (int t = 2; t < x.Count; t++)
                changes += (x[t] - x[t - 1]) * (x[t - 1] - x[t - 2]) < 0 ? 1 : 0;
            turns.Add((double)changes / (x.Count - 2));
        });
        return (equal, many, [.. turns]);
    }
}
