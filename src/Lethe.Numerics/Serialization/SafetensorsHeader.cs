using System.Buffers;
using System.Text.Json;

namespace Lethe.Numerics.Serialization;

/// <summary>One array as the header describes it; offsets count from the start of the data section.</summary>
internal readonly record struct HeaderEntry(string Name, ElementKind Kind, int[] Shape, long Begin, long End)
{
    public int Length => (int)((End - Begin) / Kind.Size());
}

/// <summary>
/// The JSON header: <c>{"__metadata__": {…}, "name": {"dtype", "shape", "data_offsets": [begin, end]}}</c>. Parsing checks
/// everything the data section depends on: known types, sizes that match shapes, no overlap, no hole.
/// </summary>
internal static class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    public static byte[] Write(IReadOnlyList<HeaderEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            foreach (HeaderEntry entry in entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Kind.Name());
                json.WriteStartArray("shape");
                foreach (int extent in entry.Shape)
                    json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(entry.Begin);
                json.WriteNumberValue(entry.End);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces after the JSON align the data section to 8 bytes, as the format's own writer does.
        byte[] header = new byte[(buffer.WrittenCount + 7) & ~7];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    /// <summary>The entries in the order of their data, and the metadata.</summary>
    public static (List<HeaderEntry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlyMemory<byte> header, SafetensorsLimits limits)
    {
        if (header.Length == 0 || header.Span[0] != (byte)'{')
            SafetensorsThrow.BadHeader("it must start with '{'");
        List<HeaderEntry> entries = [];
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = true });
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                    SafetensorsThrow.Duplicate(property.Name);
                if (property.Name == MetadataKey)
                    ReadMetadata(property.Value, metadata);
                else
                    entries.Add(ReadEntry(property.Name, property.Value, limits));
                if (entries.Count > limits.MaxArrays)
                    SafetensorsThrow.TooMuch("the number of arrays", entries.Count, limits.MaxArrays, nameof(SafetensorsLimits.MaxArrays));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("Safetensors: the header is not valid JSON of the expected form. Either this is no safetensors file, or it is damaged.", e);
        }

        CheckLayout(entries, limits);
        return (entries, metadata);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        foreach (JsonProperty pair in element.EnumerateObject())
        {
            if (pair.Value.ValueKind != JsonValueKind.String)
                SafetensorsThrow.BadHeader("a metadata value is not text");
            if (!metadata.TryAdd(pair.Name, pair.Value.GetString()!))
                SafetensorsThrow.BadHeader("a metadata key appears twice");
        }
    }

    private static HeaderEntry ReadEntry(string name, JsonElement element, SafetensorsLimits limits)
    {
        if (name.Length == 0)
            SafetensorsThrow.BadHeader("an array has an empty name");
        string dtype = Field(name, element, "dtype").GetString() ?? "null";
        ElementKind kind = ElementKinds.Parse(dtype) ?? Refuse(name, dtype);
        JsonElement shapeField = Field(name, element, "shape");
        int rank = shapeField.GetArrayLength();
        if (rank > limits.MaxRank)
            SafetensorsThrow.TooMuch($"the number of axes of '{(name.Length > 80 ? name[..80] : name)}'", rank, limits.MaxRank, nameof(SafetensorsLimits.MaxRank));
        int[] shape = new int[rank];
        Int128 size = kind.Size();
        for (int axis = 0; axis < rank; axis++)
        {
            if (!shapeField[axis].TryGetInt32(out shape[axis]) || shape[axis] < 0)
                SafetensorsThrow.BadArray(name, $"axis {axis} of its shape is not a whole number between 0 and {int.MaxValue}");
            size *= shape[axis];
            if (size > long.MaxValue)
                SafetensorsThrow.BadArray(name, "its shape multiplies beyond 64 bits");
        }

        JsonElement offsets = Field(name, element, "data_offsets");
        if (offsets.GetArrayLength() != 2 || !offsets[0].TryGetInt64(out long begin) || !offsets[1].TryGetInt64(out long end) || begin < 0 || end < begin)
        {
            SafetensorsThrow.BadArray(name, "its data_offsets are not [begin, end] with 0 ≤ begin ≤ end");
            return default;
        }

        if (end - begin != size)
            SafetensorsThrow.BadArray(name, $"its shape needs {size} bytes, its data_offsets give {end - begin}");
        if (size / kind.Size() > Array.MaxLength)
            SafetensorsThrow.BadArray(name, $"it has {size / kind.Size()} elements; at most {Array.MaxLength} fit one array");
        return new HeaderEntry(name, kind, shape, begin, end);
    }

    private static void CheckLayout(List<HeaderEntry> entries, SafetensorsLimits limits)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long position = 0;
        foreach (HeaderEntry entry in entries)
        {
            if (entry.Begin != position)
                SafetensorsThrow.BadArray(entry.Name, entry.Begin < position ? "its data overlaps the array before it" : $"{entry.Begin - position} unused bytes lie before its data");
            position = entry.End;
        }

        if (position > limits.MaxDataBytes)
            SafetensorsThrow.TooMuch("the data section in bytes", position, limits.MaxDataBytes, nameof(SafetensorsLimits.MaxDataBytes));
    }

    private static JsonElement Field(string name, JsonElement element, string field)
    {
        if (!element.TryGetProperty(field, out JsonElement value))
            SafetensorsThrow.BadArray(name, $"it has no '{field}'");
        return value;
    }

    private static ElementKind Refuse(string name, string dtype)
    {
        SafetensorsThrow.BadArray(name, $"its type '{(dtype.Length > 20 ? dtype[..20] : dtype)}' is not one of F32, F64, I32, I64, U8");
        return default;
    }
}
