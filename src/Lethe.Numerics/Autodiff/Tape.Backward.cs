using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

public sealed unsafe partial class Tape
{
    /// <summary>
    /// Adds ∂loss/∂p to the gradient of every trainable parameter p that the loss depends on. May be called several times
    /// on one tape, also for losses that share operations.
    /// </summary>
    /// <param name="loss">One number.</param>
    /// <exception cref="NonFiniteException">The loss or a gradient is NaN or infinite.</exception>
    public void Backward(Tensor loss)
    {
        _plain.OnlyWanted = false;
        BackwardPlain(loss);
    }

    /// <summary>The same for a part of a step: a bad gradient stays bad in the sum, so only the last part needs to look.</summary>
    internal void BackwardPart(Tensor loss, bool last)
    {
        _plain.OnlyWanted = false;
        BackwardPlain(loss, last);
    }

    /// <summary>The same for these parameters only; other parameters on the way keep their gradient and cost nothing.</summary>
    /// <param name="loss">One number.</param>
    /// <param name="wanted">Parameters to differentiate by, e.g. those of the generator.</param>
    public void Backward(Tensor loss, IReadOnlyList<Parameter> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        _plain.OnlyWanted = true;
        for (int i = 0; i < wanted.Count; i++)
            wanted[i].WantedBy = this;
        try
        {
            BackwardPlain(loss);
        }
        finally
        {
            for (int i = 0; i < wanted.Count; i++)
                wanted[i].WantedBy = null;
        }
    }

    private void BackwardPlain(Tensor loss, bool lookAtGradients = true)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Length != 1)
            throw new ArgumentException($"Backward starts from one number; this loss has shape {loss.Shape}. Take its mean or sum first.", nameof(loss));
        RequireFinite(loss);
        _plain.TouchedParameters.Clear();
        Propagate(loss, _plain, diagnose: false);
        if (!lookAtGradients)
            return;
        foreach (Parameter parameter in _plain.TouchedParameters)
        {
            if (!Kernels.Elementwise.IsFinite(parameter.GradientData, parameter.Length))
                throw DiagnoseGradient(loss, parameter);
        }
    }

    /// <summary>Seeds the gradient of <paramref name="start"/> with ones and walks the nodes back.</summary>
    internal void Propagate(Tensor start, GradientPass pass, bool diagnose)
    {
        start.EnsureGradient();
        new Span<Real>(start.GradientData, start.Length).Fill(1);
        start.HasGradient = true;
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            Node node = _nodes[i];
            Tensor output = node.Output;
            if (!output.HasGradient)
                continue;
            if (diagnose && !Kernels.Elementwise.IsFinite(output.GradientData, output.Length))
                throw new NonFiniteException(Step, node.Operation, null, $"the gradient that arrives at the result of {node.Operation} (operation {i} of {_nodes.Count}, shape {output.Shape}) is not finite");
            pass.Current = node;
            node.Backward(pass);
            if (output.KeepsGradient)
                continue;
            output.HasGradient = false;
            if (output.GradientData != null && !pass.KeepsFactors)
            {
                Return(output.GradientData, output.Length);
                output.GradientData = null;
            }
        }

        pass.Current = null;
    }

    internal void RequireFinite(Tensor loss)
    {
        if (Kernels.Elementwise.IsFinite(loss.Data, loss.Length))
            return;
        for (int i = 0; i < _nodes.Count; i++)
        {
            Tensor output = _nodes[i].Output;
            if (!Kernels.Elementwise.IsFinite(output.Data, output.Length))
                throw new NonFiniteException(Step, _nodes[i].Operation, null, $"the loss is not finite; the first result that is not is that of {_nodes[i].Operation} (operation {i} of {_nodes.Count}, shape {output.Shape})");
        }

        throw new NonFiniteException(Step, null, null, "the loss is not finite, though every recorded result is: look at the inputs");
    }

    /// <summary>Walks back once more, now looking at every gradient, to name the operation where the first bad one arises.</summary>
    private NonFiniteException DiagnoseGradient(Tensor loss, Parameter parameter)
    {
        string where = string.Empty;
        string? operation = null;
        try
        {
            Propagate(loss, _plain, diagnose: true);
        }
        catch (NonFiniteException e)
        {
            (where, operation) = ($"; {e.Finding}", e.Operation);
        }

        return new NonFiniteException(Step, operation, parameter.Name, $"the gradient of parameter '{parameter.Name}' is not finite{where}");
    }
}
