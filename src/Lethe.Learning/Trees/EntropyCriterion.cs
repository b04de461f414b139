namespace Lethe.Learning.Trees;

/// <summary>
/// Entropy I = −Σ p_k log₂ p_k. With h(c) = c·log₂ c and class weights c_k, W·I = h(W) − Σ h(c_k); the scan keeps Σ h(c_k) of
/// both sides.
/// </summary>
internal struct EntropyCriterion(ClassCounts counts) : ISplitCriterion
{
    private readonly ClassCounts _counts = counts;
    private double _sum;
    private double _leftWeight, _leftSum, _rightSum;

    public double Weight { get; private set; }

    public double Impurity { get; private set; }

    public readonly double ParentScore => _sum - H(Weight);

    public readonly double Score
    {
        get
        {
            double rightWeight = Weight - _leftWeight;
            return _leftWeight > 0 && rightWeight > 0
                ? _leftSum - H(_leftWeight) + _rightSum - H(rightWeight)
                : double.NegativeInfinity;
        }
    }

    public void Reset(ReadOnlySpan<int> rows)
    {
        (Weight, bool pure) = _counts.Reset(rows);
        _sum = 0;
        foreach (double c in _counts.Total)
            _sum += H(c);
        Impurity = pure ? 0 : (H(Weight) - _sum) / Weight;
    }

    public void BeginScan()
    {
        Array.Clear(_counts.Left);
        _leftWeight = 0;
        _leftSum = 0;
        _rightSum = _sum;
    }

    public void MoveLeft(int row)
    {
        int k = _counts.Y[row];
        double w = _counts.Weights[row];
        double left = _counts.Left[k];
        double right = _counts.Total[k] - left;
        _leftSum += H(left + w) - H(left);
        _rightSum += H(right - w) - H(right);
        _counts.Left[k] = left + w;
        _leftWeight += w;
    }

    public readonly void ScoreLevels(ReadOnlySpan<int> rows, ReadOnlySpan<int> codes, Span<double> scores) =>
        _counts.ScoreLevels(rows, codes, scores);

    public readonly void WriteLeaf(LeafStore leaves) => leaves.AddCounts(_counts.Total);

    private static double H(double c) => c > 0 ? c * Math.Log2(c) : 0;
}
