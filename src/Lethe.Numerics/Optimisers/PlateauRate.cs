namespace Lethe.Numerics.Optimisers;

/// <summary>
/// A learning rate that rises in a straight line during a warm-up and is then multiplied by a factor whenever the loss has not
/// become better for a while ("reduce on plateau" with warm-up). Depends on the losses told, so it has a state.
/// Not thread-safe.
/// </summary>
/// <param name="options">Rates, lengths and thresholds.</param>
public sealed class PlateauRate(PlateauOptions options)
{
    private double _rate = options.Start, _best = double.PositiveInfinity;
    private long _told, _worse;

    /// <summary>The rate for the next step.</summary>
    public double Rate => _rate;

    /// <summary>Tells the loss of the step just taken.</summary>
    /// <param name="loss">Finite, lower is better; not looked at during the warm-up.</param>
    public void Tell(double loss)
    {
        _told++;
        if (_told <= options.WarmUp)
        {
            _rate = options.Start + ((options.Peak - options.Start) * _told / options.WarmUp);
            return;
        }

        if (loss < _best - (options.Threshold * Math.Abs(_best)) || double.IsInfinity(_best))
            (_best, _worse) = (loss, 0);
        else
            _worse++;
        if (_worse <= options.Patience)
            return;
        _rate = Math.Max(options.Least, _rate * options.Factor);
        _worse = 0;
    }

    /// <summary>The state, for checkpoints.</summary>
    public double[] Save() => [_rate, _best, _told, _worse];

    /// <summary>Continues from what <see cref="Save"/> gave.</summary>
    /// <exception cref="ArgumentException">Not such a state.</exception>
    public void Restore(double[] state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Length != 4)
            throw new ArgumentException("The state of a plateau rate has four numbers.", nameof(state));
        (_rate, _best, _told, _worse) = (state[0], state[1], (long)state[2], (long)state[3]);
    }
}

/// <summary>Settings of <see cref="PlateauRate"/>; the defaults are those of Diffusion-TS (Yuan and Qiao 2024).</summary>
public sealed record PlateauOptions
{
    /// <summary>Rate before the first step.</summary>
    public double Start { get; init; } = 1e-5;

    /// <summary>Rate at the end of the warm-up.</summary>
    public double Peak { get; init; } = 8e-4;

    /// <summary>Steps of the warm-up; 0 starts at <see cref="Start"/>.</summary>
    public long WarmUp { get; init; } = 500;

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; init; } = 0.5;

    /// <summary>Steps without a better loss that are borne.</summary>
    public long Patience { get; init; } = 3000;

    /// <summary>A loss is better when it lies below the best by more than this share.</summary>
    public double Threshold { get; init; } = 0.1;

    /// <summary>The rate does not fall below.</summary>
    public double Least { get; init; } = 1e-5;
}
