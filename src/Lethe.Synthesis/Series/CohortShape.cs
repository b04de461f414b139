using System.Globalization;
using System.Text.Json.Nodes;
using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series;

/// <summary>What a cohort looks like without its patients: name, channels, static columns, outcomes. Immutable.</summary>
public sealed class CohortShape
{
    private const string Key = "cohort";

    private static readonly ColumnSchema StayId = new() { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier };

    private CohortShape(string name, Schema schema, IReadOnlyList<Channel> channels, IReadOnlyList<string> outcomes) =>
        (Name, Schema, Channels, Outcomes) = (name, schema, channels, outcomes);

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>The stay's identifier, then the modelled static columns.</summary>
    public Schema Schema { get; }

    /// <summary>Channel metadata, by channel index.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>Modelled static columns that are outcomes; the first is the main one.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>Number of modelled static columns.</summary>
    public int StaticCount => Schema.Columns.Count - 1;

    /// <summary>The shape of what a model of this cohort delivers.</summary>
    /// <exception cref="SynthesisException">The cohort has no stay or no channel.</exception>
    public static CohortShape Of(Cohort train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Count == 0)
            throw new SynthesisException("The training cohort has no stay: there is nothing to learn from.");
        if (train.Channels.Count == 0)
            throw new SynthesisException("The training cohort has no channel: there is no time series to learn. Use a method for tables on its static part.");
        ColumnSchema[] modelled = [.. train.Schema.Columns.Where(c => c.IsModelled)];
        return new CohortShape(
            train.Name,
            train.Schema.WithColumns([StayId, .. modelled]),
            train.Channels,
            [.. train.Outcomes.Where(o => modelled.Any(c => c.Name == o))]);
    }

    /// <summary>A cohort of this shape without stays.</summary>
    public Cohort Empty() => new CohortBuilder().Build(Name, new Table(Schema, Schema.Columns.Select(None)), Channels, Outcomes);

    /// <summary>The static table of <paramref name="stays"/> stays whose modelled columns are those of <paramref name="columns"/>; ids are numbered from 1.</summary>
    /// <param name="columns">Holds every modelled column by name; may hold others, which are left out. May be null when there are none.</param>
    /// <param name="stays">Number of stays.</param>
    public Table Statics(Table? columns, int stays) =>
        new(Schema, [Ids(stays, 0), .. Schema.Columns.Skip(1).Select(c => columns![c.Name].WithSchema(c))]);

    /// <summary>The same table with ids that count on from <paramref name="first"/>.</summary>
    internal Table Numbered(Table statics, long first) => new(Schema, [Ids(statics.RowCount, first), .. statics.Columns.Skip(1)]);

    /// <summary>Writes name, channels and outcomes; the schema is the model file's own.</summary>
    public void Save(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ModelWriter part = writer.Part(Key);
        part.State["name"] = Name;
        part.State["outcomes"] = new JsonArray([.. Outcomes.Select(o => JsonValue.Create(o))]);
        part.State["channels"] = new JsonArray([.. Channels.Select(Json)]);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static CohortShape Load(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelReader part = reader.Part(Key, reader.Schema);
        ModelReader.Require(reader.Schema.Columns is [{ Name: Cohort.StayIdColumn, Kind: ColumnKind.Text, Role: ColumnRole.Identifier }, ..], "schema", "does not begin with the stay's identifier");
        ModelReader.Require(reader.Schema.Columns.Skip(1).All(c => c.IsModelled), "schema", "holds a column that is never modelled");
        ModelReader.Require(part.State["channels"] is JsonArray { Count: > 0 and <= ushort.MaxValue }, "channels", "are missing");
        ModelReader.Require(part.State["outcomes"] is JsonArray, "outcomes", "are missing");
        Channel[] channels = [.. ((JsonArray)part.State["channels"]!).Select(ChannelOf)];
        string[] outcomes = [.. ((JsonArray)part.State["outcomes"]!).Select(o => o!.GetValue<string>())];
        ModelReader.Require(outcomes.All(o => reader.Schema.TryGet(o, out _)), "outcomes", "name no column of the schema");
        ModelReader.Require(channels.DistinctBy(c => c.Name).Count() == channels.Length, "channels", "are named twice");
        return new CohortShape(part.Value<string>("name"), reader.Schema, channels, outcomes);
    }

    private static TextColumn Ids(int stays, long first) =>
        new(StayId, [.. Enumerable.Range(0, stays).Select(i => string.Create(CultureInfo.InvariantCulture, $"synthetic-{first + i + 1:D7}"))]);

    private static Column None(ColumnSchema c) =>
        c.IsNumeric ? new NumericColumn(c, []) : c.IsDiscrete ? new DiscreteColumn(c, []) : new TextColumn(c, []);

    private static JsonObject Json(Channel c)
    {
        JsonObject json = new() { ["name"] = c.Name, ["kind"] = c.Kind.ToString(), ["decimals"] = c.Decimals };
        if (c.Unit is not null)
            json["unit"] = c.Unit;
        if (c.Title is not null)
            json["title"] = c.Title;
        if (c.Loinc is not null)
            json["loinc"] = c.Loinc;
        if (c.PlausibleRange is { } range)
            json["plausible"] = new JsonObject { ["lower"] = range.Lower, ["upper"] = range.Upper, ["origin"] = range.Origin.ToString() };
        if (c.Levels.Count > 0)
            json["levels"] = new JsonArray([.. c.Levels.Select(l => JsonValue.Create(l))]);
        return json;
    }

    private static Channel ChannelOf(JsonNode? node)
    {
        ModelReader.Require(node is JsonObject, "channels", "hold something that is no channel");
        JsonObject json = (JsonObject)node!;
        Channel channel = new()
        {
            Name = json["name"]?.GetValue<string>() ?? "",
            Kind = Named<ChannelKind>(json["kind"]),
            Decimals = json["decimals"]?.GetValue<int>() ?? -1,
            Unit = json["unit"]?.GetValue<string>(),
            Title = json["title"]?.GetValue<string>(),
            Loinc = json["loinc"]?.GetValue<string>(),
            PlausibleRange = json["plausible"] is JsonObject range
                ? new Bounds(range["lower"]!.GetValue<double>(), range["upper"]!.GetValue<double>(), Named<Origin>(range["origin"]))
                : null,
            Levels = json["levels"] is JsonArray levels ? [.. levels.Select(l => l!.GetValue<string>())] : [],
        };
        ModelReader.Require(channel.Name.Length > 0 && channel.Decimals is >= 0 and <= 7, "channels", "hold one without a name or with impossible decimals");
        return channel;
    }

    private static T Named<T>(JsonNode? node)
        where T : struct, Enum
    {
        bool known = Enum.TryParse(node?.GetValue<string>(), out T value) && Enum.IsDefined(value);
        ModelReader.Require(known, "channels", $"hold an unknown {typeof(T).Name}");
        return value;
    }
}
