using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Kovae;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Tests.Series.Kovae;

public sealed class KoopmanTermTests
{
    // A rotation that shrinks: no draw of it is collinear with its successors.
    private static readonly float[] Known = [0.8f, 0.5f, 0, -0.5f, 0.8f, 0.1f, 0, 0.2f, 0.9f];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Courses_of_a_known_matrix_give_it_back_and_cost_nothing(int horizon)
    {
        Tape tape = new();
        foreach (int[] lengths in new int[][] { [], [12, 1, 7, 2, 12, 3, 4, 9] })
        {
            StepRows rows = new(8, 12, lengths);
            Tensor latent = Courses(tape, 8, 12);
            Tensor c = KoopmanTerm.Fit(latent.Rows(0, 11), latent.Rows(1, 11));
            for (int i = 0; i < 9; i++)
                Assert.Equal(Known[i], c.Values[i], 5e-6f);
            Assert.True(KoopmanTerm.Of(latent, rows, horizon)!.Item < 1e-9, "the term is not zero");
        }
    }

    [Fact]
    public void Draws_without_dynamics_cost_what_the_definition_says()
    {
        Tape tape = new();
        int examples = 4, steps = 3;
        float[] z = [1, 2, 4, -1, 0.5f, 3, 2, 2, -3, 1, 1, 0];
        Tensor latent = tape.Input(z, new Shape(examples, steps, 1));

        // One column: C = Σ p n / Σ p², up to the ridge.
        double pn = 0, pp = 0;
        for (int i = 0; i < examples; i++)
        {
            for (int t = 0; t + 1 < steps; t++)
                (pn, pp) = (pn + (z[(i * steps) + t] * z[(i * steps) + t + 1]), pp + (z[(i * steps) + t] * z[(i * steps) + t]));
        }

        double c = pn / pp, squares = 0, norm = 0, squares2 = 0, norm2 = 0;
        for (int i = 0; i < examples; i++)
        {
            for (int t = 0; t + 1 < steps; t++)
            {
                double once = c * z[(i * steps) + t], twice = c * once;
                squares += Math.Pow(once - z[(i * steps) + t + 1], 2);
                norm += once * once;
                if (t + 2 >= steps)
                    continue;
                squares2 += Math.Pow(twice - z[(i * steps) + t + 2], 2);
                norm2 += twice * twice;
            }
        }

        double first = squares / 8 / Math.Sqrt(norm), second = squares2 / 4 / Math.Sqrt(norm2), toBatch64 = Math.Sqrt(examples / 64.0);
        Assert.Equal(first * toBatch64, KoopmanTerm.Of(latent, new StepRows(examples, steps, []), 1)!.Item, 1e-5);
        Assert.Equal((first + second) * toBatch64, KoopmanTerm.Of(latent, new StepRows(examples, steps, []), 2)!.Item, 1e-5);
    }

    [Fact]
    public void Stays_of_one_step_have_no_term()
    {
        Tape tape = new();
        Assert.Null(KoopmanTerm.Of(Courses(tape, 3, 4), new StepRows(3, 4, [1, 1, 1]), 1));
        Assert.Null(KoopmanTerm.Of(Courses(tape, 3, 1), new StepRows(3, 1, []), 2));
    }

    private static Tensor Courses(Tape tape, int examples, int steps)
    {
        Tensor latent = tape.Input(new Shape(examples, steps, 3));
        RandomStream stream = new Seed(4).Stream("start");
        for (int i = 0; i < examples; i++)
        {
            float[] z = [(float)stream.NextGaussian(), (float)stream.NextGaussian(), (float)stream.NextGaussian()];
            for (int t = 0; t < steps; t++)
            {
                z.CopyTo(latent.Values.Slice(((i * steps) + t) * 3, 3));
                z = [.. Enumerable.Range(0, 3).Select(j => (z[0] * Known[j]) + (z[1] * Known[3 + j]) + (z[2] * Known[6 + j]))];
            }
        }

        return latent;
    }
}

file static class Windows
{
    /// <summary>Steps from <paramref name="first"/> on of all examples as rows.</summary>
    public static Tensor Rows(this Tensor x, int first, int steps)
    {
        Tensor part = Lethe.Numerics.Ops.ConcatOps.Slice(x, 1, first, steps);
        return Lethe.Numerics.Ops.ReshapeOps.Reshape(part, new Shape(x.Shape[0] * steps, x.Shape[2]));
    }
}
