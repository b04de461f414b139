using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Layers;

/// <summary>How the weights of a layer start. Public constants only: nothing is learnt from data.</summary>
public enum Initialisation
{
    /// <summary>U(±1/√inputs), weights and bias: the default of PyTorch's Linear.</summary>
    FanIn,

    /// <summary>U(±√(6/(inputs + outputs))), bias 0 (Glorot and Bengio 2010): the default of Keras' Dense.</summary>
    Glorot,

    /// <summary>N(0, 2/inputs), bias 0 (He et al. 2015).</summary>
    He,

    /// <summary>All zero, e.g. for the last layer of a residual branch.</summary>
    Zero,
}

internal static class Initialiser
{
    public static void Fill(Parameter weight, Parameter? bias, int inputs, int outputs, Initialisation kind, RandomStream stream)
    {
        double bound = kind switch
        {
            Initialisation.FanIn => inputs == 0 ? 0 : 1 / Math.Sqrt(inputs),
            Initialisation.Glorot => Math.Sqrt(6.0 / Math.Max(1, inputs + outputs)),
            _ => 0,
        };
        Span<Real> w = weight.Values;
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = kind switch
            {
                Initialisation.He => (Real)(stream.NextGaussian() * Math.Sqrt(2.0 / Math.Max(1, inputs))),
                Initialisation.Zero => 0,
                _ => (Real)(bound * ((2 * stream.NextDouble()) - 1)),
            };
        }

        if (bias is null || kind != Initialisation.FanIn)
            return;
        Span<Real> b = bias.Values;
        for (int i = 0; i < b.Length; i++)
            b[i] = (Real)(bound * ((2 * stream.NextDouble()) - 1));
    }
}
