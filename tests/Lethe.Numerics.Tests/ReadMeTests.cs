using System.Runtime.CompilerServices;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests;

/// <summary>The README's example is this code, letter by letter, and does what it says.</summary>
public sealed class ReadMeTests
{
    [Fact]
    public void Example_learns_a_circle()
    {
        // <example>
        Seed seed = new(42);
        Mlp model = new(inputs: 2, hidden: [16, 16], outputs: 1, seed.Derive("model"), Activation.Tanh);
        Adam adam = new(model.Parameters, new AdamOptions { LearningRate = 0.02 });
        RandomStream points = seed.Stream("points");
        Tape tape = new();
        float last = 0;
        for (int step = 0; step < 300; step++)
        {
            tape.Reset();                                            // all memory of the last step is used again
            Tensor x = tape.Input(new Shape(64, 2));                 // [examples, features]
            points.FillUniform(x.Values, -1, 1);
            Tensor label = tape.Input(new Shape(64, 1));             // inside the circle of radius 0.7?
            for (int i = 0; i < 64; i++)
                label.Values[i] = (x.Values[2 * i] * x.Values[2 * i]) + (x.Values[(2 * i) + 1] * x.Values[(2 * i) + 1]) < 0.49f ? 1 : 0;
            Tensor loss = model.Forward(x).BinaryCrossEntropyWithLogits(label).Mean();
            tape.Backward(loss);                                     // adds to the gradient of every parameter
            adam.Step();                                             // changes parameters, clears gradients
            last = loss.Item;
        }
        // last < 0.2
        // </example>
        Assert.InRange(last, 0, 0.2f);
    }

    [Fact]
    public void Example_is_the_one_in_the_readme()
    {
        string readme = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "src", "Lethe.Numerics", "README.md"));
        string inReadme = readme.Split("```csharp\n")[1].Split("```")[0];
        string inTest = File.ReadAllText(ThisFile()).Split("// <example>\n")[1].Split("        // </example>")[0].Replace("\n        ", "\n")[8..];
        Assert.Equal(inTest, inReadme);
    }

    private static string ThisFile([CallerFilePath] string path = "") =>
        File.Exists(path) ? path : Path.Combine(SharedFolder.RepositoryRoot, "tests", "Lethe.Numerics.Tests", "ReadMeTests.cs");
}
