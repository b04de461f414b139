using static Lethe.Data.Simulation.Choice;

namespace Lethe.Data.Simulation.HeartClinic;

/// <summary>
/// The structural equations of the heart clinic: one method a node of the graph, giving the distribution of a recorded
/// value given the recorded values of its parents. Drawing and stating probabilities both go through these methods, so
/// they cannot differ. The text form, with sources of the figures, is in docs/simulators.md.
/// </summary>
/// <remarks>
/// Y is obstructive disease, L the logistic function, age and body mass index are centred at 60 years and 29 kg/m².
/// Coefficients are log-odds unless the line is about a measured quantity.
/// </remarks>
internal sealed class HeartClinicEquations(HeartClinicSite site)
{
    // Codes of the schema's levels.
    public const int Former = 1, Current = 2;
    public const int NoPain = 0, Atypical = 2, Typical = 3;
    public const int StTAbnormality = 1;

    /// <summary>Age ~ N(site mean, 11²) on 30 … 89, whole years.</summary>
    public RecordedNormal Age { get; } = new(site.MeanAge, 11, 30, 89, 1);

    /// <summary>Sex ~ Bernoulli(site share of men).</summary>
    public double Male { get; } = site.MaleShare;

    /// <summary>ln BMI ~ N(ln 28.8 + 0.01·male − 0.003·age, 0.17²).</summary>
    public static RecordedNormal Bmi(in HeartClinicPatient p) =>
        new(Math.Log(28.8) + (0.01 * p.Male) - (0.003 * (p.Age - 60)), 0.17, 15, 60, 0.1, Log: true);

    /// <summary>Never : former : current by age and sex.</summary>
    public void Smoking(in HeartClinicPatient p, Span<double> probabilities)
    {
        probabilities[0] = 0;
        probabilities[Former] = -0.75 + site.SmokingLogit + (0.60 * p.Male) + (0.015 * (p.Age - 60));
        probabilities[Current] = -1.10 + site.SmokingLogit + (0.35 * p.Male) - (0.045 * (p.Age - 60));
        Softmax(probabilities);
    }

    /// <summary>Diabetes by weight and age.</summary>
    public static double Diabetes(in HeartClinicPatient p) => Logistic(-1.20 + (0.09 * (p.Bmi - 29)) + (0.03 * (p.Age - 60)));

    /// <summary>Systolic pressure ~ N(134 + 0.45·age + 0.6·BMI + 4·diabetes + offset, 17²), read to 2 mm Hg.</summary>
    public RecordedNormal SystolicBp(in HeartClinicPatient p) =>
        new(134 + site.BloodPressureOffset + (0.45 * (p.Age - 60)) + (0.6 * (p.Bmi - 29)) + (4 * p.Diabetes), 17, 80, 230, 2);

    /// <summary>Cholesterol ~ N(5.2 + 0.25·female − 0.4·diabetes (treated) + 0.15·current smoker, 1.05²).</summary>
    public static RecordedNormal Cholesterol(in HeartClinicPatient p) =>
        new(5.2 + (0.25 * (1 - p.Male)) - (0.4 * p.Diabetes) + (p.Smoking == Current ? 0.15 : 0), 1.05, 2, 11, 0.1);

    /// <summary>Cholesterol is measured again, and so recorded, rather where it was high: missing not at random.</summary>
    public static double NoCholesterol(double cholesterol) => Logistic(-2.3 - (0.7 * (cholesterol - 5.2)));

    /// <summary>Disease given the risk factors. Women lose part of their protection to diabetes; age counts less after 75.</summary>
    public double Disease(in HeartClinicPatient p, double cholesterol) => Logistic(
        -1.75 + site.DiseaseLogit
        + (0.062 * (p.Age - 60)) - (0.04 * Math.Max(0, p.Age - 75))
        + (1.25 * p.Male)
        + (0.45 * p.Diabetes) + (0.45 * p.Diabetes * (1 - p.Male))
        + (p.Smoking == Current ? 0.65 : p.Smoking == Former ? 0.2 : 0)
        + (0.008 * (p.SystolicBp - 134))
        + (0.30 * (cholesterol - 5.2)));

    /// <summary>None : non-anginal : atypical : typical. Silent disease is commoner in diabetes, atypical pain in women.</summary>
    public static void ChestPain(in HeartClinicPatient p, int y, Span<double> probabilities)
    {
        probabilities[NoPain] = -0.7 + (0.4 * y) + (0.5 * p.Diabetes);
        probabilities[1] = 0;
        probabilities[Atypical] = 0.1 + (0.6 * y) + (0.25 * (1 - p.Male));
        probabilities[Typical] = -1.2 + (1.9 * y) - (0.2 * (1 - p.Male));
        Softmax(probabilities);
    }

    /// <summary>0 without chest pain, for certain; else I … IV, ordered logistic in the kind of pain, disease and weight.</summary>
    public static void AnginaClass(in HeartClinicPatient p, int y, Span<double> probabilities)
    {
        probabilities.Clear();
        if (p.ChestPain == NoPain)
        {
            probabilities[0] = 1;
            return;
        }

        double score = (p.ChestPain == Typical ? 1.1 : p.ChestPain == Atypical ? 0.5 : 0) + (0.5 * y) + (0.02 * (p.Bmi - 29));
        Ordered(score, [0.3, 1.9, 3.6], probabilities[1..]);
    }

    /// <summary>Normal : ST-T abnormality : left ventricular hypertrophy.</summary>
    public static void RestingEcg(in HeartClinicPatient p, int y, Span<double> probabilities)
    {
        probabilities[0] = 0;
        probabilities[StTAbnormality] = -1.9 + (0.7 * y) + (0.015 * (p.Age - 60));
        probabilities[2] = -2.3 + (0.2 * y) + (0.03 * (p.SystolicBp - 134));
        Softmax(probabilities);
    }

    /// <summary>The exercise test is not done in the old, the severely limited, with an abnormal ECG – and, beyond these, in the ill.</summary>
    public double NoExercise(in HeartClinicPatient p, int y) => Logistic(
        -2.3 + site.NoExerciseLogit + (0.06 * Math.Max(0, p.Age - 65)) + (p.AnginaClass >= 3 ? 0.8 : 0) + (p.RestingEcg != 0 ? 0.7 : 0) + (0.4 * y));

    /// <summary>Highest rate ~ N(208 − 0.7·(age in years) − 16 (submaximal effort) − 6·Y − 0.4·BMI, 14²).</summary>
    public static RecordedNormal MaxHeartRate(in HeartClinicPatient p, int y) =>
        new(208 - (0.7 * p.Age) - 16 - (6 * y) - (0.4 * (p.Bmi - 29)), 14, 60, 210, 1);

    /// <summary>Angina in the test by disease and history.</summary>
    public static double ExerciseAngina(in HeartClinicPatient p, int y) => Logistic(-1.7 + (1.1 * y) + (p.ChestPain == Typical ? 0.9 : 0));

    /// <summary>No ST depression at all.</summary>
    public static double NoStDepression(in HeartClinicPatient p, int y) =>
        Logistic(0.3 - (1.5 * y) - (0.4 * p.ExerciseAngina) - (p.RestingEcg == StTAbnormality ? 0.5 : 0));

    /// <summary>Depression when there is any: ln mm ~ N(−0.05 + 0.45·Y + 0.2·exercise angina, 0.55²).</summary>
    public static RecordedNormal StDepression(in HeartClinicPatient p, int y) =>
        new(-0.05 + (0.45 * y) + (0.2 * p.ExerciseAngina), 0.55, 0.1, 6, 0.1, Log: true);

    /// <summary>The scan is skipped where the history already speaks for angiography, and in the young.</summary>
    public double NoScan(in HeartClinicPatient p) => Logistic(
        -0.9 + site.NoScanLogit + (p.ChestPain == Typical ? 1.1 : 0) + (0.05 * Math.Max(0, 50 - p.Age)));

    /// <summary>No calcium at all.</summary>
    public static double NoCalcium(in HeartClinicPatient p, int y) => Logistic(0.0 - (3.1 * y) - (0.06 * (p.Age - 60)) - (0.7 * p.Male));

    /// <summary>Score when there is any: ln ~ N(4.0 + 1.0·Y + 0.04·age + 0.35·male + 0.3·diabetes, 1.4²), at least 1.</summary>
    public static RecordedNormal CalciumScore(in HeartClinicPatient p, int y) =>
        new(4.0 + (1.0 * y) + (0.04 * (p.Age - 60)) + (0.35 * p.Male) + (0.3 * p.Diabetes), 1.4, 1, 5000, 1, Log: true);
}
