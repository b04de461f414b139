using System.Globalization;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Simulation.HeartClinic;

/// <summary>Patients to columns and back.</summary>
internal sealed class HeartClinicColumns
{
    private readonly Schema _schema;
    private readonly bool _withKey;
    private readonly int _count;
    private readonly double[] _age, _bmi, _systolicBp, _cholesterol, _maxHeartRate, _stDepression, _calciumScore;
    private readonly int[] _male, _smoking, _diabetes, _chestPain, _anginaClass, _restingEcg, _exerciseAngina, _disease;

    /// <summary>Empty columns to be filled by <see cref="Set"/>.</summary>
    public HeartClinicColumns(int count, HeartClinicOptions options)
    {
        _schema = HeartClinicSchema.Make(options.PatientKey);
        _withKey = options.PatientKey;
        _count = count;
        (_age, _bmi, _systolicBp, _cholesterol) = (new double[count], new double[count], new double[count], new double[count]);
        (_maxHeartRate, _stDepression, _calciumScore) = (new double[count], new double[count], new double[count]);
        (_male, _smoking, _diabetes, _chestPain) = (new int[count], new int[count], new int[count], new int[count]);
        (_anginaClass, _restingEcg, _exerciseAngina, _disease) = (new int[count], new int[count], new int[count], new int[count]);
    }

    /// <summary>Stores a patient.</summary>
    public void Set(int row, in HeartClinicPatient p)
    {
        _age[row] = p.Age;
        _male[row] = p.Male;
        _bmi[row] = p.Bmi;
        _smoking[row] = p.Smoking;
        _diabetes[row] = p.Diabetes;
        _systolicBp[row] = p.SystolicBp;
        _cholesterol[row] = p.Cholesterol;
        _chestPain[row] = p.ChestPain;
        _anginaClass[row] = p.AnginaClass;
        _restingEcg[row] = p.RestingEcg;
        _maxHeartRate[row] = p.MaxHeartRate;
        _exerciseAngina[row] = p.ExerciseAngina;
        _stDepression[row] = p.StDepression;
        _calciumScore[row] = p.CalciumScore;
        _disease[row] = p.Disease;
    }

    /// <summary>The table; patient keys count on from <paramref name="start"/>.</summary>
    public Table ToTable(int start)
    {
        List<Column> columns =
        [
            new NumericColumn(_schema[HeartClinicSchema.Age], _age),
            new DiscreteColumn(_schema[HeartClinicSchema.Sex], _male),
            new NumericColumn(_schema[HeartClinicSchema.Bmi], _bmi),
            new DiscreteColumn(_schema[HeartClinicSchema.Smoking], _smoking),
            new DiscreteColumn(_schema[HeartClinicSchema.Diabetes], _diabetes),
            new NumericColumn(_schema[HeartClinicSchema.SystolicBp], _systolicBp),
            new NumericColumn(_schema[HeartClinicSchema.Cholesterol], _cholesterol),
            new DiscreteColumn(_schema[HeartClinicSchema.ChestPain], _chestPain),
            new DiscreteColumn(_schema[HeartClinicSchema.AnginaClass], _anginaClass),
            new DiscreteColumn(_schema[HeartClinicSchema.RestingEcg], _restingEcg),
            new NumericColumn(_schema[HeartClinicSchema.MaxHeartRate], _maxHeartRate),
            new DiscreteColumn(_schema[HeartClinicSchema.ExerciseAngina], _exerciseAngina),
            new NumericColumn(_schema[HeartClinicSchema.StDepression], _stDepression),
            new NumericColumn(_schema[HeartClinicSchema.CalciumScore], _calciumScore),
            new DiscreteColumn(_schema[HeartClinicSchema.ObstructiveCad], _disease),
        ];
        if (_withKey)
        {
            string[] keys = [.. Enumerable.Range(start + 1, _count).Select(i => "SIM-" + i.ToString("D7", CultureInfo.InvariantCulture))];
            columns.Insert(0, new TextColumn(_schema[HeartClinicSchema.PatientKey], keys));
        }

        return new Table(_schema, columns);
    }

    /// <summary>
    /// The patients of any table with the clinic's columns, in any order and with levels matched by name; further columns
    /// are ignored. A level the clinic does not know reads as −2: impossible, not missing.
    /// </summary>
    /// <exception cref="KeyNotFoundException">A column is missing.</exception>
    /// <exception cref="ArgumentException">A column is stored as another kind.</exception>
    public static HeartClinicPatient[] FromTable(Table table)
    {
        HeartClinicPatient[] patients = new HeartClinicPatient[table.RowCount];
        ReadOnlySpan<double> age = Numbers(table, HeartClinicSchema.Age), bmi = Numbers(table, HeartClinicSchema.Bmi);
        ReadOnlySpan<double> systolicBp = Numbers(table, HeartClinicSchema.SystolicBp), cholesterol = Numbers(table, HeartClinicSchema.Cholesterol);
        ReadOnlySpan<double> maxHeartRate = Numbers(table, HeartClinicSchema.MaxHeartRate), stDepression = Numbers(table, HeartClinicSchema.StDepression);
        ReadOnlySpan<double> calciumScore = Numbers(table, HeartClinicSchema.CalciumScore);
        int[] male = Codes(table, HeartClinicSchema.Sex), smoking = Codes(table, HeartClinicSchema.Smoking), diabetes = Codes(table, HeartClinicSchema.Diabetes);
        int[] chestPain = Codes(table, HeartClinicSchema.ChestPain), anginaClass = Codes(table, HeartClinicSchema.AnginaClass);
        int[] restingEcg = Codes(table, HeartClinicSchema.RestingEcg), exerciseAngina = Codes(table, HeartClinicSchema.ExerciseAngina);
        int[] disease = Codes(table, HeartClinicSchema.ObstructiveCad);
        for (int row = 0; row < patients.Length; row++)
        {
            patients[row] = new HeartClinicPatient
            {
                Age = age[row],
                Male = male[row],
                Bmi = bmi[row],
                Smoking = smoking[row],
                Diabetes = diabetes[row],
                SystolicBp = systolicBp[row],
                Cholesterol = cholesterol[row],
                ChestPain = chestPain[row],
                AnginaClass = anginaClass[row],
                RestingEcg = restingEcg[row],
                MaxHeartRate = maxHeartRate[row],
                ExerciseAngina = exerciseAngina[row],
                StDepression = stDepression[row],
                CalciumScore = calciumScore[row],
                Disease = disease[row],
            };
        }

        return patients;
    }

    private static ReadOnlySpan<double> Numbers(Table table, string name) => table[name] is NumericColumn c
        ? c.Values
        : throw new ArgumentException($"Column '{name}' holds {table[name].Schema.Kind} values; the heart clinic's is numeric.", nameof(table));

    private static int[] Codes(Table table, string name)
    {
        if (table[name] is not DiscreteColumn column)
            throw new ArgumentException($"Column '{name}' holds {table[name].Schema.Kind} values; the heart clinic's has levels.", nameof(table));
        IReadOnlyList<string> known = HeartClinicSchema.Make(false)[name].Categories;
        int[] map = [.. column.Levels.Select(level => known.ToList().IndexOf(level) is var i && i >= 0 ? i : -2)];
        int[] codes = new int[column.Count];
        for (int row = 0; row < codes.Length; row++)
            codes[row] = column.IsMissing(row) ? DiscreteColumn.Missing : map[column[row]];
        return codes;
    }
}
