using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

/// <summary>
/// Where a backward pass delivers gradients. Operations that own parameters say how their gradient arises (an outer
/// product of rows, a sum of rows, a table lookup) instead of computing it; the plain pass computes the sum over all
/// rows at once, the per-example pass keeps the factors and gets norms and weighted sums from them (book-keeping). So no
/// operation knows about privacy.
/// </summary>
internal abstract unsafe class GradientPass(Tape tape)
{
    /// <summary>The node being differentiated, for messages.</summary>
    public Node? Current { get; set; }

    protected Tape Tape { get; } = tape;

    /// <summary>Whether gradients of intermediate tensors must stay until the pass is finished.</summary>
    public abstract bool KeepsFactors { get; }

    /// <summary>Whether this tensor's gradient is asked for.</summary>
    public virtual bool Wants(Tensor tensor) => tensor.NeedsGradient;

    /// <summary>G[weight] += Σ_r left_r ⊗ right_r. <paramref name="offset"/> is the first element of the part of the parameter meant.</summary>
    public abstract void OuterProduct(Tensor weight, in Rows left, in Rows right, int offset = 0);

    /// <summary>The same for right rows joined from the columns of several matrices, the last of them one-hot if it is there; G has all their columns.</summary>
    public abstract void JoinedOuterProduct(Tensor weight, in Rows left, ReadOnlySpan<Tensor> parts, OneHotRows? last);

    /// <summary>G[vector] += Σ_r values_r.</summary>
    public abstract void RowSum(Tensor vector, in Rows values, int offset = 0);

    /// <summary>G[table][ids_r] += values_r; rows with a negative id contribute nothing.</summary>
    public abstract void Lookup(Tensor table, int* ids, in Rows values);

    /// <summary>The gradient of <paramref name="output"/> goes through its rectifier in place; G[bias] += its rows.</summary>
    public virtual void RectifyAndSum(Tensor output, Real slope, Tensor bias)
    {
        Ops.LeakyReluFunction.Backward(new Span<Real>(output.GradientData, output.Length), output.Values, slope, 0);
        RowSum(bias, Rows.OfGradient(output));
    }

    /// <summary>A buffer of the tensor's size to overwrite with a gradient contribution; hand it back with <see cref="End"/>.</summary>
    public Real* Begin(Tensor x)
    {
        if (x is Parameter)
            RefuseMixing(x);
        if (x.HasGradient)
            return Tape.Rent(x.Length);
        x.EnsureGradient();
        return x.GradientData;
    }

    /// <summary>Delivers the contribution: it becomes the gradient or is added to it.</summary>
    public void End(Tensor x, Real* contribution)
    {
        if (contribution != x.GradientData)
        {
            Kernels.Elementwise.AddTo(x.GradientData, contribution, x.Length);
            Tape.Return(contribution, x.Length);
        }

        Touched(x);
        x.HasGradient = true;
    }

    /// <summary>
    /// For kernels that can add in place: makes the tensor's gradient ready and says whether the kernel must add to it.
    /// The kernel writes every element.
    /// </summary>
    public bool OpenForProduct(Tensor x)
    {
        if (x is Parameter)
            RefuseMixing(x);
        bool accumulate = x.HasGradient;
        x.EnsureGradient();
        Touched(x);
        x.HasGradient = true;
        return accumulate;
    }

    /// <summary>Gives the output's gradient to an input of equal length as it is; the buffer changes hands where possible.</summary>
    public void PassOn(Tensor x, Tensor output)
    {
        if (!x.HasGradient && x is not Parameter && x.GradientData == null && output.GradientData != null && !output.KeepsGradient)
        {
            x.GradientData = output.GradientData;
            output.GradientData = null;
            x.HasGradient = true;
            return;
        }

        Real* dx = Begin(x);
        Buffer.MemoryCopy(output.GradientData, dx, (long)x.Length * sizeof(Real), (long)x.Length * sizeof(Real));
        End(x, dx);
    }

    /// <summary>For operations whose result for one example depends on others: refuses passes that keep examples apart.</summary>
    public virtual void RequireSeparable(string operation, string instead)
    {
    }

    /// <summary>Called for every tensor that receives a gradient.</summary>
    protected virtual void Touched(Tensor x)
    {
    }

    /// <summary>Refuses a parameter gradient that sums over examples where examples must stay apart.</summary>
    protected virtual void RefuseMixing(Tensor x)
    {
    }
}
