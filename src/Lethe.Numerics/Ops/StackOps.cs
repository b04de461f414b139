using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Steps of a sequence that were computed one after the other, put together.</summary>
public static unsafe class StackOps
{
    /// <summary>steps × [examples, width] → [examples, steps, width]. One copy however many steps there are.</summary>
    /// <param name="tape">Where to record.</param>
    /// <param name="parts">At least one tensor, all of one shape with two axes. Kept, not copied.</param>
    /// <exception cref="ArgumentException">No part, or shapes that differ.</exception>
    public static Tensor StackSteps(this Tape tape, Tensor[] parts)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Length == 0)
            throw new ArgumentException("StackSteps: there is no step to put together.", nameof(parts));
        Shape shape = parts[0].Shape;
        bool needed = false;
        foreach (Tensor part in parts)
        {
            if (part.Shape.Rank != 2 || part.Shape != shape)
                throw new ArgumentException($"StackSteps: every step should be [examples, width] as the first {shape}; found {part.Shape}.", nameof(parts));
            needed |= part.NeedsGradient;
        }

        Tensor y = tape.Allocate(new Shape(shape[0], parts.Length, shape[1]));
        for (int t = 0; t < parts.Length; t++)
            Copy(parts[t].Data, shape[1], y.Data + ((nint)t * shape[1]), (nint)parts.Length * shape[1], shape[0], shape[1]);
        if (tape.Record<StackNode>(y, needed) is { } node)
            node.Parts = parts;
        return y;
    }

    private static void Copy(Real* from, nint fromStep, Real* to, nint toStep, int rows, int width)
    {
        for (int i = 0; i < rows; i++, from += fromStep, to += toStep)
            new ReadOnlySpan<Real>(from, width).CopyTo(new Span<Real>(to, width));
    }

    private sealed class StackNode : Node
    {
        public Tensor[] Parts { get; set; } = [];

        public override string Operation => "StackSteps";

        public override void Backward(GradientPass pass)
        {
            int width = Output.Shape.Columns;
            for (int t = 0; t < Parts.Length; t++)
            {
                if (!pass.Wants(Parts[t]))
                    continue;
                Real* part = pass.Begin(Parts[t]);
                Copy(Output.GradientData + ((nint)t * width), (nint)Parts.Length * width, part, width, Output.Shape[0], width);
                pass.End(Parts[t], part);
            }
        }
    }
}
