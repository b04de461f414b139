using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using static Lethe.Data.Simulation.HeartClinic.HeartClinicEquations;

namespace Lethe.Data.Simulation.HeartClinic;

/// <summary>
/// A simulated cohort of patients referred for coronary angiography: 14 attributes of mixed kinds with informative gaps,
/// and the angiographic result. A structural model of our own (equations and sources: docs/simulators.md), not fitted to
/// any table; <see cref="HeartClinicTruth"/> states the exact probabilities behind every record. Deterministic in the
/// seed; patient i is the same however many are drawn.
/// </summary>
public static class HeartClinicSimulator
{
    /// <summary>Patients that share one random stream: fixed, so that the length of a chunk never changes a patient.</summary>
    private const int Block = 4096;

    /// <summary>The columns, with units, public ranges and public levels.</summary>
    public static Schema Schema(HeartClinicOptions? options = null) => HeartClinicSchema.Make(options?.PatientKey ?? false);

    /// <summary>Simulates a table.</summary>
    /// <param name="rows">Number of patients, not negative. A million take about 100 MB.</param>
    /// <param name="seed">The seed; draws use its child <c>heart-clinic</c>.</param>
    /// <param name="options">Site and gaps; default: the referral site with missing values.</param>
    public static Table Simulate(int rows, Seed seed, HeartClinicOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return Simulate(0, rows, seed, options ?? new());
    }

    /// <summary>The same patients as <see cref="Simulate(int, Seed, HeartClinicOptions?)"/>, in tables of at most <paramref name="chunkRows"/> rows made one at a time.</summary>
    /// <param name="rows">Number of patients in all, not negative.</param>
    /// <param name="seed">The seed; draws use its child <c>heart-clinic</c>.</param>
    /// <param name="options">Site and gaps.</param>
    /// <param name="chunkRows">Rows a table, positive.</param>
    public static IEnumerable<Table> Stream(int rows, Seed seed, HeartClinicOptions? options = null, int chunkRows = 16 * Block)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunkRows);
        return Chunks();

        IEnumerable<Table> Chunks()
        {
            for (int start = 0; start < rows; start += chunkRows)
                yield return Simulate(start, Math.Min(chunkRows, rows - start), seed, options ?? new());
        }
    }

    private static Table Simulate(int start, int count, Seed seed, HeartClinicOptions options)
    {
        HeartClinicEquations model = new(options.Site);
        HeartClinicColumns columns = new(count, options);
        int row = 0;
        while (row < count)
        {
            // A chunk may begin inside a block: the patients before it are drawn and left out.
            int block = (start + row) / Block, skip = (start + row) % Block, taken = Math.Min(Block - skip, count - row);
            RandomStream stream = seed.Stream("heart-clinic", block);
            for (int i = 0; i < skip; i++)
                Draw(model, stream, options.MissingValues);
            for (int i = 0; i < taken; i++, row++)
                columns.Set(row, Draw(model, stream, options.MissingValues));
        }

        return columns.ToTable(start);
    }

    /// <summary>One patient. Every value is drawn, then hidden, so that the switch for gaps changes nothing else.</summary>
    private static HeartClinicPatient Draw(HeartClinicEquations model, RandomStream stream, bool missingValues)
    {
        Span<double> three = stackalloc double[3], four = stackalloc double[4], five = stackalloc double[5];
        HeartClinicPatient p = default;
        p.Age = model.Age.Draw(stream);
        p.Male = Choice.Draw(model.Male, stream);
        p.Bmi = Bmi(p).Draw(stream);
        model.Smoking(p, three);
        p.Smoking = Choice.Draw(three, stream);
        p.Diabetes = Choice.Draw(Diabetes(p), stream);
        p.SystolicBp = model.SystolicBp(p).Draw(stream);
        p.Cholesterol = Cholesterol(p).Draw(stream);
        int y = p.Disease = Choice.Draw(model.Disease(p, p.Cholesterol), stream);
        ChestPain(p, y, four);
        p.ChestPain = Choice.Draw(four, stream);
        AnginaClass(p, y, five);
        p.AnginaClass = Choice.Draw(five, stream);
        RestingEcg(p, y, three);
        p.RestingEcg = Choice.Draw(three, stream);
        p.MaxHeartRate = MaxHeartRate(p, y).Draw(stream);
        p.ExerciseAngina = Choice.Draw(ExerciseAngina(p, y), stream);
        bool noDepression = stream.NextBool(NoStDepression(p, y));
        double depression = StDepression(p, y).Draw(stream);
        p.StDepression = noDepression ? 0 : depression;
        bool noCalcium = stream.NextBool(NoCalcium(p, y));
        double score = CalciumScore(p, y).Draw(stream);
        p.CalciumScore = noCalcium ? 0 : score;

        bool hideCholesterol = stream.NextBool(NoCholesterol(p.Cholesterol));
        bool hideExercise = stream.NextBool(model.NoExercise(p, y));
        bool hideScan = stream.NextBool(model.NoScan(p));
        if (missingValues && hideCholesterol)
            p.Cholesterol = double.NaN;
        if (missingValues && hideExercise)
            (p.MaxHeartRate, p.ExerciseAngina, p.StDepression) = (double.NaN, DiscreteColumn.Missing, double.NaN);
        if (missingValues && hideScan)
            p.CalciumScore = double.NaN;
        return p;
    }
}
