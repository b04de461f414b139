namespace Lethe.Learning.Boosting;

/// <summary>Binomial log loss of one score z (log-odds): g = p − y, h = p(1 − p); starts from the log-odds of the mean.</summary>
internal sealed class BinomialLoss(int[] y, double[] w) : IBoostingLoss
{
    public int Outputs => 1;

    public double[] Baseline()
    {
        double ones = 0;
        double total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            ones += w[i] * y[i];
            total += w[i];
        }

        double mean = ones / total;
        return [Math.Log(mean / (1 - mean))];
    }

    public void Prepare(ReadOnlySpan<double> raw)
    {
    }

    public void Gradients(int output, ReadOnlySpan<double> raw, Span<float> gradient, Span<float> hessian)
    {
        for (int i = 0; i < y.Length; i++)
        {
            double p = Links.Sigmoid(raw[i]);
            gradient[i] = (float)(w[i] * (p - y[i]));
            hessian[i] = (float)(w[i] * p * (1 - p));
        }
    }

    public double Mean(ReadOnlySpan<double> raw)
    {
        double loss = 0;
        double total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            loss += w[i] * Links.Softplus(y[i] == 1 ? -raw[i] : raw[i]);
            total += w[i];
        }

        return loss / total;
    }
}

/// <summary>
/// Softmax log loss of K scores: g_k = p_k − 1(y = k), h_k = p_k(1 − p_k); starts from the logs of the class shares, centred to sum 0.
/// </summary>
internal sealed class MultinomialLoss(int[] y, double[] w, int classes) : IBoostingLoss
{
    private readonly double[] _p = new double[(long)classes * y.Length];
    private readonly double[] _z = new double[classes];

    public int Outputs => classes;

    public double[] Baseline()
    {
        double[] log = new double[classes];
        double total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            log[y[i]] += w[i];
            total += w[i];
        }

        double mean = 0;
        for (int k = 0; k < classes; k++)
        {
            log[k] = Math.Log(log[k] / total);
            mean += log[k] / classes;
        }

        for (int k = 0; k < classes; k++)
            log[k] -= mean;
        return log;
    }

    public void Prepare(ReadOnlySpan<double> raw)
    {
        int n = y.Length;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < classes; k++)
                _z[k] = raw[(k * n) + i];
            Links.Softmax(_z);
            for (int k = 0; k < classes; k++)
                _p[(k * n) + i] = _z[k];
        }
    }

    public void Gradients(int output, ReadOnlySpan<double> raw, Span<float> gradient, Span<float> hessian)
    {
        for (int i = 0; i < y.Length; i++)
        {
            double p = _p[(output * y.Length) + i];
            gradient[i] = (float)(w[i] * (p - (y[i] == output ? 1 : 0)));
            hessian[i] = (float)(w[i] * p * (1 - p));
        }
    }

    public double Mean(ReadOnlySpan<double> raw)
    {
        int n = y.Length;
        double loss = 0;
        double total = 0;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < classes; k++)
                _z[k] = raw[(k * n) + i];
            loss += w[i] * (Links.Softmax(_z) - raw[(y[i] * n) + i]);
            total += w[i];
        }

        return loss / total;
    }
}

/// <summary>Half the squared error: g = z − y, h = 1; starts from the mean.</summary>
internal sealed class SquaredLoss(double[] y, double[] w) : IBoostingLoss
{
    public int Outputs => 1;

    public double[] Baseline()
    {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            sum += w[i] * y[i];
            total += w[i];
        }

        return [sum / total];
    }

    public void Prepare(ReadOnlySpan<double> raw)
    {
    }

    public void Gradients(int output, ReadOnlySpan<double> raw, Span<float> gradient, Span<float> hessian)
    {
        for (int i = 0; i < y.Length; i++)
        {
            gradient[i] = (float)(w[i] * (raw[i] - y[i]));
            hessian[i] = (float)w[i];
        }
    }

    public double Mean(ReadOnlySpan<double> raw)
    {
        double loss = 0;
        double total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            loss += 0.5 * w[i] * (raw[i] - y[i]) * (raw[i] - y[i]);
            total += w[i];
        }

        return loss / total;
    }
}
