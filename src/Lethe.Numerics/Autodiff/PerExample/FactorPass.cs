using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff.PerExample;

/// <summary>
/// The backward pass of book-keeping (Bu et al. 2023): from losses seeded with 1 each, gradients of activations are
/// computed as usual, parameter gradients are not; their factors are kept. Whatever would add examples up is refused.
/// </summary>
internal sealed unsafe class FactorPass(Tape tape, Dictionary<Parameter, int> wanted) : GradientPass(tape)
{
    private int _examples;

    public List<Factor> Factors { get; } = [];

    public override bool KeepsFactors => true;

    /// <summary>The tape this pass walks.</summary>
    public Tape Over => Tape;

    /// <summary>Forgets the last pass.</summary>
    public void Start(int examples)
    {
        _examples = examples;
        Factors.Clear();
    }

    public override bool Wants(Tensor tensor) => tensor.NeedsGradient && (tensor is not Parameter p || wanted.ContainsKey(p));

    public override void OuterProduct(Tensor weight, in Rows left, in Rows right, int offset = 0) => Add(weight, FactorKind.OuterProduct, left, right, null, offset);

    /// <summary>Norms need whole rows: here the columns are joined after all.</summary>
    public override void JoinedOuterProduct(Tensor weight, in Rows left, ReadOnlySpan<Tensor> parts, OneHotRows? last)
    {
        if (!Wants(weight))
            return;
        int columns = weight.Shape.Columns;
        Real* joined = Tape.Rent(left.Count * columns);
        for (int row = 0; row < left.Count; row++)
        {
            Span<Real> to = new(joined + ((nint)row * columns), columns);
            foreach (Tensor part in parts)
            {
                part.Values.Slice(row * part.Shape.Columns, part.Shape.Columns).CopyTo(to);
                to = to[part.Shape.Columns..];
            }

            to.Clear();
            last?.AddTo(row, to);
        }

        OuterProduct(weight, left, new Rows(joined, left.Count, columns, columns));
    }

    public override void RowSum(Tensor vector, in Rows values, int offset = 0) => Add(vector, FactorKind.RowSum, values, values, null, offset);

    public override void Lookup(Tensor table, int* ids, in Rows values) => Add(table, FactorKind.Lookup, values, values, ids, 0);

    public override void RequireSeparable(string operation, string instead) => throw new NotSupportedException(
        $"{operation} lets one example change the result of others, so its per-example gradients do not exist. Under differential privacy use {instead} instead.");

    protected override void RefuseMixing(Tensor x) => throw new NotSupportedException(
        $"{Current?.Operation}: the gradient of parameter '{((Parameter)x).Name}' does not split by example here. Use the parameter through Linear, a normalisation, an embedding, or arithmetic that repeats it over rows.");

    private void Add(Tensor tensor, FactorKind kind, in Rows left, in Rows right, int* ids, int offset)
    {
        if (!Wants(tensor))
            return;
        if (tensor is not Parameter parameter)
            throw new NotSupportedException($"{Current?.Operation}: its weight {tensor.Shape} is computed, not a parameter; the gradient of what it is computed from does not split by example.");
        if (_examples == 0 || right.Count % _examples != 0)
            throw new NotSupportedException($"{Current?.Operation}: parameter '{parameter.Name}' is used by {right.Count} rows, which do not belong to {_examples} examples. Axis 0 of every activation must be the example (or the example times repeats).");
        Factors.Add(new Factor(wanted[parameter], parameter.Length, kind, left, right, ids, offset));
    }
}
