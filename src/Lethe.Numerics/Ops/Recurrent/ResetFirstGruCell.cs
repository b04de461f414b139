using System.Numerics;
using Lethe.Numerics.Kernels;

namespace Lethe.Numerics.Ops.Recurrent;

/// <summary>
/// Gated recurrent unit as TensorFlow 1 wrote it, reset before the product (Cho et al. 2014, eq. 8), blocks r, z, n:
/// r = σ(a_r + u_r), z = σ(a_z + u_z), n = tanh(a_n + U_n(r·h)), h ← (1 − z)·n + z·h. Saved: r·h.
/// </summary>
internal readonly unsafe struct ResetFirstGruCell : IRecurrentCell
{
    public static string Name => "Gru";

    public static int Gates => 3;

    public static int Saved => 1;

    public static bool HasCell => false;

    public static bool SplitsDelta => false;

    public static bool TwoStage => true;

    public static void Reset(Real* gates, Real* fromState, Real* h, Real* saved, int width)
    {
        Real* az = gates + width, uz = fromState + width;
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= width; i += v)
        {
            Vector<Real> r = Activations.Sigmoid(Vector.Load(gates + i) + Vector.Load(fromState + i));
            r.Store(gates + i);
            Activations.Sigmoid(Vector.Load(az + i) + Vector.Load(uz + i)).Store(az + i);
            (r * Vector.Load(h + i)).Store(saved + i);
        }

        for (; i < width; i++)
        {
            gates[i] = Activations.Sigmoid(gates[i] + fromState[i]);
            az[i] = Activations.Sigmoid(az[i] + uz[i]);
            saved[i] = gates[i] * h[i];
        }
    }

    public static void Forward(Real* gates, Real* fromState, Real* h, Real* c, Real* saved, int width)
    {
        Real* z = gates + width, an = z + width, un = fromState + (2 * width);
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= width; i += v)
        {
            Vector<Real> n = Activations.GateTanh(Vector.Load(an + i) + Vector.Load(un + i));
            n.Store(an + i);
            (n + (Vector.Load(z + i) * (Vector.Load(h + i) - n))).Store(h + i);
        }

        for (; i < width; i++)
        {
            an[i] = Activations.GateTanh(an[i] + un[i]);
            h[i] = an[i] + (z[i] * (h[i] - an[i]));
        }
    }

    // d_n = dh(1 − z)(1 − n²), d_z = dh(h − n)z(1 − z).
    public static void Backward(Real* gates, Real* saved, Real* previous, Real* dh, Real* dc, Real* delta, Real* stateDelta, int width)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= width; i += v)
        {
            Vector<Real> z = Vector.Load(gates + width + i), n = Vector.Load(gates + (2 * width) + i), d = Vector.Load(dh + i), kept = d * z;
            ((d - kept) * (Vector<Real>.One - (n * n))).Store(delta + (2 * width) + i);
            ((kept - (kept * z)) * (Vector.Load(previous + i) - n)).Store(delta + width + i);
            kept.Store(dh + i);
        }

        for (; i < width; i++)
        {
            Real z = gates[width + i], n = gates[(2 * width) + i], kept = dh[i] * z;
            delta[(2 * width) + i] = (dh[i] - kept) * (1 - (n * n));
            delta[width + i] = (kept - (kept * z)) * (previous[i] - n);
            dh[i] = kept;
        }
    }

    // With q = r·h: d_r = dq·h·r(1 − r), and dq·r goes to h.
    public static void ResetBackward(Real* gates, Real* previous, Real* dSaved, Real* dh, Real* delta, int width)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= width; i += v)
        {
            Vector<Real> r = Vector.Load(gates + i), dq = Vector.Load(dSaved + i);
            (dq * Vector.Load(previous + i) * (r - (r * r))).Store(delta + i);
            (Vector.Load(dh + i) + (dq * r)).Store(dh + i);
        }

        for (; i < width; i++)
        {
            Real r = gates[i], dq = dSaved[i];
            delta[i] = dq * previous[i] * (r - (r * r));
            dh[i] += dq * r;
        }
    }
}
