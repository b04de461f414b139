using System.Numerics.Tensors;

namespace Lethe.Learning.Linear;

/// <summary>
/// The penalised likelihood, its gradient and its Hessian at parameters θ (M rows of q = d + 1: coefficients, then the intercept).
/// <para>
/// Two classes, M = 1:  f = Σ_i w_i ln(1 + exp(−ỹ_i z_i)) + ‖β‖²/(2C),  z = xβ + b,  ỹ = ±1;
/// gradient Σ w_i(p_i − y_i)x_i, Hessian Σ w_i p_i(1 − p_i)x_i x_iᵀ.
/// </para>
/// <para>
/// K > 2 classes, M = K:  f = Σ_i w_i (ln Σ_k exp z_ik − z_i,y_i) + ‖β‖²/(2C) + ½ Σ_j (Σ_k θ_kj)²; Hessian blocks
/// Σ w_i p_ik(δ_kl − p_il) x_i x_iᵀ. The last term pins down what the likelihood leaves open, a common shift of all classes. It does
/// not move the solution: with the L2 penalty the coefficients already sum to 0 over classes, and the intercepts (without penalty
/// also the coefficients) are free to.
/// </para>
/// </summary>
internal sealed class LogisticObjective
{
    // Rows are taken in chunks so that a chunk of every column stays in cache while the q²/2 products of columns are formed; sums
    // of chunk sums also keep rounding small.
    private const int Chunk = 512;

    private readonly double[][] _columns; // q × n, the last one all 1
    private readonly int[] _y;
    private readonly double[] _w;
    private readonly int _n, _q, _m;
    private readonly double _lambda;
    private readonly double[] _p;         // M × n: probabilities at the last point evaluated
    private readonly double[] _scaled = new double[Chunk];
    private readonly double[] _curvature = new double[Chunk];

    public LogisticObjective(DesignMatrix x, TrainingRows rows, double[] weights, double c)
    {
        _n = rows.Rows.Length;
        _q = x.Columns + 1;
        _m = rows.Present.Length == 2 ? 1 : rows.Present.Length;
        _y = rows.Y;
        _w = weights;
        _lambda = 1 / c;
        _columns = new double[_q][];
        for (int j = 0; j < _q; j++)
            _columns[j] = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> row = x.Row(rows.Rows[i]);
            for (int j = 0; j < row.Length; j++)
                _columns[j][i] = row[j];
            _columns[_q - 1][i] = 1;
        }

        _p = new double[(long)_m * _n];
    }

    /// <summary>M·q.</summary>
    public int Size => _m * _q;

    /// <summary>Multiplications in one Hessian.</summary>
    public double HessianCost => 0.5 * _n * Size * (double)Size;

    /// <summary>True when the penalty keeps the Hessian well away from singular.</summary>
    public bool IsPenalised => _lambda > 0;

    /// <summary>f(θ); keeps the probabilities for <see cref="Gradient"/> and the Hessian.</summary>
    public double Value(ReadOnlySpan<double> theta)
    {
        double loss = 0;
        Span<double> z = stackalloc double[Math.Min(_m, 256)];
        if (_m > z.Length)
            z = new double[_m];
        for (int start = 0; start < _n; start += Chunk)
        {
            int length = Math.Min(Chunk, _n - start);
            for (int k = 0; k < _m; k++)
                Scores(theta.Slice(k * _q, _q), start, _p.AsSpan((k * _n) + start, length));
            double part = 0;
            for (int i = start; i < start + length; i++)
                part += _w[i] * (_m == 1 ? TwoClassLoss(i) : ManyClassLoss(i, z));
            loss += part;
        }

        double penalty = 0;
        for (int k = 0; k < _m; k++)
            penalty += TensorPrimitives.SumOfSquares(theta.Slice(k * _q, _q - 1));
        return loss + (0.5 * _lambda * penalty) + (0.5 * GaugeSquares(theta));
    }

    /// <summary>∇f at the last point evaluated.</summary>
    public void Gradient(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        gradient.Clear();
        double[] residual = _scaled;
        for (int k = 0; k < _m; k++)
        {
            Span<double> g = gradient.Slice(k * _q, _q);
            for (int start = 0; start < _n; start += Chunk)
            {
                int length = Math.Min(Chunk, _n - start);
                for (int i = 0; i < length; i++)
                {
                    bool isClass = _y[start + i] == (_m == 1 ? 1 : k);
                    residual[i] = _w[start + i] * (_p[(k * _n) + start + i] - (isClass ? 1 : 0));
                }

                for (int j = 0; j < _q; j++)
                    g[j] += TensorPrimitives.Dot<double>(residual.AsSpan(0, length), _columns[j].AsSpan(start, length));
            }
        }

        AddPenaltyTimes(theta, gradient);
    }

    /// <summary>The lower triangle of ∇²f at the last point evaluated, Size × Size row-major.</summary>
    public void Hessian(double[] hessian)
    {
        Array.Clear(hessian);
        for (int start = 0; start < _n; start += Chunk)
        {
            int length = Math.Min(Chunk, _n - start);
            Span<double> curvature = _curvature.AsSpan(0, length);
            Span<double> scaled = _scaled.AsSpan(0, length);
            for (int k = 0; k < _m; k++)
            {
                for (int l = 0; l <= k; l++)
                {
                    Curvature(k, l, start, curvature);
                    for (int a = 0; a < _q; a++)
                    {
                        TensorPrimitives.Multiply(curvature, _columns[a].AsSpan(start, length), scaled);
                        int row = (((k * _q) + a) * Size) + (l * _q);
                        for (int b = 0; b <= (k == l ? a : _q - 1); b++)
                            hessian[row + b] += TensorPrimitives.Dot<double>(scaled, _columns[b].AsSpan(start, length));
                    }
                }
            }
        }

        for (int k = 0; k < _m; k++)
        {
            for (int j = 0; j < _q - 1; j++)
                hessian[(((k * _q) + j) * Size) + (k * _q) + j] += _lambda;
            for (int l = 0; l <= k && _m > 1; l++)
            {
                for (int j = 0; j < _q; j++)
                    hessian[(((k * _q) + j) * Size) + (l * _q) + j] += 1;
            }
        }
    }

    /// <summary>∇²f·v at the last point evaluated, without forming the Hessian.</summary>
    public void HessianTimes(ReadOnlySpan<double> v, Span<double> result)
    {
        result.Clear();
        double[] s = new double[_m * Chunk];
        for (int start = 0; start < _n; start += Chunk)
        {
            int length = Math.Min(Chunk, _n - start);
            for (int k = 0; k < _m; k++)
                Scores(v.Slice(k * _q, _q), start, s.AsSpan(k * Chunk, length));
            for (int i = 0; i < length; i++)
            {
                if (_m == 1)
                {
                    double p = _p[start + i];
                    s[i] *= _w[start + i] * p * (1 - p);
                    continue;
                }

                double mean = 0;
                for (int k = 0; k < _m; k++)
                    mean += _p[(k * _n) + start + i] * s[(k * Chunk) + i];
                for (int k = 0; k < _m; k++)
                    s[(k * Chunk) + i] = _w[start + i] * _p[(k * _n) + start + i] * (s[(k * Chunk) + i] - mean);
            }

            for (int k = 0; k < _m; k++)
            {
                for (int j = 0; j < _q; j++)
                    result[(k * _q) + j] += TensorPrimitives.Dot<double>(s.AsSpan(k * Chunk, length), _columns[j].AsSpan(start, length));
            }
        }

        AddPenaltyTimes(v, result);
    }

    /// <summary>The diagonal of ∇²f at the last point evaluated.</summary>
    public void HessianDiagonal(Span<double> diagonal)
    {
        diagonal.Clear();
        for (int start = 0; start < _n; start += Chunk)
        {
            int length = Math.Min(Chunk, _n - start);
            Span<double> curvature = _curvature.AsSpan(0, length);
            Span<double> scaled = _scaled.AsSpan(0, length);
            for (int k = 0; k < _m; k++)
            {
                Curvature(k, k, start, curvature);
                for (int j = 0; j < _q; j++)
                {
                    TensorPrimitives.Multiply(curvature, _columns[j].AsSpan(start, length), scaled);
                    diagonal[(k * _q) + j] += TensorPrimitives.Dot<double>(scaled, _columns[j].AsSpan(start, length));
                }
            }
        }

        for (int k = 0; k < _m; k++)
        {
            for (int j = 0; j < _q; j++)
                diagonal[(k * _q) + j] += (j < _q - 1 ? _lambda : 0) + (_m > 1 ? 1 : 0);
        }
    }

    /// <summary>z = Σ_j θ_j x_j over a chunk of rows.</summary>
    private void Scores(ReadOnlySpan<double> theta, int start, Span<double> z)
    {
        z.Fill(theta[_q - 1]);
        for (int j = 0; j < _q - 1; j++)
        {
            if (theta[j] != 0)
                TensorPrimitives.MultiplyAdd(_columns[j].AsSpan(start, z.Length), theta[j], z, z);
        }
    }

    private double TwoClassLoss(int i)
    {
        double z = _p[i];
        _p[i] = Links.Sigmoid(z);
        return Links.Softplus(_y[i] == 1 ? -z : z);
    }

    private double ManyClassLoss(int i, Span<double> z)
    {
        for (int k = 0; k < _m; k++)
            z[k] = _p[(k * _n) + i];
        double own = z[_y[i]];
        double logSum = Links.Softmax(z);
        for (int k = 0; k < _m; k++)
            _p[(k * _n) + i] = z[k];
        return logSum - own;
    }

    private void Curvature(int k, int l, int start, Span<double> curvature)
    {
        for (int i = 0; i < curvature.Length; i++)
        {
            double pk = _p[(k * _n) + start + i];
            double pl = _p[(l * _n) + start + i];
            curvature[i] = _w[start + i] * pk * (k == l ? 1 - pk : -pl);
        }
    }

    private void AddPenaltyTimes(ReadOnlySpan<double> v, Span<double> result)
    {
        for (int j = 0; j < _q; j++)
        {
            double gauge = 0;
            for (int k = 0; k < _m && _m > 1; k++)
                gauge += v[(k * _q) + j];
            for (int k = 0; k < _m; k++)
                result[(k * _q) + j] += gauge + (j < _q - 1 ? _lambda * v[(k * _q) + j] : 0);
        }
    }

    private double GaugeSquares(ReadOnlySpan<double> theta)
    {
        if (_m == 1)
            return 0;
        double squares = 0;
        for (int j = 0; j < _q; j++)
        {
            double sum = 0;
            for (int k = 0; k < _m; k++)
                sum += theta[(k * _q) + j];
            squares += sum * sum;
        }

        return squares;
    }
}
