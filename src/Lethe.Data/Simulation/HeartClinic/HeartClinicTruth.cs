using Lethe.Data.Tables;
using static Lethe.Data.Simulation.HeartClinic.HeartClinicEquations;

namespace Lethe.Data.Simulation.HeartClinic;

/// <summary>
/// What is true of the simulated heart clinic, computed exactly from its equations: the probability of disease given
/// everything recorded (the Bayes classifier, gaps included), and the probability of a whole record. For records of the
/// simulator and of generators trained on it alike. Thread-safe.
/// </summary>
/// <remarks>
/// All values are discrete as recorded, so probabilities are finite sums and products. A missing cholesterol is summed
/// over its 91 values, because its absence depends on the value; absent tests have no children in the graph and drop out,
/// leaving the probability of their absence.
/// </remarks>
public sealed class HeartClinicTruth(HeartClinicOptions? options = null)
{
    private readonly HeartClinicOptions _options = options ?? new();
    private readonly HeartClinicEquations _model = new((options ?? new()).Site);

    /// <summary>
    /// P(obstructive disease | the rest of the record) of each row, in [0, 1]; NaN where the clinic could not have
    /// recorded the row (a value out of range or between two steps, an unknown level, a gap that cannot arise).
    /// </summary>
    /// <param name="table">A table with the clinic's columns; its own target column is not looked at.</param>
    /// <exception cref="KeyNotFoundException">A column is missing.</exception>
    public double[] OutcomeProbability(Table table)
    {
        HeartClinicPatient[] patients = HeartClinicColumns.FromTable(table);
        double[] probabilities = new double[patients.Length];
        for (int row = 0; row < patients.Length; row++)
        {
            double ill = LogJoint(patients[row], 1), well = LogJoint(patients[row], 0);
            probabilities[row] = double.IsNegativeInfinity(ill) && double.IsNegativeInfinity(well) ? double.NaN : Choice.Logistic(ill - well);
        }

        return probabilities;
    }

    /// <summary>
    /// ln P(record) of each row, the target included: at most 0; −∞ where the clinic could not have recorded the row. Its
    /// mean over a generator's records, against that over the simulator's own, says how far the generator strays.
    /// </summary>
    /// <param name="table">A table with the clinic's columns.</param>
    /// <exception cref="KeyNotFoundException">A column is missing.</exception>
    public double[] LogProbability(Table table)
    {
        HeartClinicPatient[] patients = HeartClinicColumns.FromTable(table);
        double[] logs = new double[patients.Length];
        for (int row = 0; row < patients.Length; row++)
            logs[row] = patients[row].Disease < 0 ? double.NegativeInfinity : LogJoint(patients[row], patients[row].Disease);
        return logs;
    }

    /// <summary>ln P(record with disease status <paramref name="y"/>).</summary>
    private double LogJoint(in HeartClinicPatient p, int y)
    {
        // These are never missing.
        if (double.IsNaN(p.Age + p.Bmi + p.SystolicBp) || p.Male < 0 || p.Smoking < 0 || p.Diabetes < 0 || p.ChestPain < 0 || p.AnginaClass < 0 || p.RestingEcg < 0)
            return double.NegativeInfinity;

        Span<double> three = stackalloc double[3], four = stackalloc double[4], five = stackalloc double[5];
        double log = Math.Log(_model.Age.Probability(p.Age)) + LogOf(p.Male, _model.Male) + Math.Log(Bmi(p).Probability(p.Bmi));
        _model.Smoking(p, three);
        log += Math.Log(three[p.Smoking]) + LogOf(p.Diabetes, Diabetes(p)) + Math.Log(_model.SystolicBp(p).Probability(p.SystolicBp));
        log += Math.Log(CholesterolAndDisease(p, y));
        ChestPain(p, y, four);
        log += Math.Log(four[p.ChestPain]);
        AnginaClass(p, y, five);
        log += Math.Log(five[p.AnginaClass]);
        RestingEcg(p, y, three);
        log += Math.Log(three[p.RestingEcg]);
        return log + Math.Log(ExerciseTest(p, y)) + Math.Log(Scan(p, y));
    }

    /// <summary>P(cholesterol as recorded or not, Y = y | risk factors).</summary>
    private double CholesterolAndDisease(in HeartClinicPatient p, int y)
    {
        RecordedNormal cholesterol = Cholesterol(p);
        if (!double.IsNaN(p.Cholesterol))
            return cholesterol.Probability(p.Cholesterol) * Kept(NoCholesterol(p.Cholesterol)) * OfDisease(p, p.Cholesterol, y);

        double sum = 0;
        for (int k = 0; k < cholesterol.CellCount; k++)
        {
            double c = cholesterol.Value(k);
            sum += cholesterol.Probability(c) * Gone(NoCholesterol(c)) * OfDisease(p, c, y);
        }

        return sum;
    }

    /// <summary>P(exercise test as recorded, or none | the record so far, y). The three results are there together or not at all.</summary>
    private double ExerciseTest(in HeartClinicPatient p, int y)
    {
        double none = _model.NoExercise(p, y);
        bool noRate = double.IsNaN(p.MaxHeartRate), noAngina = p.ExerciseAngina == DiscreteColumn.Missing, noDepression = double.IsNaN(p.StDepression);
        if (noRate && noAngina && noDepression)
            return Gone(none);
        if (noRate || noDepression || p.ExerciseAngina < 0)
            return 0;

        double angina = ExerciseAngina(p, y), zero = NoStDepression(p, y);
        return Kept(none)
            * MaxHeartRate(p, y).Probability(p.MaxHeartRate)
            * (p.ExerciseAngina == 1 ? angina : 1 - angina)
            * (p.StDepression == 0 ? zero : (1 - zero) * StDepression(p, y).Probability(p.StDepression));
    }

    /// <summary>P(calcium score as recorded, or none | the record so far, y).</summary>
    private double Scan(in HeartClinicPatient p, int y)
    {
        if (double.IsNaN(p.CalciumScore))
            return Gone(_model.NoScan(p));
        double zero = NoCalcium(p, y);
        return Kept(_model.NoScan(p)) * (p.CalciumScore == 0 ? zero : (1 - zero) * CalciumScore(p, y).Probability(p.CalciumScore));
    }

    private double OfDisease(in HeartClinicPatient p, double cholesterol, int y)
    {
        double ill = _model.Disease(p, cholesterol);
        return y == 1 ? ill : 1 - ill;
    }

    private double Gone(double probability) => _options.MissingValues ? probability : 0;

    private double Kept(double probability) => _options.MissingValues ? 1 - probability : 1;

    private static double LogOf(int value, double probabilityOfOne) => Math.Log(value == 1 ? probabilityOfOne : 1 - probabilityOfOne);
}
