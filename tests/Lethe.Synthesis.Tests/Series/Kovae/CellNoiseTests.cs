using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Kovae;

namespace Lethe.Synthesis.Tests.Series.Kovae;

public sealed class CellNoiseTests
{
    private const int Stays = 3000, Steps = 24;

    // Standard errors of these moments at 3,000 stays are below 0.02; bounds are five of them.
    private const double Bound = 0.1;

    /// <summary>Score of a value whose decoder value is 1/2: all of it is noise.</summary>
    private static double[][,] Scores(CellNoise noise, int channels, int width)
    {
        RandomStream stream = new Seed(5).Stream("cells");
        int[] columns = [.. Enumerable.Range(0, channels)];
        double[][,] scores = new double[Stays][,];
        for (int i = 0; i < Stays; i++)
        {
            float[] cells = new float[Steps * width];
            Array.Fill(cells, 0.5f);
            noise.Apply(cells, width, columns, stream);
            scores[i] = new double[Steps, channels];
            for (int t = 0; t < Steps; t++)
            {
                for (int c = 0; c < channels; c++)
                    scores[i][t, c] = CellNoise.Score(cells[(t * width) + c]);
                for (int c = channels; c < width; c++)
                    Assert.Equal(0.5f, cells[(t * width) + c]);
            }
        }

        return scores;
    }

    [Fact]
    public void Noise_fitted_to_its_own_draws_draws_the_same_again()
    {
        // b, τ, σ, ρ, ν; scores stay far within the tails at which they are clipped.
        double[] terms = [0.1, 0.5, 0.4, 0.8, 0.2, -0.1, 0.3, 0, 0, 0.6];
        double[] perStay = [1, 0, 0.6, 0.8], perStep = [1, 0, -0.6, 0.8];
        double[][,] scores = Scores(new CellNoise(2, terms, perStay, perStep), 2, 3);
        RandomStream reading = new Seed(6).Stream("readings");
        CellResiduals residuals = new(Stays, Steps, 2);
        for (int i = 0; i < Stays; i++)
        {
            for (int t = 0; t < Steps; t++)
            {
                for (int c = 0; c < 2; c++)
                {
                    if (reading.NextBool(0.5))
                        residuals.Set(i, t, c, scores[i][t, c]);
                }
            }
        }

        double[][,] again = Scores(residuals.Fit(), 2, 2);
        for (int c = 0; c < 2; c++)
        {
            Assert.Equal(terms[c * 5], again.Average(s => s[3, c]), Bound);
            foreach (int lag in (int[])[0, 1, 4, 16])
            {
                double expected = (terms[(c * 5) + 1] * terms[(c * 5) + 1]) + (terms[(c * 5) + 2] * terms[(c * 5) + 2] * Math.Pow(terms[(c * 5) + 3], lag))
                    + (lag == 0 ? terms[(c * 5) + 4] * terms[(c * 5) + 4] : 0);
                Assert.Equal(expected, Covariance(again, 2, c, 2 + lag, c), Bound * 0.6);
            }
        }

        // At the same time: stay effects correlated 0.6, fresh errors −0.6; far apart the stay effects alone.
        Assert.Equal((0.6 * 0.5 * 0.3) - (0.6 * 0.2 * 0.6), Covariance(again, 5, 0, 5, 1), Bound * 0.6);
        Assert.Equal(0.6 * 0.5 * 0.3, Covariance(again, 2, 0, 20, 1), Bound * 0.6);
    }

    [Fact]
    public void A_channel_without_readings_keeps_the_values_of_the_decoder()
    {
        CellResiduals residuals = new(4, 3, 2);
        for (int i = 0; i < 4; i++)
        {
            for (int t = 0; t < 3; t++)
                residuals.Set(i, t, 0, i - 1.5);
        }

        float[] cells = [0.5f, 0.25f, 0.5f, 0.25f, 0.5f, 0.25f];
        residuals.Fit().Apply(cells, 2, [0, 1], new Seed(1).Stream("cells"));
        Assert.All([1, 3, 5], at => Assert.Equal(0.25f, cells[at], 1e-6f));
        Assert.NotEqual(0.5f, cells[0]);
    }

    private static double Covariance(double[][,] scores, int t, int c, int s, int d)
    {
        double x = scores.Average(stay => stay[t, c]), y = scores.Average(stay => stay[s, d]);
        return scores.Average(stay => (stay[t, c] - x) * (stay[s, d] - y));
    }
}
