using Lethe.Data.Schemas;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Simulation;

public sealed class HeartClinicSimulatorTests
{
    private static readonly Table Clinic = HeartClinicSimulator.Simulate(60_000, new Seed(20260101));

    [Fact]
    public void Same_seed_same_patients_and_other_seed_others()
    {
        Table a = HeartClinicSimulator.Simulate(500, new Seed(1)), b = HeartClinicSimulator.Simulate(500, new Seed(1)), c = HeartClinicSimulator.Simulate(500, new Seed(2));
        Assert.Equal(Rows(a), Rows(b));
        Assert.NotEqual(Rows(a), Rows(c));
    }

    [Theory]
    [InlineData(1000)] // chunks that begin inside a block
    [InlineData(4096)] // whole blocks
    [InlineData(9000)] // one chunk more than the whole
    public void Chunks_are_the_same_patients_as_one_table_and_fewer_patients_are_its_beginning(int chunkRows)
    {
        HeartClinicOptions options = new() { PatientKey = true };
        string[] whole = Rows(HeartClinicSimulator.Simulate(8500, new Seed(3), options));
        Assert.Equal(whole, HeartClinicSimulator.Stream(8500, new Seed(3), options, chunkRows).SelectMany(Rows));
        Assert.Equal(whole[..4100], Rows(HeartClinicSimulator.Simulate(4100, new Seed(3), options)));
    }

    [Fact]
    public void No_patients_give_an_empty_table_with_the_schema() =>
        Assert.Equal(15, HeartClinicSimulator.Simulate(0, new Seed(1)).Schema.Columns.Count);

    [Fact]
    public void Every_value_is_inside_its_public_range_and_on_its_recording_step()
    {
        foreach (NumericColumn column in Clinic.Columns.OfType<NumericColumn>())
        {
            Bounds bounds = column.Schema.Bounds!;
            Assert.Equal(Origin.Public, bounds.Origin);
            double step = column.Schema.Step ?? Math.Pow(10, -column.Schema.Decimals);
            foreach (double v in column.Values)
            {
                if (double.IsNaN(v))
                    continue;
                Assert.True(bounds.Contains(v), $"{column.Name}: {v}");
                Assert.True(Math.Abs((v / step) - Math.Round(v / step)) < 1e-6, $"{column.Name}: {v} is not a multiple of {step}");
                Assert.Equal(v, Math.Round(v, column.Schema.Decimals));
            }
        }

        Assert.All(Clinic.Columns.OfType<DiscreteColumn>(), c => Assert.Equal(Origin.Public, c.Schema.CategoriesOrigin));
    }

    [Fact]
    public void Marginals_are_those_of_the_documentation()
    {
        // The figures of docs/simulators.md; tolerances are 5 standard errors at 60,000 patients.
        Share("sex", "male", 0.528);
        Share("diabetes", "yes", 0.253);
        Share("smoking", "current", 0.201);
        Share("chest_pain", "typical", 0.172);
        Share("obstructive_cad", "yes", 0.368);
        Mean("age", 60.9, 10.7);
        Mean("bmi", 29.3, 5.1);
        Mean("systolic_bp", 135.6, 17.9);
        Mean("cholesterol", 5.33, 1.04);
        Mean("max_heart_rate", 147.6, 16.3);
        Gaps("cholesterol", 0.107);
        Gaps("st_depression", 0.174);
        Gaps("calcium_score", 0.342);
        Assert.All(Clinic.Columns.Where(c => c.Name is not ("cholesterol" or "max_heart_rate" or "exercise_angina" or "st_depression" or "calcium_score")), c => Assert.Equal(0, c.MissingCount));

        void Share(string column, string level, double expected)
        {
            DiscreteColumn c = (DiscreteColumn)Clinic[column];
            int code = c.Levels.ToList().IndexOf(level);
            Assert.InRange(c.Codes.ToArray().Count(k => k == code) / (double)(c.Count - c.MissingCount), expected - 0.011, expected + 0.011);
        }

        void Mean(string column, double expected, double deviation) =>
            Assert.InRange(((NumericColumn)Clinic[column]).Values.ToArray().Where(v => !double.IsNaN(v)).Average(), expected - (0.03 * deviation), expected + (0.03 * deviation));

        void Gaps(string column, double expected) =>
            Assert.InRange(Clinic[column].MissingCount / (double)Clinic.RowCount, expected - 0.011, expected + 0.011);
    }

    [Fact]
    public void Tests_discriminate_as_published()
    {
        // Exercise ECG, depression of 1 mm or more: meta-analysis 68 % / 77 %. Any calcium: sensitivity 98 %.
        DiscreteColumn ill = (DiscreteColumn)Clinic["obstructive_cad"];
        NumericColumn depression = (NumericColumn)Clinic["st_depression"], calcium = (NumericColumn)Clinic["calcium_score"];
        Assert.InRange(ShareOf(1, depression, v => v >= 1), 0.65, 0.71);
        Assert.InRange(ShareOf(0, depression, v => v < 1), 0.73, 0.79);
        Assert.InRange(ShareOf(1, calcium, v => v > 0), 0.965, 0.985);

        double ShareOf(int status, NumericColumn column, Func<double, bool> result)
        {
            double[] values = [.. Enumerable.Range(0, column.Count).Where(i => ill[i] == status && !column.IsMissing(i)).Select(i => column[i])];
            return values.Count(result) / (double)values.Length;
        }
    }

    [Fact]
    public void Angina_class_is_zero_exactly_without_chest_pain()
    {
        DiscreteColumn pain = (DiscreteColumn)Clinic["chest_pain"], angina = (DiscreteColumn)Clinic["angina_class"];
        for (int i = 0; i < Clinic.RowCount; i++)
            Assert.Equal(pain[i] == 0, angina[i] == 0);
    }

    [Fact]
    public void The_exercise_test_is_missing_as_a_whole()
    {
        for (int i = 0; i < Clinic.RowCount; i++)
        {
            bool none = Clinic["max_heart_rate"].IsMissing(i);
            Assert.Equal(none, Clinic["exercise_angina"].IsMissing(i));
            Assert.Equal(none, Clinic["st_depression"].IsMissing(i));
        }
    }

    [Fact]
    public void Gaps_are_informative_and_the_switch_only_fills_them()
    {
        Table complete = HeartClinicSimulator.Simulate(60_000, new Seed(20260101), new HeartClinicOptions { MissingValues = false });
        Assert.All(complete.Columns, c => Assert.Equal(0, c.MissingCount));
        for (int c = 0; c < Clinic.Columns.Count; c++)
        {
            for (int row = 0; row < 2000; row++)
                Assert.True(Clinic.Columns[c].IsMissing(row) || Clinic.Columns[c].Format(row) == complete.Columns[c].Format(row));
        }

        // Cholesterol: hidden values are lower (missing not at random). Means over about 6,400 and 53,600 values of standard
        // deviation 1.04; a difference of 0.1 would be 7 standard errors.
        double[] truth = ((NumericColumn)complete["cholesterol"]).Values.ToArray();
        double hidden = truth.Where((_, i) => Clinic["cholesterol"].IsMissing(i)).Average(), shown = truth.Where((_, i) => !Clinic["cholesterol"].IsMissing(i)).Average();
        Assert.InRange(shown - hidden, 0.5, 1.0);

        // The exercise test: left out more often in the ill.
        DiscreteColumn ill = (DiscreteColumn)Clinic["obstructive_cad"];
        double[] gaps = [.. new[] { 0, 1 }.Select(y => Enumerable.Range(0, ill.Count).Where(i => ill[i] == y).Average(i => Clinic["st_depression"].IsMissing(i) ? 1.0 : 0))];
        Assert.InRange(gaps[1] / gaps[0], 1.4, 2.4);
    }

    [Fact]
    public void Sites_shift_case_mix_prevalence_calibration_and_gaps()
    {
        Table community = HeartClinicSimulator.Simulate(20_000, new Seed(5), new HeartClinicOptions { Site = HeartClinicSite.Community });
        Table veterans = HeartClinicSimulator.Simulate(20_000, new Seed(5), new HeartClinicOptions { Site = HeartClinicSite.Veterans });
        Assert.InRange(Positive(community, "obstructive_cad"), 0.155, 0.182);
        Assert.InRange(Positive(veterans, "obstructive_cad"), 0.465, 0.500);
        Assert.InRange(Positive(veterans, "sex"), 0.95, 0.97);
        Assert.InRange(community["calcium_score"].MissingCount / 20_000.0, 0.51, 0.55);

        static double Positive(Table t, string name) => ((DiscreteColumn)t[name]).Codes.ToArray().Average(c => (double)c);
    }

    [Fact]
    public void The_patient_key_is_made_up_unique_and_not_modelled()
    {
        Table table = HeartClinicSimulator.Simulate(20, new Seed(1), new HeartClinicOptions { PatientKey = true });
        Assert.Equal("patient_id", table.Schema.PatientKey!.Name);
        Assert.Equal("SIM-0000001", table["patient_id"].Format(0));
        Assert.Equal(20, Enumerable.Range(0, 20).Select(i => table["patient_id"].Format(i)).Distinct().Count());
    }

    private static string[] Rows(Table table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(i => string.Join(',', table.Columns.Select(c => c.Format(i) ?? "")))];
}
