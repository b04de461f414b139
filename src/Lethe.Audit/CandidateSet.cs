using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Audit;

/// <summary>
/// The patients whose membership is in question: training patients (members) and as many holdout patients (non-members).
/// Attacks see their rows in a shuffled order without the patient key; scores of one patient's rows are aggregated to
/// their maximum, because all rows of a patient share one membership bit.
/// </summary>
internal sealed class CandidateSet
{
    private readonly int[] _patientOfRow;

    private CandidateSet(Table rows, int[] patientOfRow, int members, int nonMembers)
    {
        Rows = rows;
        _patientOfRow = patientOfRow;
        Members = members;
        NonMembers = nonMembers;
        Labels = new int[members + nonMembers];
        Labels.AsSpan(0, members).Fill(1);
    }

    /// <summary>Rows as the attacks get them.</summary>
    public Table Rows { get; }

    public int Members { get; }

    public int NonMembers { get; }

    /// <summary>Membership bit per patient, members first.</summary>
    public int[] Labels { get; }

    /// <summary>All holdout patients, and a random subset of as many training patients when there are more of these.</summary>
    public static CandidateSet Draw(AuditData data, Seed seed)
    {
        (Table memberRows, int[] memberOf, int members) = Pick(data.Train, data.TrainPoints, Grouping.Of(data.Holdout!).GroupCount, seed.Stream("members"));
        (Table otherRows, int[] otherOf, int others) = Pick(data.Holdout!, data.HoldoutPoints!, int.MaxValue, seed.Stream("non-members"));
        int[] patientOfRow = [.. memberOf, .. otherOf.Select(p => members + p)];
        int[] order = seed.Stream("order").Permutation(patientOfRow.Length);
        return new CandidateSet(memberRows.Append(otherRows).Take(order), [.. order.Select(i => patientOfRow[i])], members, others);
    }

    /// <summary>One score a patient, members first: the largest of its rows.</summary>
    /// <exception cref="ArithmeticException">A score is NaN.</exception>
    public double[] ByPatient(double[] rowScores)
    {
        double[] scores = new double[Labels.Length];
        Array.Fill(scores, double.NegativeInfinity);
        for (int row = 0; row < rowScores.Length; row++)
        {
            if (double.IsNaN(rowScores[row]))
                throw new ArithmeticException("An attack returned a score that is not a number.");
            ref double patient = ref scores[_patientOfRow[row]];
            patient = Math.Max(patient, rowScores[row]);
        }

        return scores;
    }

    private static (Table Rows, int[] PatientOfRow, int Patients) Pick(Table source, Table points, int limit, RandomStream stream)
    {
        Grouping groups = Grouping.Of(source);
        int[] position = new int[groups.GroupCount];
        Array.Fill(position, -1);
        int[] chosen = stream.Permutation(groups.GroupCount);
        int patients = Math.Min(limit, chosen.Length);
        for (int i = 0; i < patients; i++)
            position[chosen[i]] = i;

        List<int> rows = [], patientOfRow = [];
        for (int row = 0; row < groups.RowCount; row++)
        {
            if (position[groups.GroupOfRow[row]] is >= 0 and var patient)
            {
                rows.Add(row);
                patientOfRow.Add(patient);
            }
        }

        return (points.Take([.. rows]), [.. patientOfRow], patients);
    }
}
