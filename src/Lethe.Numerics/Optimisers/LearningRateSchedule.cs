namespace Lethe.Numerics.Optimisers;

/// <summary>A learning rate as a function of the step: set <see cref="Optimiser.LearningRate"/> from it before each step. Immutable.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The rate at a step, counted from 0.</summary>
    public abstract double At(long step);

    /// <summary>Always the same.</summary>
    /// <param name="Rate">The rate.</param>
    public sealed record Constant(double Rate) : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double At(long step) => Rate;
    }

    /// <summary>From <paramref name="Start"/> to <paramref name="End"/> in a straight line over <paramref name="Steps"/> steps, then constant.</summary>
    /// <param name="Start">Rate at step 0.</param>
    /// <param name="End">Rate from step <paramref name="Steps"/> on.</param>
    /// <param name="Steps">Length, at least 1.</param>
    public sealed record Linear(double Start, double End, long Steps) : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double At(long step) => step >= Steps ? End : Start + ((End - Start) * step / Steps);
    }

    /// <summary>End + (Start − End)·½(1 + cos πt/T) (Loshchilov and Hutter 2017), then constant.</summary>
    /// <param name="Start">Rate at step 0.</param>
    /// <param name="End">Rate from step <paramref name="Steps"/> on.</param>
    /// <param name="Steps">T, at least 1.</param>
    public sealed record Cosine(double Start, double End, long Steps) : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double At(long step) => step >= Steps ? End : End + ((Start - End) * 0.5 * (1 + Math.Cos(Math.PI * step / Steps)));
    }

    /// <summary>Multiplies by <paramref name="Factor"/> every <paramref name="Every"/> steps.</summary>
    /// <param name="Start">Rate at step 0.</param>
    /// <param name="Factor">In (0, 1].</param>
    /// <param name="Every">At least 1.</param>
    public sealed record Staircase(double Start, double Factor, long Every) : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double At(long step) => Start * Math.Pow(Factor, step / Every);
    }

    /// <summary>Rises from 0 over <paramref name="Steps"/> steps to what <paramref name="Then"/> starts with, then follows it.</summary>
    /// <param name="Steps">Length of the rise.</param>
    /// <param name="Then">What follows, counted from its own step 0.</param>
    public sealed record WarmUp(long Steps, LearningRateSchedule Then) : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double At(long step) => step < Steps ? Then.At(0) * (step + 1) / (Steps + 1) : Then.At(step - Steps);
    }
}
