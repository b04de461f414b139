using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Autodiff.PerExample;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Gradients;

/// <summary>The fused recurrent operations against the same formulas step by step in elementary operations.</summary>
public sealed class RecurrentCompositionTests
{
    public static TheoryData<string, int, int, bool> Cases
    {
        get
        {
            TheoryData<string, int, int, bool> cases = [];
            foreach (string kind in new[] { "gru", "gru tf", "lstm" })
            {
                foreach (int examples in new[] { 0, 1, 7, 53 })
                {
                    cases.Add(kind, examples, 5, false);
                    cases.Add(kind, examples, 11, true);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fused_equals_composed(string kind, int examples, int width, bool reverse)
    {
        const int Steps = 6, Inputs = 3;
        RandomStream random = new Seed(3).Stream(kind, examples);
        int gates = kind == "lstm" ? 4 : 3;
        Parameter wi = Normal(random, "wi", new Shape(gates * width, Inputs)), wh = Normal(random, "wh", new Shape(gates * width, width));
        Parameter bi = Normal(random, "bi", new Shape(gates * width)), bh = Normal(random, "bh", new Shape(gates * width));
        Real[] x = Draw(random, examples * Steps * Inputs), h0 = Draw(random, examples * width), c0 = Draw(random, examples * width), weigh = Draw(random, examples * Steps * width), weighLast = Draw(random, examples * width);
        int[] lengths = [.. Enumerable.Range(0, examples).Select(i => i % (Steps + 1))];
        Tape tape = new();
        (Real[] outputs, Real[] gradients) fused = Measure(true), composed = Measure(false);
        Assert.Equal(composed.outputs.Length, fused.outputs.Length);
        for (int i = 0; i < composed.outputs.Length; i++)
            Precision.Close(composed.outputs[i], fused.outputs[i], 1e-12, 1e-11, $"output {i}");
        for (int i = 0; i < composed.gradients.Length; i++)
            Precision.Close(composed.gradients[i], fused.gradients[i], 1e-11, 1e-10, $"gradient {i}");

        (Real[], Real[]) Measure(bool isFused)
        {
            tape.Reset();
            Parameter[] parameters = kind == "gru tf" ? [wi, wh, bi] : [wi, wh, bi, bh];
            Tensor input = tape.Variable(x, new Shape(examples, Steps, Inputs));
            Tensor hidden = tape.Variable(h0, new Shape(examples, width)), cell = tape.Variable(c0, new Shape(examples, width));
            RecurrentWeights weights = new(wi, wh, bi, kind == "gru tf" ? null : bh);
            RecurrentState initial = new(hidden, kind == "lstm" ? cell : null);
            (Tensor sequence, RecurrentState last) = (isFused, kind) switch
            {
                (true, "lstm") => input.Lstm(weights, initial, lengths, reverse),
                (true, _) => input.Gru(weights, initial, lengths, reverse, kind == "gru" ? GruForm.ResetAfter : GruForm.ResetBefore),
                _ => Compose(kind, input, weights, initial, lengths, reverse),
            };
            Tensor lastWeights = tape.Input(weighLast, last.Hidden!.Shape);
            Tensor loss = (sequence * tape.Input(weigh, sequence.Shape)).Sum() + (last.Hidden * lastWeights).Sum();
            if (last.Cell is not null)
                loss += (last.Cell * lastWeights).Square().Sum();
            tape.Backward(loss);
            Real[] gradients = [.. parameters.SelectMany(p => p.Gradient.ToArray()), .. input.Gradient, .. hidden.Gradient, .. cell.Gradient];
            foreach (Parameter parameter in parameters)
                parameter.ClearGradient();
            return ([.. sequence.Values, .. last.Hidden.Values, .. last.Cell is null ? [] : last.Cell.Values], gradients);
        }
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("gru tf")]
    [InlineData("lstm")]
    public void Norms_equal_those_of_each_example_alone(string kind)
    {
        const int Examples = 7, Steps = 20, Inputs = 40, Width = 24;
        RandomStream random = new Seed(4).Stream(kind);
        int gates = kind == "lstm" ? 4 : 3;
        Parameter[] p = [Normal(random, "wi", new Shape(gates * Width, Inputs)), Normal(random, "wh", new Shape(gates * Width, Width)), Normal(random, "bi", new Shape(gates * Width)), Normal(random, "bh", new Shape(gates * Width))];
        if (kind == "gru tf")
            p = p[..3];
        Real[] x = Draw(random, Examples * Steps * Inputs);
        int[] lengths = [20, 0, 7, 19, 1, 20, 13];
        Tape tape = new();
        PerExampleGradients pass = new(p);
        pass.Backward(tape, Loss(0, Examples));
        double[] norms = [.. pass.SquaredNorms];
        Real[] factors = Draw(random, Examples);
        pass.Accumulate(factors);
        Real[] sums = [.. p.SelectMany(parameter => parameter.Gradient.ToArray())];
        double[] expected = new double[sums.Length];
        for (int e = 0; e < Examples; e++)
        {
            foreach (Parameter parameter in p)
                parameter.ClearGradient();
            tape.Reset();
            tape.Backward(Loss(e, 1).Sum());
            Real[] alone = [.. p.SelectMany(parameter => parameter.Gradient.ToArray())];
            Precision.Close(alone.Sum(v => (double)v * v), norms[e], 1e-12, 1e-10, $"squared norm of example {e}");
            for (int i = 0; i < alone.Length; i++)
                expected[i] += (double)factors[e] * alone[i];
        }

        Precision.Close(expected, sums, 1e-10, 1e-10, "weighted sum");

        Tensor Loss(int from, int count)
        {
            Tensor input = tape.Input(x.AsSpan(from * Steps * Inputs, count * Steps * Inputs), new Shape(count, Steps, Inputs));
            RecurrentWeights weights = new(p[0], p[1], p[2], kind == "gru tf" ? null : p[3]);
            RecurrentOutput y = kind == "lstm" ? input.Lstm(weights, default, lengths.AsSpan(from, count)) : input.Gru(weights, default, lengths.AsSpan(from, count), form: kind == "gru" ? GruForm.ResetAfter : GruForm.ResetBefore);
            return y.Sequence.Square().SumPerExample() + y.Last.Hidden!.SumPerExample();
        }
    }

    private static RecurrentOutput Compose(string kind, Tensor x, RecurrentWeights w, RecurrentState initial, int[] lengths, bool reverse)
    {
        int examples = x.Shape[0], steps = x.Shape[1], width = w.State.Shape[1];
        Tensor h = initial.Hidden!;
        Tensor? c = initial.Cell;
        Tensor[] outputs = new Tensor[steps];
        for (int s = 0; s < steps; s++)
        {
            int t = reverse ? steps - 1 - s : s;
            Tensor valid = x.Tape!.Input(new Shape(examples, 1));
            for (int i = 0; i < examples; i++)
                valid.Values[i] = t < lengths[i] ? 1 : 0;
            Tensor a = x.Slice(1, t, 1).Reshape(new Shape(examples, x.Shape[2])).Linear(w.Input, w.InputBias);
            (Tensor next, Tensor? nextCell) = Step(kind, a, h, c, w);
            h = (valid * next) + ((1 - valid) * h);
            c = nextCell is null ? null : (valid * nextCell) + ((1 - valid) * c!);
            outputs[t] = (h * valid).Reshape(new Shape(examples, 1, width));
        }

        Tensor sequence = outputs[0];
        for (int t = 1; t < steps; t++)
            sequence = sequence.Concat(outputs[t], 1);
        return new RecurrentOutput(sequence, new RecurrentState(h, c));
    }

    private static (Tensor Hidden, Tensor? Cell) Step(string kind, Tensor a, Tensor h, Tensor? c, RecurrentWeights w)
    {
        int width = h.Shape[1];
        if (kind == "gru tf")
        {
            // The candidate's rows of the state weight, cut from its transpose by a product with unit vectors.
            Tensor unit = h.Tape!.Constant(new Shape(width, 3 * width), 0);
            for (int i = 0; i < width; i++)
                unit.Values[(i * 3 * width) + (2 * width) + i] = 1;
            Tensor gate = (a + h.Linear(w.State)).SliceColumns(0, 2 * width).Sigmoid();
            Tensor reset = gate.SliceColumns(0, width), keep = gate.SliceColumns(width, width);
            Tensor n = (a.SliceColumns(2 * width, width) + (reset * h).Linear(w.State).Linear(unit)).Tanh();
            return ((keep * h) + ((1 - keep) * n), null);
        }

        Tensor u = h.Linear(w.State, w.StateBias);
        if (kind == "gru")
        {
            Tensor gate = (a + u).SliceColumns(0, 2 * width).Sigmoid();
            Tensor reset = gate.SliceColumns(0, width), keep = gate.SliceColumns(width, width);
            Tensor n = (a.SliceColumns(2 * width, width) + (reset * u.SliceColumns(2 * width, width))).Tanh();
            return (((1 - keep) * n) + (keep * h), null);
        }

        Tensor z = a + u;
        Tensor i2 = z.SliceColumns(0, width).Sigmoid(), f = z.SliceColumns(width, width).Sigmoid(), g = z.SliceColumns(2 * width, width).Tanh(), o = z.SliceColumns(3 * width, width).Sigmoid();
        Tensor cell = (f * c!) + (i2 * g);
        return (o * cell.Tanh(), cell);
    }

    private static Parameter Normal(RandomStream random, string name, Shape shape)
    {
        Parameter parameter = new(name, shape);
        for (int i = 0; i < parameter.Length; i++)
            parameter.Values[i] = (Real)(0.4 * random.NextGaussian());
        return parameter;
    }

    private static Real[] Draw(RandomStream random, int count)
    {
        Real[] values = new Real[count];
        for (int i = 0; i < count; i++)
            values[i] = (Real)random.NextGaussian();
        return values;
    }
}
