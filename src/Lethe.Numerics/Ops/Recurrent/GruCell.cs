using System.Numerics;
using Lethe.Numerics.Kernels;

namespace Lethe.Numerics.Ops.Recurrent;

/// <summary>
/// Gated recurrent unit as in cuDNN and PyTorch (Cho et al. 2014, reset after the product), with a the input's and u the
/// state's share of the pre-activations, blocks in the order r, z, n:
/// r = σ(a_r + u_r), z = σ(a_z + u_z), n = tanh(a_n + r·u_n), h ← (1 − z)·n + z·h. Saved: u_n.
/// </summary>
internal readonly unsafe struct GruCell : IRecurrentCell
{
    public static string Name => "Gru";

    public static int Gates => 3;

    public static int Saved => 1;

    public static bool HasCell => false;

    public static bool SplitsDelta => true;

    public static bool TwoStage => false;

    public static void Forward(Real* gates, Real* fromState, Real* h, Real* c, Real* saved, int width)
    {
        Real* az = gates + width, an = az + width, uz = fromState + width, un = uz + width;
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= width; i += v)
        {
            Vector<Real> u = Vector.Load(un + i), state = Vector.Load(h + i);
            Vector<Real> r = Activations.Sigmoid(Vector.Load(gates + i) + Vector.Load(fromState + i)), z = Activations.Sigmoid(Vector.Load(az + i) + Vector.Load(uz + i));
            Vector<Real> n = Activations.GateTanh(Vector.Load(an + i) + (r * u));
            r.Store(gates + i);
            z.Store(az + i);
            n.Store(an + i);
            u.Store(saved + i);
            (n + (z * (state - n))).Store(h + i);
        }

        for (; i < width; i++)
        {
            Real r = Activations.Sigmoid(gates[i] + fromState[i]), z = Activations.Sigmoid(az[i] + uz[i]), n = Activations.GateTanh(an[i] + (r * un[i]));
            (gates[i], az[i], an[i], saved[i]) = (r, z, n, un[i]);
            h[i] = n + (z * (h[i] - n));
        }
    }

    // d_n = dh(1 − z)(1 − n²), d_z = dh(h − n)z(1 − z), d_r = d_n·u_n·r(1 − r); by the state's share of n: d_n·r.
    public static void Backward(Real* gates, Real* saved, Real* previous, Real* dh, Real* dc, Real* delta, Real* stateDelta, int width)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= width; i += v)
        {
            Vector<Real> r = Vector.Load(gates + i), z = Vector.Load(gates + width + i), n = Vector.Load(gates + (2 * width) + i);
            Vector<Real> d = Vector.Load(dh + i), kept = d * z;
            Vector<Real> dn = (d - kept) * (Vector<Real>.One - (n * n));
            Vector<Real> dz = (kept - (kept * z)) * (Vector.Load(previous + i) - n);
            Vector<Real> dr = dn * Vector.Load(saved + i) * (r - (r * r));
            dr.Store(delta + i);
            dz.Store(delta + width + i);
            dn.Store(delta + (2 * width) + i);
            dr.Store(stateDelta + i);
            dz.Store(stateDelta + width + i);
            (dn * r).Store(stateDelta + (2 * width) + i);
            kept.Store(dh + i);
        }

        for (; i < width; i++)
        {
            Real r = gates[i], z = gates[width + i], n = gates[(2 * width) + i], kept = dh[i] * z;
            Real dn = (dh[i] - kept) * (1 - (n * n));
            delta[i] = stateDelta[i] = dn * saved[i] * (r - (r * r));
            delta[width + i] = stateDelta[width + i] = (kept - (kept * z)) * (previous[i] - n);
            delta[(2 * width) + i] = dn;
            stateDelta[(2 * width) + i] = dn * r;
            dh[i] = kept;
        }
    }
}
