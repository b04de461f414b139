using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff.PerExample;

/// <summary>
/// The gradients of each example's own loss, known by their norms and by weighted sums, from one backward pass: what DP-SGD
/// needs, for little more than an ordinary step. Use: <see cref="Backward"/> from a vector of losses, read
/// <see cref="SquaredNorms"/>, choose a factor per example, <see cref="Accumulate(ReadOnlySpan{Real})"/>. Chunks of a large batch follow each other;
/// sums add up in the parameters' gradients. Several rows per example (repeated noise draws, steps) are one
/// example when its loss joins them. Not thread-safe.
/// </summary>
public sealed unsafe class PerExampleGradients
{
    private readonly Parameter[] _parameters;
    private readonly Dictionary<Parameter, int> _numbers = [];
    private readonly List<Factor> _uses = [];
    private readonly List<(int Offset, int From, int Count)> _parts = [];
    private readonly RowSquares _squares = new();
    private double[][] _perParameter = [];
    private double[] _total = [];
    private FactorPass? _pass;

    /// <summary>For these parameters; others are treated as constants.</summary>
    public PerExampleGradients(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters];
        for (int i = 0; i < _parameters.Length; i++)
            _numbers.Add(_parameters[i], i);
    }

    /// <summary>The parameters, in the order of <see cref="SquaredNormsOf"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Examples of the last pass.</summary>
    public int Examples { get; private set; }

    /// <summary>
    /// Examples of the last pass whose loss or gradient was NaN or infinite. Their norm reads +∞, so every clipping rule gives them
    /// factor 0, and they add nothing: a rule that does not depend on other examples, as private training must have. A
    /// count of private data: for a local debug channel only.
    /// </summary>
    public int NonFiniteExamples { get; private set; }

    /// <summary>‖g_u‖² over all parameters, per example.</summary>
    public ReadOnlySpan<double> SquaredNorms => _total.AsSpan(0, Examples);

    /// <summary>‖g_u‖² of one parameter, per example: for clipping in groups.</summary>
    public ReadOnlySpan<double> SquaredNormsOf(int parameter) => _perParameter[parameter].AsSpan(0, Examples);

    /// <summary>
    /// Differentiates every loss by itself and computes the norms. The tape must not be reset before <see cref="Accumulate(ReadOnlySpan{Real})"/>.
    /// </summary>
    /// <param name="tape">Where the losses were recorded.</param>
    /// <param name="losses">One loss per example, [examples]; not divided by the batch size.</param>
    /// <exception cref="NotSupportedException">An operation on the way mixes examples; the message names it and what to use.</exception>
    /// <exception cref="NonFiniteException">A parameter itself is NaN or infinite. (An example's are not an error: see <see cref="NonFiniteExamples"/>.)</exception>
    public void Backward(Tape tape, Tensor losses)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Shape.Rank != 1)
            throw new ArgumentException($"Per-example gradients start from one loss per example, a vector; this has shape {losses.Shape}.", nameof(losses));
        Examples = losses.Length;
        Prepare();
        if (_pass is null || _pass.Over != tape)
            _pass = new FactorPass(tape, _numbers);
        _pass.Start(Examples);
        _squares.Start(Examples);
        if (Examples > 0)
            tape.Propagate(losses, _pass, diagnose: false);
        for (int i = 0; i < _parameters.Length; i++)
            NormsOf(i);
        NonFiniteExamples = 0;
        for (int example = 0; example < Examples; example++)
        {
            if (!double.IsFinite(_total[example]) || !Real.IsFinite(losses.Data[example]))
                Drop(example);
        }

        if (NonFiniteExamples > 0)
            RequireFiniteParameters(tape);
    }

    /// <summary>Adds Σ_u factor_u·g_u to the gradient of every parameter.</summary>
    /// <param name="factors">One per example, e.g. min(1, C/‖g_u‖).</param>
    public void Accumulate(ReadOnlySpan<Real> factors)
    {
        if (factors.Length != Examples)
            throw new ArgumentException($"{factors.Length} factors for {Examples} examples.", nameof(factors));
        for (int i = 0; i < _parameters.Length; i++)
            Accumulate(i, factors);
    }

    /// <summary>The same for one parameter, for clipping in groups with their own factors.</summary>
    public void Accumulate(int parameter, ReadOnlySpan<Real> factors)
    {
        Parameter p = _parameters[parameter];
        Span<Real> gradient = p.Gradient; // zeroed if it was empty
        if (_pass is null)
            return;
        fixed (Real* g = gradient)
        {
            foreach (Factor use in _pass.Factors)
            {
                if (use.Parameter != parameter)
                    continue;
                Real* scale = Spread(use, factors);
                switch (use.Kind)
                {
                    case FactorKind.OuterProduct:
                        MatrixView left = new(use.Left.Data, use.Left.Width, use.Left.Count, 1, use.Left.Stride), right = new(use.Right.Data, use.Right.Count, use.Right.Width, use.Right.Stride, 1);
                        MatrixProduct.Run(left, right, g + use.Offset, use.Right.Width, new ProductOptions { Accumulate = true, StepScale = scale });
                        break;
                    case FactorKind.RowSum:
                        Reductions.SumRows(use.Right.Data, use.Right.Count, use.Right.Width, use.Right.Stride, scale, g + use.Offset, accumulate: true);
                        break;
                    default:
                        Reductions.ScatterAdd(use.Right.Data, use.Ids, use.Right.Count, use.Right.Width, use.Right.Stride, scale, g);
                        break;
                }
            }
        }
    }

    /// <summary>One example's gradient of one parameter, for tests and audits; slow.</summary>
    public void Instantiate(int parameter, int example, Span<Real> gradient)
    {
        Parameter p = _parameters[parameter];
        if (gradient.Length != p.Length || (uint)example >= (uint)Examples)
            throw new ArgumentException($"Parameter {p} needs room for {p.Length} numbers, and an example below {Examples}.");
        gradient.Clear();
        fixed (Real* g = gradient)
        {
            foreach ((int offset, int from, int count) in Parts(parameter))
                PerExample.SquaredNorms.Instantiate(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_uses).Slice(from, count), Examples, example, g + offset);
        }
    }

    /// <summary>Takes an example out of all sums: norm +∞, rows zero (0·NaN would still be NaN).</summary>
    private void Drop(int example)
    {
        NonFiniteExamples++;
        _total[example] = double.PositiveInfinity;
        foreach (double[] norms in _perParameter)
            norms[example] = double.PositiveInfinity;
        foreach (Factor use in _pass!.Factors)
        {
            for (int step = 0; step < use.Steps(Examples); step++)
            {
                new Span<Real>(use.Right.At(example, step, Examples), use.Right.Width).Clear();
                if (use.Kind == FactorKind.OuterProduct)
                    new Span<Real>(use.Left.At(example, step, Examples), use.Left.Width).Clear();
            }
        }
    }

    // A parameter is no patient's value: when it has diverged, every example is bad and training must stop.
    private void RequireFiniteParameters(Tape tape)
    {
        foreach (Parameter parameter in _parameters)
        {
            if (!Elementwise.IsFinite(parameter.Data, parameter.Length))
                throw new NonFiniteException(tape.Step, null, parameter.Name, $"parameter '{parameter.Name}' is not finite");
        }
    }

    private void Prepare()
    {
        if (_perParameter.Length == 0)
            _perParameter = [.. _parameters.Select(_ => Array.Empty<double>())];
        if (_total.Length < Examples)
        {
            _total = new double[Examples];
            for (int i = 0; i < _perParameter.Length; i++)
                _perParameter[i] = new double[Examples];
        }

        _total.AsSpan().Clear();
    }

    private void NormsOf(int parameter)
    {
        Span<double> norms = _perParameter[parameter].AsSpan(0, Examples), total = _total.AsSpan(0, Examples);
        norms.Clear();
        foreach ((_, int from, int count) in Parts(parameter))
        {
            ReadOnlySpan<Factor> uses = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_uses).Slice(from, count);
            if (count == 1 && uses[0].Kind != FactorKind.Lookup && uses[0].Steps(Examples) == 1)
                OneRowEach(uses[0], norms);
            else
                PerExample.SquaredNorms.AddTo(norms, uses, Examples);
        }

        TensorPrimitives.Add(total, norms, total);
    }

    // One row per example: ‖δ ⊗ a‖² = ‖δ‖²‖a‖². Layers share rows (bias and weight the same δ), so their squares are kept.
    private void OneRowEach(in Factor use, Span<double> norms)
    {
        ReadOnlySpan<double> right = _squares.Of(use.Right);
        if (use.Kind == FactorKind.RowSum)
            TensorPrimitives.Add(norms, right, norms);
        else
            TensorPrimitives.MultiplyAdd(right, _squares.Of(use.Left), norms, norms);
    }

    /// <summary>Uses of a parameter grouped by the part they mean, as ranges of <see cref="_uses"/>.</summary>
    private List<(int Offset, int From, int Count)> Parts(int parameter)
    {
        _uses.Clear();
        _parts.Clear();
        if (_pass is null)
            return _parts;
        List<Factor> factors = _pass.Factors;
        for (int i = 0; i < factors.Count; i++)
        {
            if (factors[i].Parameter != parameter || Known(factors[i].Offset))
                continue;
            int from = _uses.Count;
            for (int j = i; j < factors.Count; j++)
            {
                if (factors[j].Parameter == parameter && factors[j].Offset == factors[i].Offset)
                    _uses.Add(factors[j]);
            }

            _parts.Add((factors[i].Offset, from, _uses.Count - from));
        }

        return _parts;
    }

    private bool Known(int offset)
    {
        foreach ((int known, _, _) in _parts)
        {
            if (known == offset)
                return true;
        }

        return false;
    }

    // One factor per row: rows of an example follow each other, or come around every Examples rows.
    private Real* Spread(in Factor use, ReadOnlySpan<Real> factors)
    {
        int rows = use.Right.Count, steps = use.Steps(Examples);
        Real* scale = Scratch.Get(ScratchSlot.Reduction, rows);
        for (int row = 0; row < rows; row++)
            scale[row] = factors[use.Right.StepMajor ? row % Examples : row / steps];
        return scale;
    }
}
