namespace Lethe.Numerics.Autodiff.PerExample;

/// <summary>How a parameter's gradient arises from rows.</summary>
internal enum FactorKind
{
    /// <summary>Σ left ⊗ right.</summary>
    OuterProduct,

    /// <summary>Σ e_id ⊗ right: an outer product whose left rows have a single one.</summary>
    Lookup,

    /// <summary>Σ right.</summary>
    RowSum,
}

/// <summary>One use of a parameter in the recorded pass: what its gradient is made of, for all examples at once.</summary>
internal readonly unsafe struct Factor(int parameter, int parameterLength, FactorKind kind, Rows left, Rows right, int* ids, int offset)
{
    /// <summary>Number of the parameter in the pass.</summary>
    public readonly int Parameter = parameter;
    public readonly FactorKind Kind = kind;
    public readonly Rows Left = left;
    public readonly Rows Right = right;
    public readonly int* Ids = ids;

    /// <summary>First element of the part of the parameter that is meant; parts are the same or do not overlap.</summary>
    public readonly int Offset = offset;

    /// <summary>Elements of that part.</summary>
    public int Size => Kind switch
    {
        FactorKind.OuterProduct => Left.Width * Right.Width,
        FactorKind.Lookup => parameterLength,
        _ => Right.Width,
    };

    public int Steps(int examples) => Right.Count / examples;

    public int Id(int example, int step, int examples) => Ids[Right.StepMajor ? (step * examples) + example : (example * Steps(examples)) + step];
}
