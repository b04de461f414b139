namespace Lethe.Numerics.Layers;

/// <summary>What follows a linear map.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x where positive, 0.2·x elsewhere.</summary>
    LeakyRelu,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>1/(1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>x·σ(x).</summary>
    Silu,

    /// <summary>x·Φ(x), exact.</summary>
    Gelu,

    /// <summary>x where positive, eˣ − 1 elsewhere.</summary>
    Elu,

    /// <summary>ln(1 + eˣ).</summary>
    Softplus,
}
