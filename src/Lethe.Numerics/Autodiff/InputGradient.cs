using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

/// <summary>Collects, per tensor, the gradient as a tensor of the same tape: the gradient of a gradient can then be taken.</summary>
internal sealed class InputGradient
{
    private readonly Dictionary<Tensor, Tensor> _gradients = [];

    /// <summary>Whether a share for this tensor leads anywhere (parameters are differentiated later, by the ordinary pass).</summary>
    public static bool Leads(Tensor tensor) => tensor.NeedsGradient && tensor is not Parameter;

    /// <summary>Adds an operation's share.</summary>
    public void Add(Tensor tensor, Tensor share)
    {
        if (Leads(tensor))
            _gradients[tensor] = _gradients.TryGetValue(tensor, out Tensor? sum) ? sum + share : share;
    }

    /// <summary>Takes what has been collected for a tensor.</summary>
    public bool TryTake(Tensor tensor, out Tensor gradient) => _gradients.Remove(tensor, out gradient!);
}
