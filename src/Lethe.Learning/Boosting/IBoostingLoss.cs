namespace Lethe.Learning.Boosting;

/// <summary>A loss of raw scores, one score a row and output. Outputs are stored one after the other: score of row i, output k at k·n + i.</summary>
internal interface IBoostingLoss
{
    /// <summary>Trees per iteration.</summary>
    int Outputs { get; }

    /// <summary>The constant scores that boosting starts from, one an output.</summary>
    double[] Baseline();

    /// <summary>g and h of every row for one output, at raw scores from which <see cref="Prepare"/> was called.</summary>
    void Gradients(int output, ReadOnlySpan<double> raw, Span<float> gradient, Span<float> hessian);

    /// <summary>Called once before the outputs of an iteration, so that they share one set of probabilities.</summary>
    void Prepare(ReadOnlySpan<double> raw);

    /// <summary>Weighted mean loss.</summary>
    double Mean(ReadOnlySpan<double> raw);
}
