using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>
/// How two operands line up: shapes aligned at the last axis, an extent of 1 repeats (NumPy's rule), up to four axes.
/// Axes that both operands walk without repeating are merged, so that equal shapes are one long loop.
/// </summary>
internal struct Broadcast
{
    /// <summary>Extents of the result, outermost first, padded with ones at the front; the last axis is the inner loop.</summary>
    public int N0, N1, N2, Inner;

    /// <summary>Steps of the operands per axis; 0 repeats.</summary>
    public int A0, A1, A2, AInner, B0, B1, B2, BInner;

    /// <summary>Shape of the result.</summary>
    public Shape Result;

    /// <summary>Whether the second operand is a plain row that every row of the first meets.</summary>
    public readonly bool SecondIsSuffix => A0 + A1 + A2 + AInner > 0 && (N0 == 1 || B0 == 0) && (N1 == 1 || B1 == 0) && (N2 == 1 || B2 == 0);

    public static Broadcast Of(string operation, Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> n = stackalloc int[4], sa = stackalloc int[4], sb = stackalloc int[4];
        n.Fill(1);
        int strideA = 1, strideB = 1;
        for (int i = 0; i < rank; i++)
        {
            int ea = i < a.Rank ? a[a.Rank - 1 - i] : 1, eb = i < b.Rank ? b[b.Rank - 1 - i] : 1;
            if (ea != eb && ea != 1 && eb != 1)
                throw new ArgumentException($"{operation}: shapes {a} and {b} do not fit: aligned at the last axis, extents must be equal or 1.");
            n[3 - i] = ea == 1 ? eb : ea;
            sa[3 - i] = ea == 1 ? 0 : strideA;
            sb[3 - i] = eb == 1 ? 0 : strideB;
            strideA *= ea;
            strideB *= eb;
        }

        Shape result = Shape.From(n[(4 - rank)..]);

        // An axis of extent 1 joins any neighbour; an axis joins its inner neighbour when both operands step evenly through the two.
        Span<int> m = stackalloc int[4], ma = stackalloc int[4], mb = stackalloc int[4];
        m.Fill(1);
        int at = 3;
        (m[3], ma[3], mb[3]) = (n[3], sa[3], sb[3]);
        for (int axis = 2; axis >= 0; axis--)
        {
            if (n[axis] == 1)
                continue;
            if (m[at] == 1)
            {
                (m[at], ma[at], mb[at]) = (n[axis], sa[axis], sb[axis]);
            }
            else if (sa[axis] == ma[at] * m[at] && sb[axis] == mb[at] * m[at])
            {
                m[at] *= n[axis];
            }
            else
            {
                at--;
                (m[at], ma[at], mb[at]) = (n[axis], sa[axis], sb[axis]);
            }
        }

        return new Broadcast
        {
            N0 = m[0], N1 = m[1], N2 = m[2], Inner = m[3],
            A0 = ma[0], A1 = ma[1], A2 = ma[2], AInner = ma[3],
            B0 = mb[0], B1 = mb[1], B2 = mb[2], BInner = mb[3],
            Result = result,
        };
    }
}
