using Lethe.Audit.Statistics;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Audit;

/// <summary>
/// The same attacks on releases whose answer is known: the training data themselves and noisy copies of them, where an attack
/// must succeed, and other real patients, where it must find nothing. An audit whose controls fail has no verdict.
/// </summary>
internal static class Controls
{
    // A release-only distance attack ranks exact copies first unless unrelated patients coincide with members; noise of a
    // twentieth of a standard deviation blurs that little. A calibrated score of a copied member is its distance to the
    // reference, which isolated non-members reach too: it stays below 1 by nature.
    private const double ExactAuc = 0.99;
    private const double LeastAuc = 0.9;
    private const double Noise = 0.05;

    // A negative control that failed one time in twenty would void one audit in twenty.
    private const double NullLevel = 0.999;

    // Fewer other patients than this make a release of their own too small to attack.
    private const int LeastFreshRows = 20;

    public static IEnumerable<ControlResult> Run(IAttack attack, AuditData data, CandidateSet candidates, Seed seed)
    {
        Table? reference = data.ReferencePoints;
        yield return Planted("release = training data", data.TrainPoints, attack.ThreatModel == ThreatModel.Release ? ExactAuc : LeastAuc);
        yield return Planted("release = training data with noise of 0.05 standard deviations", Blur(data.TrainPoints, seed.Stream("noise")), LeastAuc);
        if (reference is null || reference.RowCount < 2 * LeastFreshRows)
            yield break;

        // Half of the other patients play the release, the other half stay the adversary's reference.
        int[] order = seed.Stream("fresh").Permutation(reference.RowCount);
        int half = reference.RowCount / 2;
        yield return Fresh(reference.Take(order.AsSpan(0, half)), reference.Take(order.AsSpan(half)));

        ControlResult Planted(string name, Table release, double least)
        {
            Measure figure = Figure(name, release, reference);
            return new ControlResult(
                $"{attack.Descriptor.Title}: {name}", Leak: true, figure, figure.Value >= least,
                FormattableString.Invariant($"The attack must find the planted leak: an area of at least {least}."));
        }

        ControlResult Fresh(Table release, Table rest)
        {
            Measure figure = Figure("release = other real patients", release, rest);
            double band = Gaussian.Critical(NullLevel) * AuditPower.NullStandardError(candidates.Members, candidates.NonMembers);
            return new ControlResult(
                $"{attack.Descriptor.Title}: release = other real patients", Leak: false, figure, Math.Abs(figure.Value!.Value - 0.5) <= band,
                FormattableString.Invariant($"The attack must find nothing: an area within 0.5 ± {band:F3} (99.9 % of audits without a leak)."));
        }

        Measure Figure(string name, Table release, Table? others)
        {
            double[] scores = candidates.ByPatient(AttackRunner.Score(attack, release, others, candidates.Rows, seed.Derive("control")));
            return new Measure
            {
                Id = $"control.{attack.Descriptor.Name}.auc",
                Name = "Area under the ROC curve",
                Subject = name,
                Value = DeLong.Of(candidates.Labels, scores).Auc,
                Interval = DeLong.Interval(candidates.Labels, scores),
                Direction = Direction.Ideal,
                Ideal = 0.5,
                Minimum = 0,
                Maximum = 1,
                N = candidates.Labels.Length,
            };
        }
    }

    private static Table Blur(Table table, RandomStream stream) => new(table.Columns.Select(c => c is NumericColumn n ? Blur(n, stream) : c), table.Schema.Name);

    private static NumericColumn Blur(NumericColumn column, RandomStream stream)
    {
        double scale = Noise * Moments.PopulationDeviation([.. column.Values.ToArray().Where(v => !double.IsNaN(v))]);
        double[] blurred = column.Values.ToArray();
        for (int i = 0; i < blurred.Length; i++)
            blurred[i] += double.IsNaN(scale) ? 0 : scale * stream.NextGaussian();
        return new NumericColumn(column.Schema, blurred);
    }
}
