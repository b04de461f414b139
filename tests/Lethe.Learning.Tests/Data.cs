using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Tests;

/// <summary>Small generated tasks for properties and edge cases.</summary>
internal static class Data
{
    public static readonly Seed Seed = new(20240611);

    /// <summary>n × d standard normals rounded to <paramref name="decimals"/> places (few places make many ties).</summary>
    public static DesignMatrix Gaussian(int n, int d, Seed seed, int decimals = 6)
    {
        RandomStream random = seed.Stream();
        double[] values = new double[n * d];
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Round(random.NextGaussian(), decimals);
        return new DesignMatrix(values, n, d);
    }

    /// <summary>Classes that depend on the first two columns, with noise.</summary>
    public static int[] Classes(DesignMatrix x, int classes, Seed seed)
    {
        RandomStream random = seed.Stream();
        int[] y = new int[x.Rows];
        for (int i = 0; i < y.Length; i++)
        {
            double score = x[i, 0] - (x.Columns > 1 ? x[i, 1] : 0) + (0.5 * random.NextGaussian());
            y[i] = Math.Clamp((int)Math.Floor((classes / 2.0) + score), 0, classes - 1);
        }

        return y;
    }

    /// <summary>A number that depends on the first two columns, with noise.</summary>
    public static double[] Targets(DesignMatrix x, Seed seed)
    {
        RandomStream random = seed.Stream();
        double[] y = new double[x.Rows];
        for (int i = 0; i < y.Length; i++)
            y[i] = (2 * x[i, 0]) - Math.Abs(x[i, 1]) + (0.3 * random.NextGaussian());
        return y;
    }

    /// <summary>Area under the ROC curve by pairs (ties ½), the definition.</summary>
    public static double Auc(ReadOnlySpan<double> score, ReadOnlySpan<int> y)
    {
        double wins = 0;
        long pairs = 0;
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                if (y[i] != 1 || y[j] == 1)
                    continue;
                pairs++;
                wins += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
            }
        }

        return wins / pairs;
    }

    public static double Accuracy(ReadOnlySpan<int> predicted, ReadOnlySpan<int> y)
    {
        int hits = 0;
        for (int i = 0; i < y.Length; i++)
            hits += predicted[i] == y[i] ? 1 : 0;
        return (double)hits / y.Length;
    }
}
