namespace Lethe.Learning;

/// <summary>Predicts the same class probabilities for every row: what remains to be learnt from rows of a single class.</summary>
internal sealed class ConstantClassifier(int features, double[] probability) : IFittedClassifier
{
    public int Features => features;

    public int Classes => probability.Length;

    /// <summary>Certain of class <paramref name="label"/>.</summary>
    public static ConstantClassifier Of(int features, int classes, int label)
    {
        double[] p = new double[classes];
        p[label] = 1;
        return new ConstantClassifier(features, p);
    }

    public double[] PredictProbability(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Width(x.Columns, features);
        double[] p = new double[x.Rows * probability.Length];
        for (int i = 0; i < x.Rows; i++)
            probability.CopyTo(p, i * probability.Length);
        return p;
    }
}
