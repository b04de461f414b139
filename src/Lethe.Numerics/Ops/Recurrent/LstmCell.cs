using System.Numerics;
using Lethe.Numerics.Kernels;

namespace Lethe.Numerics.Ops.Recurrent;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000), blocks in PyTorch's order i, f, g, o:
/// c ← σ(f)·c + σ(i)·tanh(g), h ← σ(o)·tanh(c). TensorFlow's forget bias is a start value of the bias of f.
/// Saved: the c before the step, then tanh of the c after it.
/// </summary>
internal readonly unsafe struct LstmCell : IRecurrentCell
{
    public static string Name => "Lstm";

    public static int Gates => 4;

    public static int Saved => 2;

    public static bool HasCell => true;

    public static bool SplitsDelta => false;

    public static bool TwoStage => false;

    public static void Forward(Real* gates, Real* fromState, Real* h, Real* c, Real* saved, int width)
    {
        Real* af = gates + width, ag = af + width, ao = ag + width, uf = fromState + width, ug = uf + width, uo = ug + width;
        int v = Vector<Real>.Count, j = 0;
        for (; j + v <= width; j += v)
        {
            Vector<Real> i = Activations.Sigmoid(Vector.Load(gates + j) + Vector.Load(fromState + j)), f = Activations.Sigmoid(Vector.Load(af + j) + Vector.Load(uf + j));
            Vector<Real> g = Activations.GateTanh(Vector.Load(ag + j) + Vector.Load(ug + j)), o = Activations.Sigmoid(Vector.Load(ao + j) + Vector.Load(uo + j));
            Vector<Real> before = Vector.Load(c + j), after = (f * before) + (i * g), squashed = Activations.GateTanh(after);
            i.Store(gates + j);
            f.Store(af + j);
            g.Store(ag + j);
            o.Store(ao + j);
            before.Store(saved + j);
            squashed.Store(saved + width + j);
            after.Store(c + j);
            (o * squashed).Store(h + j);
        }

        for (; j < width; j++)
        {
            Real i = Activations.Sigmoid(gates[j] + fromState[j]), f = Activations.Sigmoid(af[j] + uf[j]), g = Activations.GateTanh(ag[j] + ug[j]), o = Activations.Sigmoid(ao[j] + uo[j]);
            saved[j] = c[j];
            c[j] = (f * c[j]) + (i * g);
            saved[width + j] = Activations.GateTanh(c[j]);
            h[j] = o * saved[width + j];
            (gates[j], af[j], ag[j], ao[j]) = (i, f, g, o);
        }
    }

    // d_o = dh·tanh c·o(1 − o); dc += dh·o(1 − tanh² c); d_i = dc·g·i(1 − i); d_f = dc·c₋₁·f(1 − f); d_g = dc·i(1 − g²); dc ← dc·f
    public static void Backward(Real* gates, Real* saved, Real* previous, Real* dh, Real* dc, Real* delta, Real* stateDelta, int width)
    {
        int v = Vector<Real>.Count, j = 0;
        for (; j + v <= width; j += v)
        {
            Vector<Real> i = Vector.Load(gates + j), f = Vector.Load(gates + width + j), g = Vector.Load(gates + (2 * width) + j), o = Vector.Load(gates + (3 * width) + j);
            Vector<Real> d = Vector.Load(dh + j), squashed = Vector.Load(saved + width + j);
            Vector<Real> e = Vector.Load(dc + j) + (d * o * (Vector<Real>.One - (squashed * squashed)));
            (e * g * (i - (i * i))).Store(delta + j);
            (e * Vector.Load(saved + j) * (f - (f * f))).Store(delta + width + j);
            (e * i * (Vector<Real>.One - (g * g))).Store(delta + (2 * width) + j);
            (d * squashed * (o - (o * o))).Store(delta + (3 * width) + j);
            (e * f).Store(dc + j);
            Vector<Real>.Zero.Store(dh + j);
        }

        for (; j < width; j++)
        {
            Real i = gates[j], f = gates[width + j], g = gates[(2 * width) + j], o = gates[(3 * width) + j], squashed = saved[width + j];
            Real e = dc[j] + (dh[j] * o * (1 - (squashed * squashed)));
            delta[j] = e * g * (i - (i * i));
            delta[width + j] = e * saved[j] * (f - (f * f));
            delta[(2 * width) + j] = e * i * (1 - (g * g));
            delta[(3 * width) + j] = dh[j] * squashed * (o - (o * o));
            dc[j] = e * f;
            dh[j] = 0;
        }
    }
}
