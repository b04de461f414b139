using System.Numerics;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

/// <summary>
/// The loss of <see cref="WassersteinCritic"/>. Fake, real and mixed rows stand on each other, [3n, d]; the first map of a mixed row is
/// the mixture of the first maps, so mixed rows themselves are never formed, and one-hot columns choose columns of W. With A₀ = X and per layer Z = A₋₁Wᵀ + b, A = S∘Z, where S is the slope of the rectifier times the dropout mask, the rows of
/// D_L = c·w∘S_L, D₋₁ = (D W)∘S₋₁ hold, for fake and real rows with c = ±1/n, the gradient by Z, and for mixed rows with c = 1 the
/// vectors whose last product V₁W₁ is ∇f(x̂). S counts as constant, so the penalty's own gradient runs back through
/// R = ∂P/∂∇f, Q₀ = R, Q = (Q₋₁Wᵀ)∘S, and every weight gradient is one product: [D; V]ᵀ[A₋₁; Q₋₁].
/// </summary>
internal sealed unsafe class WassersteinCriticNode : Node
{
    // Per layer, rows of all three kinds: A (its mixed rows become Q), S, D; then the packed Wᵀ. A has one more, the input with R.
    private readonly List<nint> _a = [], _s = [], _d = [], _packed = [];
    private readonly List<Parameter> _weights = [], _biases = [];
    private Tensor _sign = null!;
    private Real _upstream;
    private int _n, _dense;

    public override string Operation => "WassersteinCritic";

    public static Tensor Apply(Tensor fake, Tensor real, OneHotRows? fakeLast, OneHotRows? realLast, ReadOnlySpan<Real> mix, ReadOnlySpan<Linear> layers, double dropout, RandomStream stream, Real penalty)
    {
        Tape tape = fake.RequireTape("WassersteinCritic");
        Tensor loss = tape.Allocate(Shape.Scalar);
        bool needed = false;
        foreach (Linear layer in layers)
            needed |= layer.Weight.NeedsGradient || layer.Bias!.NeedsGradient;

        // Without a gradient the loss is still wanted; the node then serves this once.
        WassersteinCriticNode node = tape.Record<WassersteinCriticNode>(loss, needed) ?? new WassersteinCriticNode { Output = loss };
        node.Begin(tape, layers, fake.Shape[0]);
        node._dense = fake.Shape[1];
        node.Stack(tape, fake, real, fakeLast, realLast);
        node.Forward(tape, fakeLast, realLast, mix, dropout, stream);
        double difference = node.Scores();
        node.Backwards(tape);
        loss.Data[0] = (Real)(difference + node.Penalise(tape, penalty));
        return loss;
    }

    public override void Backward(GradientPass pass)
    {
        pass.RequireSeparable(Operation, "GradientPenalty.PerRow on recorded layers");
        int hidden = _weights.Count - 1, rows = 3 * _n;
        if (Output.GradientData[0] == 0)
            return;
        Scale(Output.GradientData[0]);
        for (int l = hidden - 1; l >= 0; l--)
        {
            int inputs = _weights[l].Shape[1], outputs = _weights[l].Shape[0];
            pass.OuterProduct(_weights[l], new Rows((Real*)_d[l], rows, outputs, outputs), new Rows((Real*)_a[l], rows, inputs, inputs));
            pass.RowSum(_biases[l], new Rows((Real*)_d[l], 2 * _n, outputs, outputs));
        }

        int last = _weights[hidden].Shape[1];
        pass.OuterProduct(_weights[hidden], new Rows(_sign.Data, rows, 1, 1), new Rows((Real*)_a[hidden], rows, last, last));

        // The last bias leaves both means alike: its gradient is exactly 0.
        Real zero = 0;
        pass.RowSum(_biases[hidden], new Rows(&zero, 1, 1, 1));
    }

    private void Begin(Tape tape, ReadOnlySpan<Linear> layers, int n)
    {
        (_n, _upstream) = (n, 1);
        foreach (List<nint> list in (ReadOnlySpan<List<nint>>)[_a, _s, _d, _packed])
            list.Clear();
        _weights.Clear();
        _biases.Clear();
        foreach (Linear layer in layers)
        {
            _weights.Add(layer.Weight);
            _biases.Add(layer.Bias!);
        }

        _sign = tape.Input(new Shape(3 * n)); // c of every row
        _sign.Values[..n].Fill(1 / (Real)n);
        _sign.Values[n..(2 * n)].Fill(-1 / (Real)n);
        _sign.Values[(2 * n)..].Fill(1);
    }

    // The third part is left for R.
    private void Stack(Tape tape, Tensor fake, Tensor real, OneHotRows? fakeLast, OneHotRows? realLast)
    {
        int width = _weights[0].Shape[1];
        Real* x = tape.Rent(3 * _n * width);
        for (int i = 0; i < 2 * _n; i++)
        {
            (Tensor rows, OneHotRows? last, int row) = i < _n ? (fake, fakeLast, i) : (real, realLast, i - _n);
            Span<Real> to = new(x + ((nint)i * width), width);
            rows.Values.Slice(row * _dense, _dense).CopyTo(to);
            to = to[_dense..];
            to.Clear();
            last?.AddTo(row, to);
        }

        _a.Add((nint)x);
    }

    private void Forward(Tape tape, OneHotRows? fakeLast, OneHotRows? realLast, ReadOnlySpan<Real> mix, double dropout, RandomStream stream)
    {
        for (int l = 0; l < _weights.Count - 1; l++)
        {
            Parameter weight = _weights[l];
            int inputs = weight.Shape[1], outputs = weight.Shape[0], length = 3 * _n * outputs, dense = l == 0 ? _dense : inputs;
            Real* packed = tape.Rent(MatrixProduct.PackedLength(dense, outputs)), a = tape.Rent(length), s = tape.Rent(length);
            MatrixView w = new MatrixView(weight.Data, outputs, dense, inputs, 1).Transposed;
            MatrixProduct.Pack(w, packed);
            MatrixProduct.Run(new MatrixView((Real*)_a[l], (l == 0 ? 2 : 3) * _n, dense, inputs, 1), w, a, outputs, new ProductOptions { Packed = packed, Bias = _biases[l].Data });
            if (l == 0)
            {
                if (fakeLast is not null)
                {
                    Real* table = OneHotProducts.Transpose(LastColumns(), null);
                    OneHotProducts.Choose(fakeLast, table, outputs, a, accumulate: true);
                    OneHotProducts.Choose(realLast!, table, outputs, a + (_n * outputs), accumulate: true);
                }

                Mix(a, mix, outputs);
            }

            if (dropout > 0)
                DropoutOps.Fill(new Span<Real>(s, length), dropout, stream);
            else
                new Span<Real>(s, length).Fill(1);
            Rectify(a, s, length);
            _packed.Add((nint)packed);
            _a.Add((nint)a);
            _s.Add((nint)s);
        }
    }

    // The columns of the first weight that belong to one-hot inputs.
    private MatrixView LastColumns() => new(_weights[0].Data + _dense, _weights[0].Shape[0], _weights[0].Shape[1] - _dense, _weights[0].Shape[1], 1);

    /// <summary>Z of the mixed rows from those of the others: x̂Wᵀ + b = ε(real·Wᵀ + b) + (1 − ε)(fake·Wᵀ + b).</summary>
    private void Mix(Real* z, ReadOnlySpan<Real> mix, int width)
    {
        int part = _n * width;
        for (int i = 0; i < _n; i++, z += width)
        {
            ReadOnlySpan<Real> fake = new(z, width), real = new(z + part, width);
            Span<Real> between = new(z + (2 * part), width);
            TensorPrimitives.Subtract(real, fake, between);
            TensorPrimitives.MultiplyAdd(between, mix[i], fake, between);
        }
    }

    /// <summary>Mean score of the fake rows less that of the real ones.</summary>
    private double Scores()
    {
        int width = _weights[^1].Shape[1];
        double sum = 0;
        for (int i = 0; i < 2 * _n; i++)
            sum += (i < _n ? 1 : -1) * (double)TensorPrimitives.Dot(new ReadOnlySpan<Real>((Real*)_a[^1] + ((nint)i * width), width), _weights[^1].Values);
        return sum / _n;
    }

    /// <summary>D of every layer, the last first.</summary>
    private void Backwards(Tape tape)
    {
        int hidden = _weights.Count - 1;
        for (int l = 0; l < hidden; l++)
            _d.Add((nint)tape.Rent(3 * _n * _weights[l].Shape[0]));
        for (int l = hidden - 1; l >= 0; l--)
        {
            int width = _weights[l].Shape[0], next = _weights[l + 1].Shape[0];
            Real* d = (Real*)_d[l], s = (Real*)_s[l];
            if (l == hidden - 1)
            {
                for (int i = 0; i < 3 * _n; i++)
                    TensorPrimitives.Multiply(_weights[hidden].Values, _sign.Data[i], new Span<Real>(d + ((nint)i * width), width));
            }
            else
            {
                MatrixProduct.Run(new MatrixView((Real*)_d[l + 1], 3 * _n, next), _weights[l + 1].Matrix, d, width);
            }

            Multiply(d, s, 3 * _n * width);
        }
    }

    /// <summary>The penalty; the mixed rows of A become R and the Q.</summary>
    private double Penalise(Tape tape, Real penalty)
    {
        int hidden = _weights.Count - 1, width = _weights[0].Shape[1];
        Real* slopes = (Real*)_a[0] + (2 * (nint)_n * width); // ∇f(x̂), then R
        if (hidden == 0)
        {
            for (int i = 0; i < _n; i++)
                _weights[0].Values.CopyTo(new Span<Real>(slopes + ((nint)i * width), width));
        }
        else
        {
            int outputs = _weights[0].Shape[0];
            MatrixProduct.Run(new MatrixView((Real*)_d[0] + (2 * (nint)_n * outputs), _n, outputs), _weights[0].Matrix, slopes, width);
        }

        double sum = 0;
        for (int i = 0; i < _n; i++)
        {
            Span<Real> row = new(slopes + ((nint)i * width), width);
            double norm = Math.Sqrt(TensorPrimitives.SumOfSquares<Real>(row)), excess = norm - 1;
            sum += excess * excess;
            TensorPrimitives.Multiply(row, (Real)(norm == 0 ? 0 : 2 * penalty * excess / norm / _n), row);
        }

        for (int l = 0; l < hidden; l++)
        {
            int inputs = _weights[l].Shape[1], outputs = _weights[l].Shape[0];
            nint mixed = 2 * (nint)_n;
            Real* q = (Real*)_a[l + 1] + (mixed * outputs);
            int dense = l == 0 ? _dense : inputs;
            Real* from = (Real*)_a[l] + (mixed * inputs);
            MatrixProduct.Run(new MatrixView(from, _n, dense, inputs, 1), new MatrixView(_weights[l].Data, outputs, dense, inputs, 1).Transposed, q, outputs, new ProductOptions { Packed = (Real*)_packed[l] });
            if (dense < inputs)
                MatrixProduct.Run(new MatrixView(from + dense, _n, inputs - dense, inputs, 1), LastColumns().Transposed, q, outputs, new ProductOptions { Accumulate = true });
            Multiply(q, (Real*)_s[l] + (mixed * outputs), _n * outputs);
        }

        return penalty * sum / _n;
    }

    /// <summary>Everything is linear in the gradient that arrives: it goes to the fake and real rows of D and c, and to R and the Q.</summary>
    private void Scale(Real upstream)
    {
        if (upstream == _upstream)
            return;
        Real factor = upstream / _upstream;
        _upstream = upstream;
        for (int l = 0; l < _weights.Count; l++)
        {
            int inputs = _weights[l].Shape[1], outputs = _weights[l].Shape[0];
            Times((Real*)_a[l] + (2 * (nint)_n * inputs), _n * inputs);
            Times(l < _d.Count ? (Real*)_d[l] : _sign.Data, 2 * _n * outputs);
        }

        void Times(Real* x, int length) => TensorPrimitives.Multiply(new ReadOnlySpan<Real>(x, length), factor, new Span<Real>(x, length));
    }

    // s holds the mask and becomes the slope; a becomes s·a.
    private static void Rectify(Real* a, Real* s, int length)
    {
        int v = Vector<Real>.Count, i = 0;
        Vector<Real> leak = new((Real)LinearOps.LeakySlope);
        for (; i + v <= length; i += v)
        {
            Vector<Real> z = Vector.Load(a + i), mask = Vector.Load(s + i);
            Vector<Real> slope = Vector.ConditionalSelect(Vector.GreaterThan(z, Vector<Real>.Zero), mask, mask * leak);
            slope.Store(s + i);
            (slope * z).Store(a + i);
        }

        for (; i < length; i++)
        {
            s[i] = a[i] > 0 ? s[i] : s[i] * (Real)LinearOps.LeakySlope;
            a[i] *= s[i];
        }
    }

    private static void Multiply(Real* x, Real* factor, int length) =>
        TensorPrimitives.Multiply(new ReadOnlySpan<Real>(x, length), new ReadOnlySpan<Real>(factor, length), new Span<Real>(x, length));
}
