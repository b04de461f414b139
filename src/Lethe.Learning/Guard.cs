namespace Lethe.Learning;

/// <summary>Checks at the public border, shared by all learners.</summary>
internal static class Guard
{
    /// <summary>Labels within 0 … classes − 1 and as many as rows.</summary>
    public static void Labels(int rows, ReadOnlySpan<int> y, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (y.Length != rows)
            LearningThrow.Length(nameof(y), y.Length, rows, "one label a row");
        for (int i = 0; i < y.Length; i++)
        {
            if (y[i] < 0 || y[i] >= classes)
                LearningThrow.Label(i, y[i], classes);
        }
    }

    /// <summary>Finite targets, as many as rows.</summary>
    public static void Targets(int rows, ReadOnlySpan<double> y)
    {
        if (y.Length != rows)
            LearningThrow.Length(nameof(y), y.Length, rows, "one target a row");
        for (int i = 0; i < y.Length; i++)
        {
            if (!double.IsFinite(y[i]))
                LearningThrow.Target(i);
        }
    }

    /// <summary>The weights as an array (all 1 where none are given): finite, ≥ 0, not all 0.</summary>
    public static double[] Weights(int rows, ReadOnlySpan<double> weights, string learner)
    {
        double[] w = new double[rows];
        if (weights.IsEmpty)
        {
            if (rows == 0)
                LearningThrow.NoRows(learner);
            Array.Fill(w, 1.0);
            return w;
        }

        if (weights.Length != rows)
            LearningThrow.Length(nameof(weights), weights.Length, rows, "one weight a row");
        bool any = false;
        for (int i = 0; i < rows; i++)
        {
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
                LearningThrow.Weight(i);
            any |= weights[i] > 0;
            w[i] = weights[i];
        }

        if (!any)
            LearningThrow.NoRows(learner);
        return w;
    }

    /// <summary>No missing or infinite cell.</summary>
    public static void Finite(DesignMatrix x, string learner)
    {
        ReadOnlySpan<double> values = x.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                LearningThrow.NotFinite(learner, i / x.Columns, i % x.Columns);
        }
    }

    /// <summary>The width that the model was fitted on.</summary>
    public static void Width(int found, int expected)
    {
        if (found != expected)
            LearningThrow.Columns(found, expected);
    }
}
