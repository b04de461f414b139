using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

/// <summary>The ordinary pass: parameter gradients are summed over all rows as soon as their factors are known.</summary>
internal sealed unsafe class PlainGradients(Tape tape) : GradientPass(tape)
{
    private readonly List<Parameter> _touched = [];

    /// <summary>Only parameters that name this tape in <see cref="Parameter.WantedBy"/> are wanted.</summary>
    public bool OnlyWanted { get; set; }

    /// <summary>Parameters that received a gradient in this pass.</summary>
    public List<Parameter> TouchedParameters => _touched;

    public override bool KeepsFactors => false;

    public override bool Wants(Tensor tensor) => tensor.NeedsGradient && (!OnlyWanted || tensor is not Parameter p || p.WantedBy == Tape);

    public override void OuterProduct(Tensor weight, in Rows left, in Rows right, int offset = 0)
    {
        if (!Wants(weight))
            return;
        bool accumulate = Open(weight, offset == 0 && left.Width * right.Width == weight.Length);
        MatrixView a = new(left.Data, left.Width, left.Count, 1, left.Stride);
        MatrixView b = new(right.Data, right.Count, right.Width, right.Stride, 1);
        MatrixProduct.Run(a, b, weight.GradientData + offset, right.Width, new ProductOptions { Accumulate = accumulate });
    }

    public override void JoinedOuterProduct(Tensor weight, in Rows left, ReadOnlySpan<Tensor> parts, OneHotRows? last)
    {
        if (!Wants(weight))
            return;
        bool accumulate = Open(weight, overwritesAll: true);
        MatrixView a = new(left.Data, left.Width, left.Count, 1, left.Stride);
        int columns = weight.Shape.Columns;
        Real* target = weight.GradientData;
        foreach (Tensor part in parts)
        {
            MatrixProduct.Run(a, part.Matrix, target, columns, new ProductOptions { Accumulate = accumulate });
            target += part.Shape.Columns;
        }

        if (last is not null)
            OneHotProducts.OuterProduct(left.Data, left.Stride, left.Width, last, target, columns, accumulate);
    }

    public override void RowSum(Tensor vector, in Rows values, int offset = 0)
    {
        if (!Wants(vector))
            return;
        bool accumulate = Open(vector, offset == 0 && values.Width == vector.Length);
        Reductions.SumRows(values.Data, values.Count, values.Width, values.Stride, null, vector.GradientData + offset, accumulate);
    }

    public override void RectifyAndSum(Tensor output, Real slope, Tensor bias)
    {
        if (!Wants(bias))
        {
            base.RectifyAndSum(output, slope, bias);
            return;
        }

        bool accumulate = Open(bias, overwritesAll: true);
        Activations.RectifyBackwardWithSums(output.GradientData, output.Data, output.Shape.Rows, output.Shape.Columns, slope, bias.GradientData, accumulate);
    }

    public override void Lookup(Tensor table, int* ids, in Rows values)
    {
        if (!Wants(table))
            return;
        Open(table, false);
        Reductions.ScatterAdd(values.Data, ids, values.Count, values.Width, values.Stride, null, table.GradientData);
    }

    protected override void Touched(Tensor x)
    {
        if (x is Parameter p && !_touched.Contains(p))
            _touched.Add(p);
    }

    /// <summary>Makes the gradient ready to receive. True when there is something to add to.</summary>
    private bool Open(Tensor x, bool overwritesAll)
    {
        bool accumulate = x.HasGradient;
        x.EnsureGradient();
        if (!accumulate && !overwritesAll)
        {
            new Span<Real>(x.GradientData, x.Length).Clear();
            accumulate = true;
        }

        x.HasGradient = true;
        Touched(x);
        return accumulate;
    }
}
