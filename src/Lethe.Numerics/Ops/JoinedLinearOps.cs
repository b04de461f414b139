using System.Runtime.InteropServices;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>
/// A linear map of joined columns without joining them: [x₁ | x₂ | … | e] Wᵀ = Σ xᵢ Wᵢᵀ + (rows of W_eᵀ chosen by the ones of e), where
/// Wᵢ are the columns of W that belong to xᵢ. Gradients of W are written straight to those columns.
/// </summary>
public static unsafe class JoinedLinearOps
{
    /// <summary>[x₁ | x₂ | … | e] Wᵀ + b.</summary>
    /// <param name="parts">Matrices [n, dᵢ], at least one.</param>
    /// <param name="last">e, [n, c], or null.</param>
    /// <param name="weight">[outputs, Σ dᵢ + c].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <returns>[n, outputs].</returns>
    public static Tensor Linear(ReadOnlySpan<Tensor> parts, OneHotRows? last, Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (parts.IsEmpty)
            throw new ArgumentException("Linear of joined columns: at least one dense part is needed.", nameof(parts));
        int n = parts[0].Shape.Rows, columns = last?.Width ?? 0;
        foreach (Tensor part in parts)
        {
            columns += part.Shape.Columns;
            if (part.Shape.Rank != 2 || part.Shape[0] != n)
                throw new ArgumentException($"Linear of joined columns: a part has shape {part.Shape}; matrices of {n} rows are needed.", nameof(parts));
        }

        if (weight.Shape.Rank != 2 || weight.Shape[1] != columns || (bias is not null && bias.Length != weight.Shape[0]) || (last is not null && last.Count != n))
            throw new ArgumentException($"Linear of joined columns: {columns} columns of {n} rows, one-hot rows {last?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}, weight {weight.Shape}, bias {bias?.Shape.ToString() ?? "none"} do not fit.");
        last?.RequireInside("Linear of joined columns");
        return JoinedLinearNode.Apply(parts, last, weight, bias);
    }

    private sealed class JoinedLinearNode : Node
    {
        private readonly List<Tensor> _parts = [];
        private OneHotRows? _last;
        private Tensor _weight = null!;
        private Tensor? _bias;

        public override string Operation => "Linear";

        public static Tensor Apply(ReadOnlySpan<Tensor> parts, OneHotRows? last, Tensor weight, Tensor? bias)
        {
            Tape tape = parts[0].RequireTape("Linear of joined columns");
            int n = parts[0].Shape[0], outputs = weight.Shape[0];
            Tensor y = tape.Allocate(new Shape(n, outputs));
            bool needed = weight.NeedsGradient || bias is { NeedsGradient: true };
            Real* shift = bias is null ? null : bias.Data;
            bool one = last is { PerRow: 1 }, several = last is not null && !one;
            if (several)
                OneHotProducts.Choose(last!, LastColumns(weight, last!), shift, y.Data);
            if (one)
                shift = OneHotProducts.Transpose(LastColumns(weight, last!), shift); // a row of it is the bias of a row of y
            int from = 0;
            fixed (int* rows = one ? last!.AllPositions : default)
            {
                for (int i = 0; i < parts.Length; i++)
                {
                    Tensor part = parts[i];
                    bool final = i == parts.Length - 1 && !several;
                    ProductOptions options = new() { Accumulate = i > 0 || several, Bias = final ? shift : null, BiasRows = final ? rows : null };
                    MatrixProduct.Run(part.Matrix, Columns(weight, from, part.Shape.Columns).Transposed, y.Data, outputs, options);
                    from += part.Shape.Columns;
                    needed |= part.NeedsGradient;
                }
            }

            if (tape.Record<JoinedLinearNode>(y, needed) is { } node)
            {
                node._parts.Clear();
                node._parts.AddRange(parts);
                (node._last, node._weight, node._bias) = (last, weight, bias);
            }

            return y;
        }

        public override void Backward(GradientPass pass)
        {
            Rows delta = Rows.OfGradient(Output);
            if (_bias is not null)
                pass.RowSum(_bias, delta);
            pass.JoinedOuterProduct(_weight, delta, CollectionsMarshal.AsSpan(_parts), _last);
            MatrixView d = new(Output.GradientData, delta.Count, delta.Width);
            int from = 0;
            foreach (Tensor part in _parts)
            {
                int width = part.Shape.Columns;
                if (pass.Wants(part))
                {
                    bool accumulate = pass.OpenForProduct(part);
                    MatrixProduct.Run(d, Columns(_weight, from, width), part.GradientData, width, new ProductOptions { Accumulate = accumulate });
                }

                from += width;
            }
        }

        public override void BackwardOnTape(Tensor outputGradient, InputGradient gradient)
        {
            Tensor joined = outputGradient.LinearTransposed(_weight);
            int from = 0;
            foreach (Tensor part in _parts)
            {
                if (InputGradient.Leads(part))
                    gradient.Add(part, joined.SliceColumns(from, part.Shape.Columns));
                from += part.Shape.Columns;
            }
        }

        private static MatrixView Columns(Tensor weight, int from, int count) => new(weight.Data + from, weight.Shape[0], count, weight.Shape[1], 1);

        private static MatrixView LastColumns(Tensor weight, OneHotRows last) => Columns(weight, weight.Shape[1] - last.Width, last.Width);
    }
}
