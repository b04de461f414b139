using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Fidelity.Pairs;

/// <summary>
/// Counts of two label vectors (each 0 … K − 1) against each other, with the association measures of nominal data. Rows and
/// columns without any case are dropped from sizes and degrees of freedom.
/// </summary>
public sealed class ContingencyTable
{
    private readonly int[,] _counts;
    private readonly double[] _rows;
    private readonly double[] _columns;

    /// <summary>Counts the pairs; pairs with a negative label (missing) are dropped.</summary>
    public ContingencyTable(ReadOnlySpan<int> x, ReadOnlySpan<int> y, int levelsX, int levelsY)
    {
        StatisticsThrow.UnlessSameLength(x.Length, y.Length);
        _counts = new int[levelsX, levelsY];
        _rows = new double[levelsX];
        _columns = new double[levelsY];
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < 0 || y[i] < 0)
                continue;
            _counts[x[i], y[i]]++;
            _rows[x[i]]++;
            _columns[y[i]]++;
            Total++;
        }
    }

    /// <summary>Number of complete pairs.</summary>
    public int Total { get; }

    /// <summary>Pairs with these labels.</summary>
    public int this[int x, int y] => _counts[x, y];

    /// <summary>Number of occurring labels of x.</summary>
    public int OccurringRows => _rows.Count(r => r > 0);

    /// <summary>Number of occurring labels of y.</summary>
    public int OccurringColumns => _columns.Count(c => c > 0);

    /// <summary>Pearson's χ² without continuity correction.</summary>
    public double ChiSquare
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _rows.Length; i++)
            {
                for (int j = 0; j < _columns.Length; j++)
                {
                    if (_rows[i] == 0 || _columns[j] == 0)
                        continue;
                    double expected = _rows[i] * _columns[j] / Total, d = _counts[i, j] - expected;
                    sum += d * d / expected;
                }
            }

            return sum;
        }
    }

    /// <summary>Cramér's V = √(χ²/(n(min(r, c) − 1))), 0–1; NaN when either side is constant.</summary>
    public double CramersV
    {
        get
        {
            int least = Math.Min(OccurringRows, OccurringColumns);
            return least < 2 ? double.NaN : Math.Sqrt(ChiSquare / (Total * (least - 1.0)));
        }
    }

    /// <summary>Bias-corrected V (Bergsma 2013); NaN when either side is constant.</summary>
    public double CramersVCorrected
    {
        get
        {
            double r = OccurringRows, c = OccurringColumns, n = Total;
            if (r < 2 || c < 2 || n < 2)
                return double.NaN;
            double phi2 = Math.Max(0, (ChiSquare / n) - ((r - 1) * (c - 1) / (n - 1)));
            double rTilde = r - ((r - 1) * (r - 1) / (n - 1)), cTilde = c - ((c - 1) * (c - 1) / (n - 1));
            double least = Math.Min(rTilde - 1, cTilde - 1);
            return least > 0 ? Math.Sqrt(phi2 / least) : double.NaN;
        }
    }

    /// <summary>H(x) in nats.</summary>
    public double EntropyX => Entropy(_rows, Total);

    /// <summary>H(y) in nats.</summary>
    public double EntropyY => Entropy(_columns, Total);

    /// <summary>Mutual information in nats, ≥ 0.</summary>
    public double MutualInformation
    {
        get
        {
            double sum = 0, n = Total;
            for (int i = 0; i < _rows.Length; i++)
            {
                for (int j = 0; j < _columns.Length; j++)
                {
                    if (_counts[i, j] > 0)
                        sum += _counts[i, j] / n * Math.Log(_counts[i, j] * n / (_rows[i] * _columns[j]));
                }
            }

            return Math.Max(0, sum);
        }
    }

    /// <summary>Theil's uncertainty coefficient U(x|y) = (H(x) − H(x|y))/H(x): share of x's entropy that y explains; 1 when x is constant.</summary>
    public double TheilsU => EntropyX == 0 ? 1 : MutualInformation / EntropyX;

    /// <summary>MI/((H_x + H_y)/2), 0–1; 1 when both are constant.</summary>
    public double NormalisedMutualInformation => EntropyX + EntropyY == 0 ? 1 : MutualInformation / ((EntropyX + EntropyY) / 2);

    private static double Entropy(double[] counts, double total)
    {
        double sum = 0;
        foreach (double c in counts)
        {
            if (c > 0)
                sum -= c / total * Math.Log(c / total);
        }

        return sum;
    }
}
