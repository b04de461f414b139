using System.Globalization;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Series.Controls;

/// <summary>
/// Control that copies in pieces (block bootstrap, Künsch 1989): a stay has the statics and the first block of hours of one training
/// stay and as many blocks as that had; every later block is the same hours of a training stay with the same main outcome, drawn
/// anew. Within blocks everything is real, at their joints nothing fits; attacks that look at short stretches must find it.
/// Deviation: blocks keep their place in the stay (Künsch draws them from anywhere in one stationary series).
/// </summary>
public sealed class BlockBootstrap : ISynthesizer
{
    private static readonly Descriptor Announcement = new(
        "block-bootstrap",
        "Block bootstrap of the training stays (not synthetic)",
        "control",
        "Joins real blocks of hours of different training stays. A control that copies: its output is not synthetic and must never leave.",
        "Künsch, The jackknife and the bootstrap for general stationary observations, Ann. Statist. 17 (1989).");

    private readonly BlockBootstrapOptions _options;

    /// <summary>A block bootstrap with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public BlockBootstrap(BlockBootstrapOptions? options = null)
    {
        _options = options ?? new BlockBootstrapOptions();
        OptionSet<BlockBootstrapOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<BlockBootstrapOptions>(Announcement, o => new BlockBootstrap(o), _ => throw NoFile()) with { LearnsCohorts = true, ConditionsExactly = true, IsControl = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<BlockBootstrapOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        Cohort stays = TrainingCohort.Of(train);
        context.Progress?.Report(new FitProgress("stays", stays.Count, stays.Count));
        return new Fitted(stays, _options.BlockHours);
    }

    private static SynthesisException NoFile() =>
        new("The control 'block-bootstrap' has no model file: it would hold the training stays themselves. Fit it again where it is needed.");

    private sealed class Fitted : FittedCohortSynthesizer
    {
        private readonly Cohort _train;
        private readonly double _hours;
        private readonly int[] _blocks;                                       // of each stay; 0 without events
        private readonly Dictionary<(int Outcome, int Block), int[]> _donors; // stays of an outcome that last into a block

        public Fitted(Cohort train, double hours)
        {
            (_train, _hours, Shape) = (train, hours, CohortShape.Of(train));
            _blocks = [.. Enumerable.Range(0, train.Count).Select(i => train[i].Count == 0 ? 0 : BlockOf(train[i].Times[^1]) + 1)];
            _donors = Enumerable.Range(0, train.Count)
                .SelectMany(i => Enumerable.Range(0, _blocks[i]).Select(b => (Stay: i, Key: (OutcomeOf(i), b))))
                .GroupBy(x => x.Key, x => x.Stay)
                .ToDictionary(g => g.Key, g => g.ToArray());
            Report = new FitReport
            {
                LearntFromData = ["All training stays."],
                Deviations = ["Blocks keep their place in the stay and come from stays with the same main outcome (the source draws them from anywhere in one stationary series)."],
                Notices = [string.Create(CultureInfo.InvariantCulture, $"These are pieces of {hours} h of real training stays, not synthetic ones: a control for attacks. Do not release them.")],
            };
        }

        public override Descriptor Descriptor => Announcement;

        public override CohortShape Shape { get; }

        public override bool CanSave => false;

        public override FitReport Report { get; }

        public override void Save(ModelWriter writer) => throw NoFile();

        protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

        protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
        {
            int[] first = StayDraw.WithReplacement(_train, stays, conditions, seed.Stream("stays"));
            RandomStream stream = seed.Stream("blocks");
            CohortBuilder builder = new();
            for (int i = 0; i < stays; i++)
            {
                for (int b = 0; b < _blocks[first[i]]; b++)
                {
                    int[] donors = _donors[(OutcomeOf(first[i]), b)];
                    CopyBlock(b == 0 ? first[i] : donors[stream.NextInt(donors.Length)], b, i, builder);
                }
            }

            Table? statics = TrainingCohort.ModelledStatics(_train)?.Take(first);
            return builder.Build(Shape.Name, Shape.Statics(statics, stays), Shape.Channels, Shape.Outcomes);
        }

        private void CopyBlock(int donor, int block, int stay, CohortBuilder builder)
        {
            StayEvents events = _train[donor];
            for (int e = 0; e < events.Count; e++)
            {
                if (BlockOf(events.Times[e]) == block)
                    builder.Add(stay, events.Times[e], events.Channels[e], events.Values[e]);
            }
        }

        // What happened before admission belongs to the first block.
        private int BlockOf(float hours) => Math.Max(0, (int)Math.Floor(hours / _hours));

        private int OutcomeOf(int stay) =>
            Shape.Outcomes.Count > 0 && _train.Statics[Shape.Outcomes[0]] is DiscreteColumn outcome ? outcome[stay] : 0;
    }
}
