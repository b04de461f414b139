using Lethe.Data;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Tabular.Controls;

/// <summary>
/// Positive control of the audit: releases training rows, drawn with replacement. Nothing about its output is synthetic.
/// Every attack must find it; it has no model file, because that file would be the patients.
/// </summary>
public sealed class CopyControl : ISynthesizer
{
    private static readonly Descriptor Announcement = new(
        "copy",
        "Copy of the training rows (not synthetic)",
        "control",
        "Releases real training rows. A positive control for attacks: its output is not synthetic and must never leave.",
        "Bootstrap: Efron, Ann. Statist. 7 (1979).");

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<NoOptions>(Announcement, _ => new CopyControl(), _ => throw NoFile()) with { ConditionsExactly = true, IsControl = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<NoOptions>.Texts(new NoOptions());

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        Table rows = TrainingTable.Modelled(train);
        context.Progress?.Report(new FitProgress("rows", rows.RowCount, rows.RowCount));
        return new Fitted(rows);
    }

    private static SynthesisException NoFile() =>
        new("The control 'copy' has no model file: it would hold the training rows themselves. Fit it again where it is needed.");

    private sealed class Fitted(Table rows) : FittedTableSynthesizer
    {
        public override Descriptor Descriptor => Announcement;

        public override Schema Schema => rows.Schema;

        public override bool CanSave => false;

        public override FitReport Report { get; } = new()
        {
            LearntFromData = ["All training rows."],
            Notices = ["These are real training rows, not synthetic ones: a control for attacks. Do not release them."],
        };

        public override void Save(ModelWriter writer) => throw NoFile();

        protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

        protected override Table SampleChunk(int count, RandomStream stream, IReadOnlyList<Condition> conditions)
        {
            int[] candidates = ChunkedSampling.Matching(rows, conditions);
            if (candidates.Length == 0)
                throw new SynthesisException("No training row meets the conditions; widen them.");
            int[] drawn = new int[count];
            for (int i = 0; i < count; i++)
                drawn[i] = candidates[stream.NextInt(candidates.Length)];
            return rows.Take(drawn);
        }
    }
}
