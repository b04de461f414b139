using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.TimeSeries.Networks;

/// <summary>
/// The GRU cell of TensorFlow 1 as it starts there: gate and candidate kernels over [x, h] are Glorot-uniform as wholes, i.e. with fans
/// (inputs + hidden, 2·hidden) and (inputs + hidden, hidden); gate biases 1, candidate bias 0.
/// </summary>
internal static class TensorFlowGru
{
    public static Gru Create(int inputs, int hidden, Seed seed)
    {
        Gru gru = new(inputs, hidden, seed, new RecurrentOptions { Initialisation = Initialisation.Glorot }, GruForm.ResetBefore);
        RandomStream stream = seed.Stream("tensorflow-gru");
        double gates = Math.Sqrt(6.0 / (inputs + hidden + (2 * hidden))), candidate = Math.Sqrt(6.0 / (inputs + hidden + hidden));
        RecurrentWeights weights = gru.Weights[0];
        Fill(weights.Input.Values, inputs);
        Fill(weights.State.Values, hidden);
        return gru;

        void Fill(Span<float> kernel, int width)
        {
            for (int i = 0; i < kernel.Length; i++)
                kernel[i] = (float)((i < 2 * hidden * width ? gates : candidate) * ((2 * stream.NextDouble()) - 1));
        }
    }
}
