using System.Text.Json;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Autodiff.PerExample;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Gradients;

/// <summary>
/// A file of per-example gradients. A test gives the model as a function of the examples' numbers to one loss per example;
/// everything the file holds is then compared: losses, gradients one example at a time and all at once, norms per
/// parameter and in total, clipped sums under every rule.
/// </summary>
internal sealed class GradientGolden
{
    private readonly JsonElement _root;
    private readonly double _absolute, _relative;

    public GradientGolden(string name)
    {
        _root = Golden.Load($"dp/gradients/{name}.json").Root;
        _absolute = _root.GetProperty("tolerance").GetProperty("absolute").GetDouble();
        _relative = _root.GetProperty("tolerance").GetProperty("relative").GetDouble();
        Batch = _root.GetProperty("batch").GetInt32();
        foreach (JsonProperty property in _root.GetProperty("parameters").EnumerateObject())
        {
            Parameter parameter = new(property.Name, ShapeOf(property.Value));
            Flat(property.Value).CopyTo(parameter.Values);
            Parameters.Add(property.Name, parameter);
        }
    }

    /// <summary>Number of examples.</summary>
    public int Batch { get; }

    public Dictionary<string, Parameter> Parameters { get; } = [];

    public Parameter this[string name] => Parameters[name];

    /// <summary>An input of all examples, or a setting.</summary>
    public JsonElement Input(string name) => _root.GetProperty("inputs").GetProperty(name);

    /// <summary>The rows of an input that belong to the given examples, joined along axis 0.</summary>
    public Tensor Tensor(Tape tape, string name, int[] examples)
    {
        JsonElement all = Input(name);
        Shape one = ShapeOf(all[0]);
        Real[] values = [.. examples.SelectMany(example => Flat(all[example]))];
        int[] extents = all[0].ValueKind == JsonValueKind.Array ? one.ToArray() : [];
        return tape.Input(values, Shape.From([examples.Length, .. extents]));
    }

    /// <summary>Whole numbers of the given examples, joined.</summary>
    public int[] Integers(string name, int[] examples) => [.. examples.SelectMany(example => Flat64(Input(name)[example])).Select(value => (int)value)];

    /// <summary>Compares everything. The model must work for any list of examples.</summary>
    public void Check(Func<Tape, int[], Tensor> model)
    {
        Parameter[] parameters = [.. Parameters.Values];
        double[] losses = Flat64(_root.GetProperty("per_example_loss"));
        int[] all = [.. Enumerable.Range(0, Batch)];

        Tape tape = new();
        PerExampleGradients pass = new(parameters);
        Tensor together = model(tape, all);
        Precision.Close(losses, together.Values, _absolute, _relative, "losses");
        pass.Backward(tape, together);
        CheckNorms(pass, parameters);
        CheckClippedSums(pass, parameters);
        for (int example = 0; example < Batch; example++)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                Real[] gradient = new Real[parameters[i].Length];
                pass.Instantiate(i, example, gradient);
                Close(ExampleGradient(i, example), gradient, $"example {example}, {parameters[i].Name}, instantiated");
            }
        }

        for (int example = 0; example < Batch; example++)
        {
            tape.Reset();
            tape.Backward(model(tape, [example]).Sum());
            for (int i = 0; i < parameters.Length; i++)
            {
                Close(ExampleGradient(i, example), parameters[i].Gradient, $"example {example}, {parameters[i].Name}, alone");
                parameters[i].ClearGradient();
            }
        }

        CheckChunks(model, parameters, tape, pass);

        double[] ExampleGradient(int parameter, int example) => Flat64(_root.GetProperty("per_example_gradients").GetProperty(parameters[parameter].Name)[example]);
    }

    private void CheckNorms(PerExampleGradients pass, Parameter[] parameters)
    {
        JsonElement squares = _root.GetProperty("per_example_squared_norms");
        for (int i = 0; i < parameters.Length; i++)
        {
            double[] expected = Flat64(squares.GetProperty(parameters[i].Name));
            for (int example = 0; example < Batch; example++)
                Precision.Close(expected[example], pass.SquaredNormsOf(i)[example], _absolute, _relative, $"squared norm of {parameters[i].Name}, example {example}");
        }

        double[] norms = Flat64(_root.GetProperty("per_example_norms"));
        for (int example = 0; example < Batch; example++)
        {
            double norm = Math.Sqrt(pass.SquaredNorms[example]);
            Precision.Close(norms[example], norm, _absolute, _relative, $"norm of example {example}");
            Assert.True(norm >= norms[example] * (1 - 1e-6) - 1e-12, $"example {example}: norm {norm:R} is below {norms[example]:R}");
        }
    }

    private void CheckClippedSums(PerExampleGradients pass, Parameter[] parameters)
    {
        foreach (JsonElement rule in _root.GetProperty("clipped_sums").EnumerateArray())
        {
            JsonElement factors = rule.GetProperty("factors");
            for (int i = 0; i < parameters.Length; i++)
            {
                // Group rules hold one list of factors per group of parameters, the others one list for all.
                pass.Accumulate(i, Flat(factors.ValueKind == JsonValueKind.Object ? factors.GetProperty(GroupOf(rule, parameters[i].Name)) : factors));
                Close(Flat64(rule.GetProperty("sum").GetProperty(parameters[i].Name)), parameters[i].Gradient, $"{rule.GetProperty("rule").GetString()}, {parameters[i].Name}");
                parameters[i].ClearGradient();
            }
        }
    }

    private static string GroupOf(JsonElement rule, string parameter) =>
        rule.GetProperty("layers").EnumerateObject().First(group => group.Value.EnumerateArray().Any(name => name.GetString() == parameter)).Name;

    /// <summary>A batch in chunks of one or two gives the sum of the whole.</summary>
    private void CheckChunks(Func<Tape, int[], Tensor> model, Parameter[] parameters, Tape tape, PerExampleGradients pass)
    {
        JsonElement rule = _root.GetProperty("clipped_sums").EnumerateArray().First(r => r.GetProperty("factors").ValueKind == JsonValueKind.Array);
        Real[] factors = Flat(rule.GetProperty("factors"));
        for (int from = 0; from < Batch; from += 2)
        {
            tape.Reset();
            int[] chunk = [.. Enumerable.Range(from, Math.Min(2, Batch - from))];
            pass.Backward(tape, model(tape, chunk));
            pass.Accumulate(factors.AsSpan(from, chunk.Length));
        }

        foreach (Parameter parameter in parameters)
        {
            Close(Flat64(rule.GetProperty("sum").GetProperty(parameter.Name)), parameter.Gradient, $"chunks, {parameter.Name}");
            parameter.ClearGradient();
        }
    }

    private void Close(double[] expected, ReadOnlySpan<Real> actual, string what) => Precision.Close(expected, actual, _absolute, _relative, what);

    private static Shape ShapeOf(JsonElement e)
    {
        List<int> extents = [];
        for (; e.ValueKind == JsonValueKind.Array; e = e[0])
            extents.Add(e.GetArrayLength());
        return Shape.From([.. extents]);
    }

    private static Real[] Flat(JsonElement e) => Precision.ToReal(Flat64(e));

    private static double[] Flat64(JsonElement e) => e.ValueKind == JsonValueKind.Array ? [.. e.EnumerateArray().SelectMany(Flat64)] : [Golden.Number(e)];
}
