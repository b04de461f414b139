namespace Lethe.Synthesis.Series.Training;

/// <summary>How long to train and when to look.</summary>
/// <param name="Steps">Most steps.</param>
/// <param name="Every">Steps between validation losses, points of the curves and checkpoints.</param>
/// <param name="Patience">Validations without a better one after which training stops; null: never before the last step.</param>
/// <param name="Identity">What a checkpoint must carry to be resumed; see <see cref="TrainingIdentity"/>.</param>
internal sealed record TrainingPlan(long Steps, int Every, int? Patience, string Identity);
