namespace Lethe.Learning;

/// <summary>Inverse links and their losses, in forms that neither overflow nor lose digits in the tails.</summary>
internal static class Links
{
    /// <summary>1/(1 + e^−z).</summary>
    public static double Sigmoid(double z)
    {
        if (z >= 0)
            return 1 / (1 + Math.Exp(-z));
        double e = Math.Exp(z);
        return e / (1 + e);
    }

    /// <summary>ln(1 + e^z).</summary>
    public static double Softplus(double z) => Math.Max(z, 0) + LogOnePlus(Math.Exp(-Math.Abs(z)));

    /// <summary>Overwrites scores with e^z_k/Σ e^z and returns ln Σ e^z.</summary>
    public static double Softmax(Span<double> z)
    {
        double max = double.NegativeInfinity;
        foreach (double v in z)
            max = Math.Max(max, v);
        double sum = 0;
        for (int k = 0; k < z.Length; k++)
        {
            z[k] = Math.Exp(z[k] - max);
            sum += z[k];
        }

        for (int k = 0; k < z.Length; k++)
            z[k] /= sum;
        return max + Math.Log(sum);
    }

    /// <summary>ln(1 + x) for x in [0, 1], accurate for small x (Kahan's correction of the rounding in 1 + x).</summary>
    private static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * (x / (u - 1));
    }
}
