using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Losses;

/// <summary>Softmax and cross-entropy in one: −x[label] + ln Σeˣ per row, slope softmax(x) − onehot(label).</summary>
internal sealed unsafe class SoftmaxCrossEntropyNode : Node
{
    private Tensor _x = null!;
    private int* _labels;
    private Real* _weights;

    public override string Operation => "SoftmaxCrossEntropy";

    public static Tensor Apply(Tensor x, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(x);
        int examples = x.Shape[0], classes = x.Shape.Columns, rows = x.Shape.Rows, steps = examples == 0 ? 0 : rows / examples;
        if (labels.Length != rows)
            throw new ArgumentException($"SoftmaxCrossEntropy: logits {x.Shape} have {rows} rows, but {labels.Length} labels were given.", nameof(labels));
        Tape tape = x.RequireTape("SoftmaxCrossEntropy");
        Tensor y = tape.Allocate(new Shape(examples));
        int* kept = (int*)tape.Rent(Math.Max(1, rows));
        Real* weights = tape.Rent(Math.Max(1, rows)), scratch = tape.Rent(classes); // weight of a row in its example's mean
        for (int i = 0; i < examples; i++)
        {
            int counted = 0;
            Real sum = 0;
            for (int row = i * steps; row < (i + 1) * steps; row++)
            {
                int label = kept[row] = labels[row];
                if (label >= classes)
                    throw new ArgumentException($"SoftmaxCrossEntropy: label {label} of row {row} lies outside the {classes} classes.", nameof(labels));
                if (label < 0)
                    continue;
                ReadOnlySpan<Real> logits = new(x.Data + ((nint)row * classes), classes);
                sum += SoftmaxOps.LogSumExpRow(logits, new Span<Real>(scratch, classes)) - logits[label];
                counted++;
            }

            y.Data[i] = counted == 0 ? 0 : sum / counted;
            for (int row = i * steps; row < (i + 1) * steps; row++)
                weights[row] = kept[row] < 0 ? 0 : 1 / (Real)counted;
        }

        tape.Return(scratch, classes);
        if (tape.Record<SoftmaxCrossEntropyNode>(y, x.NeedsGradient) is { } node)
        {
            node._x = x;
            node._labels = kept;
            node._weights = weights;
        }

        return y;
    }

    public override void Backward(GradientPass pass)
    {
        int examples = _x.Shape[0], classes = _x.Shape.Columns, rows = _x.Shape.Rows, steps = rows / Math.Max(examples, 1);
        Real* dx = pass.Begin(_x);
        for (int row = 0; row < rows; row++)
        {
            Span<Real> to = new(dx + ((nint)row * classes), classes);
            if (_labels[row] < 0)
            {
                to.Clear();
                continue;
            }

            SoftmaxOps.Row(new ReadOnlySpan<Real>(_x.Data + ((nint)row * classes), classes), to, 1);
            to[_labels[row]] -= 1;
            TensorPrimitives.Multiply(to, _weights[row] * Output.GradientData[row / steps], to);
        }

        pass.End(_x, dx);
    }
}
