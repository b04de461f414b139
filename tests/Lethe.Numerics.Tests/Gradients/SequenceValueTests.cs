using System.Numerics;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Threading;

namespace Lethe.Numerics.Tests.Gradients;

/// <summary>What the operations on sequences compute, against their definitions written as plain loops.</summary>
public sealed class SequenceValueTests
{
    private static readonly Seed Root = new(29);

    [Theory]
    [InlineData(9, 3, 1, 1, 1, 1, false)]
    [InlineData(9, 3, 2, 1, 2, 2, false)]
    [InlineData(8, 4, 3, 3, 1, 1, true)]
    [InlineData(5, 2, 1, 0, 3, 4, false)]
    [InlineData(1, 1, 1, 0, 1, 2, false)]
    public void Convolution_by_definition(int steps, int kernel, int stride, int padding, int dilation, int groups, bool circular)
    {
        const int Examples = 3, Inputs = 4, Outputs = 8;
        ConvOptions options = new() { Stride = stride, Padding = padding, PaddingAfter = padding + 1, Dilation = dilation, Groups = groups, Circular = circular };
        Tape tape = new();
        Tensor x = Draw(tape, new Shape(Examples, steps, Inputs)), w = Draw(tape, new Shape(Outputs, Inputs / groups, kernel)), b = Draw(tape, new Shape(Outputs));
        Tensor y = x.Conv1d(w, b, options);
        int positions = ((steps + padding + padding + 1 - (dilation * (kernel - 1)) - 1) / stride) + 1;
        Assert.Equal(new Shape(Examples, positions, Outputs), y.Shape);
        for (int i = 0; i < y.Length; i++)
        {
            int e = i / (positions * Outputs), t = i / Outputs % positions, o = i % Outputs, perGroup = Inputs / groups, group = o / (Outputs / groups);
            double sum = b.Values[o];
            for (int c = 0; c < perGroup; c++)
            {
                for (int j = 0; j < kernel; j++)
                {
                    int at = (t * stride) + (j * dilation) - padding;
                    at = circular ? ((at % steps) + steps) % steps : at;
                    if (at >= 0 && at < steps)
                        sum += (double)w.Values[(((o * perGroup) + c) * kernel) + j] * x.Values[(((e * steps) + at) * Inputs) + (group * perGroup) + c];
                }
            }

            Precision.Close(sum, y.Values[i], 1e-12, 1e-12, $"element {i}");
        }
    }

    [Theory]
    [InlineData(3, 2, 1, 1, 1)]
    [InlineData(4, 3, 0, 2, 2)]
    [InlineData(2, 1, 0, 0, 1)]
    public void Transposed_convolution_is_the_adjoint(int kernel, int stride, int padding, int outputPadding, int groups)
    {
        const int Examples = 2, Inputs = 4, Outputs = 6;
        ConvOptions options = new() { Stride = stride, Padding = padding, OutputPadding = outputPadding, Groups = groups };
        Tape tape = new();
        Tensor x = Draw(tape, new Shape(Examples, 5, 6, Inputs)), w = Draw(tape, new Shape(Inputs, Outputs / groups, kernel, kernel));
        Tensor up = x.ConvTranspose2d(w, null, options), y = Draw(tape, up.Shape), down = y.Conv2d(w, null, options);
        Assert.Equal(x.Shape, down.Shape);
        Assert.Equal((5 - 1) * stride - (2 * padding) + kernel + outputPadding, up.Shape[1]);
        Precision.Close(Dot(up, y), Dot(x, down), 1e-11, 1e-11, "⟨Aᵀx, y⟩ = ⟨x, Ay⟩");
    }

    [Fact]
    public void Padding_like_TensorFlow_keeps_lengths()
    {
        Tape tape = new();
        foreach ((int length, int kernel, int stride) in new[] { (24, 3, 2), (25, 4, 2), (7, 5, 1), (6, 2, 3) })
        {
            Tensor x = Draw(tape, new Shape(1, length, 1)), w = Draw(tape, new Shape(1, 1, kernel));
            Assert.Equal((length + stride - 1) / stride, x.Conv1d(w, null, ConvOptions.Same(length, kernel, stride)).Shape[1]);
            Assert.Equal(length * stride, x.ConvTranspose1d(w, null, ConvOptions.SameTransposed(kernel, stride)).Shape[1]);
        }
    }

    [Fact]
    public void Attention_by_definition()
    {
        const int Examples = 3, Queries = 4, Keys = 6, Heads = 2, Width = 6, PerHead = Width / Heads;
        int[] lengths = [6, 0, 3];
        Tape tape = new();
        Tensor q = Draw(tape, new Shape(Examples, Queries, Width)), k = Draw(tape, new Shape(Examples, Keys, Width)), v = Draw(tape, new Shape(Examples, Keys, Width));
        Tensor y = q.Attention(k, v, Heads, new AttentionMask { Causal = true, KeyLengths = lengths });
        for (int i = 0; i < y.Length; i++)
        {
            int e = i / (Queries * Width), t = i / Width % Queries, column = i % Width, head = column / PerHead;
            double total = 0, sum = 0;
            for (int s = 0; s < Math.Min(lengths[e], t + 1); s++)
            {
                double score = 0;
                for (int c = head * PerHead; c < (head + 1) * PerHead; c++)
                    score += (double)q.Values[(((e * Queries) + t) * Width) + c] * k.Values[(((e * Keys) + s) * Width) + c];
                double weight = Math.Exp(score / Math.Sqrt(PerHead));
                total += weight;
                sum += weight * v.Values[(((e * Keys) + s) * Width) + column];
            }

            Precision.Close(total == 0 ? 0 : sum / total, y.Values[i], 1e-12, 1e-12, $"element {i}");
        }
    }

    [Fact]
    public void Values_in_the_padding_change_nothing()
    {
        int[] lengths = [3, 1, 5];
        Gru gru = new(4, 6, Root, new RecurrentOptions { Layers = 2, Bidirectional = true });
        TransformerEncoderLayer block = new(4, Root, new TransformerOptions { Heads = 2, Dropout = 0 });
        Tape tape = new();
        Tensor x = Draw(tape, new Shape(3, 5, 4)), other = tape.Input(x.Values, x.Shape);
        for (int e = 0; e < 3; e++)
            other.Values[((e * 20) + (4 * lengths[e]))..(20 * (e + 1))].Fill(9);
        Tensor a = gru.Forward(x, lengths).Sequence, b = gru.Forward(other, lengths).Sequence;
        Assert.Equal(a.Values.ToArray(), b.Values.ToArray());
        Tensor c = block.Forward(x, lengths), d = block.Forward(other, lengths);
        for (int e = 0; e < 3; e++)
            Assert.Equal(c.Values.Slice(20 * e, 4 * lengths[e]).ToArray(), d.Values.Slice(20 * e, 4 * lengths[e]).ToArray());
        for (int row = lengths[1]; row < 5; row++)
            Assert.All(a.Values.Slice((5 + row) * 12, 12).ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(24)]
    public void Fourier_transform_by_definition(int n)
    {
        Tape tape = new();
        Tensor x = Draw(tape, new Shape(2, n, 3));
        foreach (FourierScale scale in Enum.GetValues<FourierScale>())
        {
            RealFourier fourier = new(n, scale);
            (Tensor re, Tensor im) = fourier.Forward(x);
            double factor = scale switch { FourierScale.OnInverse => 1, FourierScale.Orthonormal => 1 / Math.Sqrt(n), _ => 1.0 / n };
            for (int i = 0; i < re.Length; i++)
            {
                int e = i / (fourier.Bins * 3), k = i / 3 % fourier.Bins, c = i % 3;
                Complex sum = 0;
                for (int t = 0; t < n; t++)
                    sum += (double)x.Values[(((e * n) + t) * 3) + c] * Complex.Exp(new Complex(0, -2 * Math.PI * k * t / n));
                Precision.Close(factor * sum.Real, re.Values[i], 1e-11, 1e-11, $"real part {i}");
                Precision.Close(factor * sum.Imaginary, im.Values[i], 1e-11, 1e-11, $"imaginary part {i}");
            }

            Tensor back = fourier.Inverse(re, im);
            for (int i = 0; i < x.Length; i++)
                Precision.Close(x.Values[i], back.Values[i], 1e-11, 1e-11, $"step {i} after the inverse");
        }
    }

    [Fact]
    public void Least_squares_leave_a_residual_orthogonal_to_the_columns()
    {
        Tape tape = new();
        Tensor z = Draw(tape, new Shape(3, 9, 4)), y = Draw(tape, new Shape(3, 9, 2)), c = z.LeastSquares(y, 0.2);
        for (int s = 0; s < 3; s++)
        {
            for (int i = 0; i < 4; i++)
            {
                for (int j = 0; j < 2; j++)
                {
                    double sum = -0.2 * c.Values[(((s * 4) + i) * 2) + j]; // Zᵀ(Y − ZC) = εC
                    for (int row = 0; row < 9; row++)
                    {
                        double residual = y.Values[(((s * 9) + row) * 2) + j];
                        for (int k = 0; k < 4; k++)
                            residual -= (double)z.Values[(((s * 9) + row) * 4) + k] * c.Values[(((s * 4) + k) * 2) + j];
                        sum += z.Values[(((s * 9) + row) * 4) + i] * residual;
                    }

                    Precision.Close(0, sum, 1e-11, 0, "normal equations");
                }
            }
        }

        Assert.Throws<ArithmeticException>(() => tape.Constant(new Shape(4, 2), 1).LeastSquares(tape.Constant(new Shape(4, 1), 1)));
    }

    [Fact]
    public void Eigenvalues_of_a_rotation_and_a_triangle()
    {
        Complex[] rotation = EigenvalueOps.Eigenvalues([0.6, -0.8, 0.8, 0.6], 2), triangle = EigenvalueOps.Eigenvalues([2, 5, 0, -3], 2);
        Golden.Close(0.6, rotation[0].Real, 1e-12, 0, "real part");
        Golden.Close(0.8, Math.Abs(rotation[0].Imaginary), 1e-12, 0, "imaginary part");
        Golden.Close(-3, triangle[0].Real, 1e-12, 0, "largest");
        Golden.Close(2, triangle[1].Real, 1e-12, 0, "second");
    }

    [Fact]
    public void Encodings_by_definition()
    {
        Tape tape = new();
        Tensor time = tape.TimeEncoding([0, 3.5], 6), position = tape.PositionEncoding(5, 4);
        Precision.Close([0, 0, 0, 1, 1, 1, Math.Sin(3.5), Math.Sin(0.035), Math.Sin(0.00035), Math.Cos(3.5), Math.Cos(0.035), Math.Cos(0.00035)], time.Values, 1e-12, 1e-12, "time");
        Precision.Close([Math.Sin(4), Math.Cos(4), Math.Sin(0.04), Math.Cos(0.04)], position.Values.Slice(16, 4), 1e-12, 1e-12, "position 4");
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        Real[] many = Train();
        using (ComputeThreads.Limit(1))
            Assert.Equal(Train(), many);

        static Real[] Train()
        {
            Sequential model = new(new Gru(16, 48, Root, new RecurrentOptions { Layers = 2 }), new Conv1d(48, 32, 3, Root, new ConvOptions { Padding = 1 }), new TransformerEncoderLayer(32, Root, new TransformerOptions { FeedForward = 64 }));
            Tape tape = new();
            Tensor y = model.Forward(Draw(tape, new Shape(61, 20, 16)));
            tape.Backward(y.Square().Mean());
            return [.. y.Values, .. model.Parameters.SelectMany(p => p.Gradient.ToArray())];
        }
    }

    private static double Dot(Tensor a, Tensor b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a.Values[i] * b.Values[i];
        return sum;
    }

    private static Tensor Draw(Tape tape, Shape shape)
    {
        Tensor x = tape.Input(shape);
        RandomStream random = Root.Stream("draw", shape.Length);
        foreach (ref Real value in x.Values)
            value = (Real)random.NextGaussian();
        return x;
    }
}
