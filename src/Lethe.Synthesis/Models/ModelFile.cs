using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lethe.Data.Files;
using Lethe.Data.Schemas;
using Lethe.Numerics.Serialization;
using Lethe.Privacy;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Models;

/// <summary>
/// The <c>.lethe</c> file: a zip of <c>model.json</c> (method, version, state), <c>schema.json</c>, <c>privacy.json</c> and
/// <c>weights.safetensors</c>. Saving is atomic and gives the same bytes for the same model. Loading validates everything
/// and executes nothing. A model file holds no training row.
/// </summary>
public static class ModelFile
{
    /// <summary>Extension of model files.</summary>
    public const string Extension = ".lethe";

    /// <summary>Version of the format that this build writes and reads.</summary>
    public const int FormatVersion = 1;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Saves a model; a file of that name is replaced only when the new one is complete.</summary>
    /// <exception cref="SynthesisException">The model is a control, which has no model file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(FittedSynthesizer model, string path) => AtomicFile.Write(path, stream => Write(model, stream));

    /// <summary>Writes a model to a stream, which stays open.</summary>
    /// <exception cref="SynthesisException">The model is a control, which has no model file.</exception>
    public static void Write(FittedSynthesizer model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        ModelWriter writer = new();
        model.Save(writer);
        JsonObject header = new()
        {
            ["format"] = FormatVersion,
            ["method"] = model.Descriptor.Name,
            ["lethe"] = Version(),
            ["state"] = writer.State.DeepClone(),
        };
        JsonObject privacy = new() { ["kind"] = model.Claim.Kind, ["sentence"] = model.Claim.Sentence };
        using MemoryStream weights = new();
        Safetensors.Write(weights, writer.Arrays);
        ModelArchive.Write(stream, new Dictionary<string, byte[]>
        {
            [ModelArchive.Model] = JsonSerializer.SerializeToUtf8Bytes(header, Indented),
            [ModelArchive.Schema] = SchemaJson.Write(model.Schema),
            [ModelArchive.Privacy] = JsonSerializer.SerializeToUtf8Bytes(privacy, Indented),
            [ModelArchive.Weights] = weights.ToArray(),
        });
    }

    /// <summary>Loads a model.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, of another version, or of a method that this build does not know.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FittedSynthesizer Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads a model from a stream that can seek.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, of another version, or of a method that this build does not know.</exception>
    public static FittedSynthesizer Read(Stream stream)
    {
        Parts parts = Parts.Of(stream);
        try
        {
            return parts.Method.Load(new ModelReader(parts.State, parts.Schema, parts.Arrays));
        }
        catch (Exception e) when (e is not (InvalidDataException or OutOfMemoryException))
        {
            // A model that validates its arrays never gets here; a file that slips through must still be named as the culprit.
            throw new InvalidDataException($"The model of method '{parts.Method.Descriptor.Name}' does not validate: {e.Message}", e);
        }
    }

    /// <summary>What a model file says about itself, without making the model.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, of another version, or of a method that this build does not know.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelSummary Inspect(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Parts parts = Parts.Of(stream);
        return new ModelSummary(
            parts.Method.Descriptor,
            parts.Version,
            parts.Schema,
            parts.Claim.Sentence,
            [.. parts.Arrays.Arrays.Select(a => new ArraySummary(a.Name, a.ElementType.Name, a.Shape.ToArray()))]);
    }

    /// <summary>The version that model files name: the one the tool prints.</summary>
    private static string Version() =>
        typeof(ModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The four parts of a file, parsed and checked as far as that goes without the method.</summary>
    private sealed record Parts(MethodRegistration Method, string Version, JsonObject State, Schema Schema, PrivacyClaim Claim, SafetensorsFile Arrays)
    {
        public static Parts Of(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(stream);
            Dictionary<string, byte[]> parts = ModelArchive.Read(stream);
            JsonObject header = Json(parts, ModelArchive.Model);
            int format = Field<int>(header, ModelArchive.Model, "format");
            string version = Field<string>(header, ModelArchive.Model, "lethe");
            if (format != FormatVersion)
                throw new InvalidDataException($"The model file has format {format}, written by Lethe {version}; this build reads format {FormatVersion}. Use a Lethe of that version.");
            string name = Field<string>(header, ModelArchive.Model, "method");
            MethodRegistration method = Methods.Find(name)
                ?? throw new InvalidDataException($"The model was made by method '{name}', which this build does not know; it was written by Lethe {version}.");
            JsonObject state = header["state"] as JsonObject ?? throw new InvalidDataException($"The part {ModelArchive.Model} has no object 'state'.");
            Schema schema = SchemaJson.Read(parts[ModelArchive.Schema]);
            if (schema.Columns.Count == 0 || schema.Columns.Skip(method.LearnsCohorts ? 1 : 0).Any(c => !c.IsModelled)) // a cohort's first column is the stay's identifier
                throw new InvalidDataException($"The part {ModelArchive.Schema} has no columns, or one that is never modelled.");
            return new Parts(method, version, state, schema, ReadClaim(Json(parts, ModelArchive.Privacy)), Safetensors.Read(new MemoryStream(parts[ModelArchive.Weights])));
        }

        private static PrivacyClaim ReadClaim(JsonObject privacy)
        {
            string kind = Field<string>(privacy, ModelArchive.Privacy, "kind");
            return kind == PrivacyClaim.None.Kind
                ? PrivacyClaim.None
                : throw new InvalidDataException($"The model carries a privacy claim of kind '{kind}', which this build does not know.");
        }

        private static JsonObject Json(Dictionary<string, byte[]> parts, string name)
        {
            try
            {
                return JsonNode.Parse(parts[name], documentOptions: Strict) as JsonObject
                    ?? throw new InvalidDataException($"The part {name} is not a JSON object.");
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"The part {name} is not valid JSON.", e);
            }
        }

        private static T Field<T>(JsonObject json, string part, string name) =>
            json[name] is JsonValue value && value.TryGetValue(out T? found)
                ? found
                : throw new InvalidDataException($"The part {part} has no {typeof(T).Name} '{name}'.");
    }
}
