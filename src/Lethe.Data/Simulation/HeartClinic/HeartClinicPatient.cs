namespace Lethe.Data.Simulation.HeartClinic;

/// <summary>One record of the clinic. Numbers NaN, codes −1 where missing; codes follow the schema's level order.</summary>
internal struct HeartClinicPatient
{
    public double Age;
    public int Male;
    public double Bmi;
    public int Smoking;
    public int Diabetes;
    public double SystolicBp;
    public double Cholesterol;
    public int ChestPain;
    public int AnginaClass;
    public int RestingEcg;
    public double MaxHeartRate;
    public int ExerciseAngina;
    public double StDepression;
    public double CalciumScore;
    public int Disease;
}
