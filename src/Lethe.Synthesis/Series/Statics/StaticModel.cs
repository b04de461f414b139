using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Tabular.BayesianNetwork;

namespace Lethe.Synthesis.Series.Statics;

/// <summary>
/// The static part of a patient for methods whose paper has none: a Bayesian network over the static columns and, where
/// stays end at different steps, their number of steps. Series are then generated given the encoded statics, so conditions on
/// statics and outcome are met exactly. Immutable, thread-safe.
/// </summary>
public sealed class StaticModel
{
    private const string Key = "statics";
    private const string StepsName = "number of steps";

    private readonly FittedTableSynthesizer? _network;
    private readonly RowEncoder? _encoder;
    private readonly int _steps;
    private readonly bool _lengths;

    private StaticModel(FittedTableSynthesizer? network, RowEncoder? encoder, int steps, bool lengths) =>
        (_network, _encoder, _steps, _lengths) = (network, encoder, steps, lengths);

    /// <summary>Numbers per stay that series are generated given; 0 without statics.</summary>
    public int Width => _encoder?.Width ?? 0;

    /// <summary>What fitting has learnt from the data, one sentence each, for reports.</summary>
    public IReadOnlyList<string> LearntFromData => _network is null ? [] : [.. _network.Report.LearntFromData.Select(s => "Statics: " + s)];

    /// <summary>Learns the statics of training stays.</summary>
    /// <param name="train">Training stays.</param>
    /// <param name="encoder">Tells whether lengths vary.</param>
    /// <param name="lengths">Steps of each stay.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <param name="encoded">The encoded statics of the training stays, stays × <see cref="Width"/>.</param>
    public static StaticModel Fit(Cohort train, SeriesEncoder encoder, ReadOnlySpan<int> lengths, FitContext context, out float[] encoded)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(context);
        Table? table = Rows(train, encoder, lengths);
        encoded = [];
        if (table is null)
            return new StaticModel(null, null, encoder.Steps, false);
        Seed seed = context.Seed.Derive(Key);
        FittedTableSynthesizer network = (FittedTableSynthesizer)new BayesianNetworkSynthesizer().Fit(table, new FitContext { Seed = seed, Cancellation = context.Cancellation, MaxThreads = context.MaxThreads });
        RowEncoder rows = RowEncoder.Fit(table, NumericCoding.MinMax, context.Cancellation);
        encoded = rows.Encode(table, seed.Derive("encode"));
        return new StaticModel(network, rows, encoder.Steps, encoder.LengthsVary);
    }

    /// <summary>Encodes the statics of other stays of the same columns, e.g. a validation part.</summary>
    public float[] Encode(Cohort cohort, SeriesEncoder encoder, ReadOnlySpan<int> lengths, Seed seed) =>
        _encoder is null ? [] : _encoder.Encode(Rows(cohort, encoder, lengths)!, seed);

    /// <summary>Draws statics.</summary>
    /// <param name="stays">How many.</param>
    /// <param name="seed">Of this draw.</param>
    /// <param name="conditions">On static columns; may be empty.</param>
    /// <exception cref="SynthesisException">The conditions have no probability.</exception>
    public StaticDraw Sample(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        int[] lengths = new int[stays];
        Array.Fill(lengths, _steps);
        if (_network is null)
            return new StaticDraw(null, lengths, []);
        Table table = _network.SampleTable(stays, seed.Derive("rows"), conditions);
        if (_lengths)
        {
            NumericColumn steps = (NumericColumn)table.Columns[^1];
            for (int i = 0; i < stays; i++)
                lengths[i] = Math.Clamp((int)Math.Round(steps[i]), 1, _steps);
        }

        return new StaticDraw(table, lengths, _encoder!.Encode(table, seed.Derive("encode")));
    }

    /// <summary>Writes what sampling needs.</summary>
    public void Save(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ModelWriter part = writer.Part(Key);
        _network?.Save(part.Part("network"));
        _encoder?.Save(part.Part("encoder"));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">The model.</param>
    /// <param name="encoder">Knows the columns and whether lengths vary.</param>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static StaticModel Load(ModelReader reader, SeriesEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(encoder);
        Schema schema = Columns(encoder);
        ModelReader part = reader.Part(Key, schema);
        return schema.Columns.Count == 0
            ? new StaticModel(null, null, encoder.Steps, false)
            : new StaticModel(FittedBayesianNetwork.Load(part.Part("network", schema)), RowEncoder.Load(part.Part("encoder", schema)), encoder.Steps, encoder.LengthsVary);
    }

    private static Schema Columns(SeriesEncoder encoder) => encoder.Shape.Schema.WithColumns(
    [
        .. encoder.Shape.Schema.Columns.Skip(1),
        .. encoder.LengthsVary ? new[] { StepsColumn(encoder) } : [],
    ]);

    private static ColumnSchema StepsColumn(SeriesEncoder encoder) =>
        new() { Name = UnusedName(encoder.Shape.Schema), Kind = ColumnKind.Integer, Bounds = new Bounds(1, encoder.Steps, Origin.Public) };

    private static string UnusedName(Schema schema)
    {
        string name = StepsName;
        while (schema.TryGet(name, out _))
            name += "'";
        return name;
    }

    private static Table? Rows(Cohort cohort, SeriesEncoder encoder, ReadOnlySpan<int> lengths)
    {
        Schema schema = Columns(encoder);
        if (schema.Columns.Count == 0)
            return null;
        List<Column> columns = [.. encoder.Shape.Schema.Columns.Skip(1).Select(c => cohort.Statics[c.Name])];
        if (encoder.LengthsVary)
        {
            double[] steps = new double[lengths.Length];
            for (int i = 0; i < steps.Length; i++)
                steps[i] = lengths[i];
            columns.Add(new NumericColumn(StepsColumn(encoder), steps));
        }

        return new Table(schema, columns);
    }
}
