namespace Lethe.Learning.Trees;

/// <summary>
/// Gini impurity I = 1 − Σ p_k². With class weights c_k, W·I = W − Σ c_k²/W, so the scan keeps Σ c_k² of both sides and
/// updates it in O(1) per row: (c + w)² = c² + w(2c + w). Exact for integer weights.
/// </summary>
internal struct GiniCriterion(ClassCounts counts) : ISplitCriterion
{
    private readonly ClassCounts _counts = counts;
    private double _squares;
    private double _leftWeight, _leftSquares, _rightSquares;

    public double Weight { get; private set; }

    public double Impurity { get; private set; }

    public readonly double ParentScore => _squares / Weight;

    public readonly double Score
    {
        get
        {
            double rightWeight = Weight - _leftWeight;
            return _leftWeight > 0 && rightWeight > 0
                ? (_leftSquares / _leftWeight) + (_rightSquares / rightWeight)
                : double.NegativeInfinity;
        }
    }

    public void Reset(ReadOnlySpan<int> rows)
    {
        (Weight, bool pure) = _counts.Reset(rows);
        _squares = 0;
        foreach (double c in _counts.Total)
            _squares += c * c;
        Impurity = pure ? 0 : 1 - (_squares / (Weight * Weight));
    }

    public void BeginScan()
    {
        Array.Clear(_counts.Left);
        _leftWeight = 0;
        _leftSquares = 0;
        _rightSquares = _squares;
    }

    public void MoveLeft(int row)
    {
        int k = _counts.Y[row];
        double w = _counts.Weights[row];
        double left = _counts.Left[k];
        double right = _counts.Total[k] - left;
        _leftSquares += w * (left + left + w);
        _rightSquares -= w * (right + right - w);
        _counts.Left[k] = left + w;
        _leftWeight += w;
    }

    public readonly void ScoreLevels(ReadOnlySpan<int> rows, ReadOnlySpan<int> codes, Span<double> scores) =>
        _counts.ScoreLevels(rows, codes, scores);

    public readonly void WriteLeaf(LeafStore leaves) => leaves.AddCounts(_counts.Total);
}
