namespace Lethe.Learning.Trees;

/// <summary>
/// Squared error: I = Σ w(y − ȳ)²/W. The scan compares s_L²/W_L + s_R²/W_R, where s sums the weighted targets of a side. Targets are
/// centred by the caller, and the node's own variance takes two passes, so that a large common offset costs no digits.
/// </summary>
/// <param name="y">Targets less their overall mean.</param>
/// <param name="weights">Row weights.</param>
/// <param name="offset">That overall mean, added back in leaves.</param>
internal struct VarianceCriterion(double[] y, double[] weights, double offset) : ISplitCriterion
{
    private readonly double[] _y = y;
    private readonly double[] _weights = weights;
    private readonly double _offset = offset;
    private readonly FactorOrder _order = new();
    private double _sum;
    private double _leftWeight, _leftSum;

    public double Weight { get; private set; }

    public double Impurity { get; private set; }

    public readonly double ParentScore => _sum * _sum / Weight;

    public readonly double Score
    {
        get
        {
            double rightWeight = Weight - _leftWeight;
            double rightSum = _sum - _leftSum;
            return _leftWeight > 0 && rightWeight > 0
                ? (_leftSum * _leftSum / _leftWeight) + (rightSum * rightSum / rightWeight)
                : double.NegativeInfinity;
        }
    }

    public void Reset(ReadOnlySpan<int> rows)
    {
        double weight = 0;
        double sum = 0;
        double first = _y[rows[0]];
        bool pure = true;
        foreach (int row in rows)
        {
            weight += _weights[row];
            sum += _weights[row] * _y[row];
            pure &= _y[row] == first;
        }

        double mean = sum / weight;
        double squares = 0;
        foreach (int row in rows)
            squares += _weights[row] * (_y[row] - mean) * (_y[row] - mean);
        Weight = weight;
        _sum = sum;
        Impurity = pure ? 0 : squares / weight;
    }

    public void BeginScan()
    {
        _leftWeight = 0;
        _leftSum = 0;
    }

    public void MoveLeft(int row)
    {
        _leftWeight += _weights[row];
        _leftSum += _weights[row] * _y[row];
    }

    public readonly void ScoreLevels(ReadOnlySpan<int> rows, ReadOnlySpan<int> codes, Span<double> scores) =>
        _order.ByMean(rows, codes, _y, _weights, scores);

    public readonly void WriteLeaf(LeafStore leaves) => leaves.AddMean(_offset + (_sum / Weight));
}
