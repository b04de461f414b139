namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>
/// How much generated stays differ from each other beside training stays: per value column the standard deviation between stays of
/// the stay's mean, divided by that of real stays. Near 0: every patient is alike, the usual collapse of adversarial training.
/// </summary>
internal sealed class StaySpread
{
    // A column that hardly differs between real stays says nothing.
    private const double Least = 1e-3;

    private readonly int _values, _width, _steps;
    private readonly double[] _real;

    /// <param name="real">Real stays, stays × steps × width.</param>
    /// <param name="steps">Steps of each.</param>
    /// <param name="width">Columns of a step.</param>
    /// <param name="values">Columns, from the first, that hold values.</param>
    /// <param name="lengths">Valid steps of each stay.</param>
    public StaySpread(float[] real, int steps, int width, int values, int[] lengths)
    {
        (_steps, _width, _values) = (steps, width, values);
        _real = Spread(real, lengths);
    }

    /// <summary>Ratios to the spread of real stays, in order; empty when no column differs between them.</summary>
    public double[] Of(float[] generated, int[] lengths)
    {
        double[] spread = Spread(generated, lengths);
        return [.. Enumerable.Range(0, _values).Where(v => _real[v] > Least).Select(v => spread[v] / _real[v]).Order()];
    }

    private double[] Spread(float[] cells, int[] lengths)
    {
        double[] sum = new double[_values], squares = new double[_values], spread = new double[_values];
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int v = 0; v < _values; v++)
            {
                double total = 0;
                for (int t = 0; t < lengths[i]; t++)
                    total += cells[(((i * _steps) + t) * _width) + v];
                double mean = total / lengths[i];
                (sum[v], squares[v]) = (sum[v] + mean, squares[v] + (mean * mean));
            }
        }

        for (int v = 0; v < _values; v++)
            spread[v] = Math.Sqrt(Math.Max(0, (squares[v] / lengths.Length) - Math.Pow(sum[v] / lengths.Length, 2)));
        return spread;
    }
}
