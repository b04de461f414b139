using System.Numerics.Tensors;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Networks;

/// <summary>
/// One hidden layer of rectified linear units and a logistic (o = 1) or softmax (o = K) output, with its loss, gradient and
/// Adam step (Kingma and Ba 2015), in 64 bits like the reference. Shapes: x n × d, hidden n × h, scores n × o.
/// <para>
/// Loss of a batch with weights w, W = Σ w:  (1/W) Σ w_i·loss_i + α/(2W)(‖W₁‖² + ‖W₂‖²).
/// </para>
/// </summary>
internal sealed class MlpNetwork
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly int _d, _h, _o;
    private readonly double[] _theta, _gradient, _m, _v, _scratch;
    private double[] _hidden = [], _scores = [], _delta = [];
    private int _steps;

    public MlpNetwork(int inputs, int hidden, int outputs)
    {
        _d = inputs;
        _h = hidden;
        _o = outputs;
        int size = (inputs * hidden) + hidden + (outputs * hidden) + outputs;
        _theta = new double[size];
        _gradient = new double[size];
        _m = new double[size];
        _v = new double[size];
        _scratch = new double[size];
    }

    public int Outputs => _o;

    /// <summary>First layer's weights, d × h row-major.</summary>
    public Span<double> W1 => _theta.AsSpan(0, _d * _h);

    /// <summary>First layer's biases, h.</summary>
    public Span<double> B1 => _theta.AsSpan(_d * _h, _h);

    /// <summary>Output weights transposed, o × h row-major.</summary>
    public Span<double> W2 => _theta.AsSpan((_d + 1) * _h, _o * _h);

    /// <summary>Output biases, o.</summary>
    public Span<double> B2 => _theta.AsSpan((_d + 1 + _o) * _h, _o);

    /// <summary>The last gradient, in the order W₁, b₁, W₂, b₂.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>Weights and biases uniform within ±√(6/(fan in + fan out)) (Glorot and Bengio 2010).</summary>
    public void Initialise(RandomStream random)
    {
        double first = Math.Sqrt(6.0 / (_d + _h));
        double second = Math.Sqrt(6.0 / (_h + _o));
        for (int i = 0; i < _theta.Length; i++)
            _theta[i] = (i < (_d + 1) * _h ? first : second) * ((2 * random.NextDouble()) - 1);
    }

    /// <summary>A network with the same weights and activations of its own.</summary>
    public MlpNetwork Copy()
    {
        MlpNetwork copy = new(_d, _h, _o);
        _theta.CopyTo(copy._theta, 0);
        return copy;
    }

    /// <summary>Output probabilities: of class 1 (o = 1) or of all classes, n × o row-major. Valid until the next call.</summary>
    public ReadOnlySpan<double> Forward(ReadOnlySpan<double> x, int n)
    {
        Scores(x, n);
        Span<double> scores = _scores.AsSpan(0, n * _o);
        for (int i = 0; i < n; i++)
        {
            if (_o == 1)
                scores[i] = Links.Sigmoid(scores[i]);
            else
                Links.Softmax(scores.Slice(i * _o, _o));
        }

        return scores;
    }

    /// <summary>One Adam step on a batch; returns its loss before the step.</summary>
    /// <param name="x">n × d.</param>
    /// <param name="y">Class of each row.</param>
    /// <param name="w">Positive weight of each row.</param>
    /// <param name="alpha">L2 penalty.</param>
    /// <param name="learningRate">η.</param>
    public double Step(ReadOnlySpan<double> x, ReadOnlySpan<int> y, ReadOnlySpan<double> w, double alpha, double learningRate)
    {
        double loss = LossAndGradient(x, y, w, alpha);
        _steps++;
        double correction1 = 1 - Math.Pow(Beta1, _steps);
        double correction2 = 1 - Math.Pow(Beta2, _steps);

        // m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  m̂, v̂ = m, v over their corrections;  θ ← θ − η·m̂/(√v̂ + ε).
        TensorPrimitives.Multiply(_m, Beta1, _m);
        TensorPrimitives.MultiplyAdd(_gradient, 1 - Beta1, _m, _m);
        TensorPrimitives.Multiply(_gradient, _gradient, _scratch);
        TensorPrimitives.Multiply(_v, Beta2, _v);
        TensorPrimitives.MultiplyAdd(_scratch, 1 - Beta2, _v, _v);
        TensorPrimitives.Divide(_v, correction2, _scratch);
        TensorPrimitives.Sqrt(_scratch, _scratch);
        TensorPrimitives.Add(_scratch, Epsilon, _scratch);
        TensorPrimitives.Divide(_m, _scratch, _scratch);
        TensorPrimitives.MultiplyAdd(_scratch, -learningRate / correction1, _theta, _theta);
        return loss;
    }

    /// <summary>The loss of a batch; leaves its gradient in <see cref="Gradient"/>.</summary>
    public double LossAndGradient(ReadOnlySpan<double> x, ReadOnlySpan<int> y, ReadOnlySpan<double> w, double alpha)
    {
        int n = y.Length;
        Scores(x, n);
        double total = TensorPrimitives.Sum(w);
        Span<double> delta = _scores.AsSpan(0, n * _o); // scores become ∂loss/∂score, n × o
        double loss = 0;
        for (int i = 0; i < n; i++)
        {
            double share = w[i] / total;
            Span<double> z = delta.Slice(i * _o, _o);
            if (_o == 1)
            {
                loss += share * Links.Softplus(y[i] == 1 ? -z[0] : z[0]);
                z[0] = share * (Links.Sigmoid(z[0]) - y[i]);
                continue;
            }

            double own = z[y[i]];
            loss += share * (Links.Softmax(z) - own);
            z[y[i]] -= 1;
            TensorPrimitives.Multiply(z, share, z);
        }

        loss += 0.5 * alpha / total * (TensorPrimitives.SumOfSquares<double>(W1) + TensorPrimitives.SumOfSquares<double>(W2));

        // Output layer: ∂W₂ᵀ = δᵀ·hidden + α/W·W₂ᵀ (o × h), ∂b₂ = Σ_i δ.
        Span<double> g1 = _gradient.AsSpan(0, _d * _h);
        Span<double> gb1 = _gradient.AsSpan(_d * _h, _h);
        Span<double> g2 = _gradient.AsSpan((_d + 1) * _h, _o * _h);
        Span<double> gb2 = _gradient.AsSpan((_d + 1 + _o) * _h, _o);
        ReadOnlySpan<double> hidden = _hidden.AsSpan(0, n * _h);
        TensorPrimitives.Multiply<double>(W2, alpha / total, g2);
        Product.Add(delta, 1, _o, hidden, g2, _o, n, _h);
        gb2.Clear();
        for (int i = 0; i < n; i++)
            TensorPrimitives.Add(gb2, delta.Slice(i * _o, _o), gb2);

        // Hidden layer: back through W₂ and the rectifier (n × h), then ∂W₁ = xᵀ·that + α/W·W₁ (d × h).
        Span<double> back = _delta.AsSpan(0, n * _h);
        back.Clear();
        Product.Add(delta, _o, 1, W2, back, n, _o, _h);
        for (int i = 0; i < back.Length; i++)
        {
            if (hidden[i] <= 0)
                back[i] = 0;
        }

        TensorPrimitives.Multiply<double>(W1, alpha / total, g1);
        Product.Add(x, 1, _d, back, g1, _d, n, _h);
        gb1.Clear();
        for (int i = 0; i < n; i++)
            TensorPrimitives.Add(gb1, back.Slice(i * _h, _h), gb1);
        return loss;
    }

    private void Scores(ReadOnlySpan<double> x, int n)
    {
        if (_hidden.Length < n * _h)
        {
            _hidden = new double[n * _h];
            _delta = new double[n * _h];
            _scores = new double[n * _o];
        }

        Span<double> hidden = _hidden.AsSpan(0, n * _h);
        for (int i = 0; i < n; i++)
            B1.CopyTo(hidden.Slice(i * _h, _h));
        Product.Add(x, _d, 1, W1, hidden, n, _d, _h);
        TensorPrimitives.Max(hidden, 0.0, hidden);
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < _o; k++)
                _scores[(i * _o) + k] = B2[k] + TensorPrimitives.Dot<double>(hidden.Slice(i * _h, _h), W2.Slice(k * _h, _h));
        }
    }
}
