using System.Globalization;
using System.Text.Json;
using Lethe.Data.Files;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>
/// Writes a cohort as FHIR R4 (4.0.1) bulk data: one resource a line in <c>Patient.ndjson</c>, <c>Encounter.ndjson</c>,
/// <c>Observation.ndjson</c> and <c>Condition.ndjson</c>, so that digital-health software can be tested with synthetic
/// patients. Channels carry LOINC codes and UCUM units where they have them. Every resource is labelled as test data
/// (HTEST). Times are invented: admission is midnight of <see cref="Anchor"/>; a birth date is given as a year only.
/// </summary>
public sealed class FhirBulkWriter
{
    private const string Loinc = "http://loinc.org";
    private const string ChannelSystem = "urn:lethe:channel";
    private const string Ucum = "http://unitsofmeasure.org";
    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";

    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Admission of every stay: far enough ahead that nobody takes it for a real date.</summary>
    public static DateTime Anchor { get; } = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Cohort _cohort;
    private readonly FhirStatics _statics;

    private FhirBulkWriter(Cohort cohort)
    {
        _cohort = cohort;
        _statics = new FhirStatics(cohort);
    }

    /// <summary>Writes the four files into a folder, each whole or not at all.</summary>
    /// <param name="cohort">Synthetic stays, or real ones for a system inside the institution.</param>
    /// <param name="folder">Created when absent.</param>
    /// <param name="done">Told how many stays are written.</param>
    /// <param name="cancellation">Stops the writing; nothing is left then.</param>
    /// <returns>Resources written, by type.</returns>
    public static IReadOnlyDictionary<string, long> Write(Cohort cohort, string folder, IProgress<int>? done = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        Directory.CreateDirectory(folder);
        FhirBulkWriter writer = new(cohort);
        Dictionary<string, long> counts = [];
        foreach ((string type, Func<IEnumerable<Action<Utf8JsonWriter>>> resources) in new (string, Func<IEnumerable<Action<Utf8JsonWriter>>>)[]
        {
            ("Patient", writer.Patients), ("Encounter", writer.Encounters), ("Observation", () => writer.Observations(new StayWatch(cohort.Count, done, cancellation))), ("Condition", writer.Conditions),
        })
        {
            long count = 0;
            AtomicFile.Write(Path.Combine(folder, type + ".ndjson"), stream =>
            {
                using Utf8JsonWriter json = new(stream, Plain);
                foreach (Action<Utf8JsonWriter> resource in resources())
                {
                    json.WriteStartObject();
                    json.WriteString("resourceType", type);
                    resource(json);
                    json.WriteEndObject();
                    json.Flush();
                    stream.WriteByte((byte)'\n');
                    json.Reset();
                    count++;
                }
            });
            counts.Add(type, count);
        }

        return counts;
    }

    private IEnumerable<Action<Utf8JsonWriter>> Patients()
    {
        // A patient with several stays is written once, as of the first of them.
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < _cohort.Count; i++)
        {
            int stay = i;
            if (seen.Add(_statics.PatientId(i)))
                yield return json => Patient(json, stay);
        }
    }

    private void Patient(Utf8JsonWriter json, int stay)
    {
        Header(json, _statics.PatientId(stay));
        json.WriteStartArray("identifier");
        json.WriteStartObject();
        json.WriteString("system", "urn:lethe:synthetic-patient");
        json.WriteString("value", _statics.PatientId(stay));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("gender", _statics.Gender(stay));
        if (_statics.Age(stay) is { } age)
            json.WriteString("birthDate", (Anchor.Year - (int)age).ToString("D4", CultureInfo.InvariantCulture));
        if (_statics.Died(stay) is { } died)
            json.WriteBoolean("deceasedBoolean", died);
    }

    private IEnumerable<Action<Utf8JsonWriter>> Encounters()
    {
        for (int i = 0; i < _cohort.Count; i++)
        {
            int stay = i;
            yield return json => Encounter(json, stay);
        }
    }

    private void Encounter(Utf8JsonWriter json, int stay)
    {
        Header(json, FhirStatics.StayId(stay));
        json.WriteString("status", "finished");
        json.WritePropertyName("class");
        Coding(json, Terminology + "v3-ActCode", "IMP", "inpatient encounter");
        Reference(json, "subject", "Patient", _statics.PatientId(stay));
        json.WriteStartObject("period");
        json.WriteString("start", Time(0));
        json.WriteString("end", Time(_statics.EndHours(stay)));
        json.WriteEndObject();
        if (_statics.Died(stay) is { } died)
        {
            json.WriteStartObject("hospitalization");
            Concept(json, "dischargeDisposition", Terminology + "discharge-disposition", died ? "exp" : "home", died ? "Expired" : "Home");
            json.WriteEndObject();
        }
    }

    private IEnumerable<Action<Utf8JsonWriter>> Observations(StayWatch watch)
    {
        for (int i = 0; i < _cohort.Count; i++)
        {
            watch.Next(i);
            int start = _cohort.Offsets[i], end = _cohort.Offsets[i + 1];
            for (int e = start; e < end; e++)
            {
                (int stay, int entry, int number) = (i, e, e - start);
                yield return json => Observation(json, stay, entry, number);
            }
        }
    }

    private void Observation(Utf8JsonWriter json, int stay, int entry, int number)
    {
        Channel channel = _cohort.Channels[_cohort.ChannelOfEvent[entry]];
        Header(json, string.Create(CultureInfo.InvariantCulture, $"{FhirStatics.StayId(stay)}-{number}"));
        json.WriteString("status", "final");
        json.WriteStartArray("category");
        json.WriteStartObject();
        json.WriteStartArray("coding");
        (string code, string display) = Category(channel.Kind);
        Coding(json, Terminology + "observation-category", code, display);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("code");
        json.WriteStartArray("coding");
        if (channel.Loinc is { } loinc)
            Coding(json, Loinc, loinc, channel.Title);
        Coding(json, ChannelSystem, channel.Name, channel.Title);
        json.WriteEndArray();

        json.WriteString("text", channel.Title ?? channel.Name);
        json.WriteEndObject();
        Reference(json, "subject", "Patient", _statics.PatientId(stay));
        Reference(json, "encounter", "Encounter", FhirStatics.StayId(stay));
        json.WriteString("effectiveDateTime", Time(_cohort.Times[entry]));
        float value = _cohort.Values[entry];
        if (channel.Levels.Count > 0 && value >= 0 && value < channel.Levels.Count)
        {
            json.WriteStartObject("valueCodeableConcept");
            json.WriteString("text", channel.Levels[(int)value]);
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject("valueQuantity");
        json.WritePropertyName("value");
        json.WriteRawValue(Number(value));
        json.WriteString("unit", channel.Unit ?? "1");
        json.WriteString("system", Ucum);
        json.WriteString("code", channel.Unit ?? "1");
        json.WriteEndObject();
    }

    private IEnumerable<Action<Utf8JsonWriter>> Conditions()
    {
        foreach (string outcome in _cohort.Outcomes)
        {
            if (_cohort.Statics[outcome] is not DiscreteColumn { Schema.Kind: ColumnKind.Boolean } column)
                continue;
            for (int i = 0; i < _cohort.Count; i++)
            {
                int stay = i;
                if (column[i] == 1)
                    yield return json => Condition(json, stay, outcome);
            }
        }
    }

    private void Condition(Utf8JsonWriter json, int stay, string outcome)
    {
        Header(json, $"{FhirStatics.StayId(stay)}-{FhirStatics.Clean(outcome)}");
        Concept(json, "clinicalStatus", Terminology + "condition-clinical", "active", "Active");
        Concept(json, "verificationStatus", Terminology + "condition-ver-status", "confirmed", "Confirmed");
        json.WriteStartArray("category");
        json.WriteStartObject();
        json.WriteStartArray("coding");
        Coding(json, Terminology + "condition-category", "encounter-diagnosis", "Encounter Diagnosis");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("code");
        json.WriteString("text", outcome.Replace('_', ' '));
        json.WriteEndObject();
        Reference(json, "subject", "Patient", _statics.PatientId(stay));
        Reference(json, "encounter", "Encounter", FhirStatics.StayId(stay));
        json.WriteString("recordedDate", Time(_statics.EndHours(stay)));
    }

    private static (string Code, string Display) Category(ChannelKind kind) => kind switch
    {
        ChannelKind.Lab => ("laboratory", "Laboratory"),
        ChannelKind.Score => ("survey", "Survey"),
        ChannelKind.Intervention => ("procedure", "Procedure"),
        _ => ("vital-signs", "Vital Signs"),
    };

    private static void Header(Utf8JsonWriter json, string id)
    {
        json.WriteString("id", id);
        json.WriteStartObject("meta");
        json.WriteStartArray("security");
        Coding(json, Terminology + "v3-ActReason", "HTEST", "test health data");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Concept(Utf8JsonWriter json, string property, string system, string code, string display)
    {
        json.WriteStartObject(property);
        json.WriteStartArray("coding");
        Coding(json, system, code, display);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Coding(Utf8JsonWriter json, string system, string code, string? display)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        if (display is not null)
            json.WriteString("display", display);
        json.WriteEndObject();
    }

    private static void Reference(Utf8JsonWriter json, string property, string type, string id)
    {
        json.WriteStartObject(property);
        json.WriteString("reference", $"{type}/{id}");
        json.WriteEndObject();
    }

    // The shortest digits that read back equal, without an exponent wherever a decimal holds them.
    private static string Number(float value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal) && Math.Abs(value) is > 1e-15f and < 1e15f
            ? decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : shortest;
    }

    /// <summary>Hours since admission as an instant: the whole second that reads back as these hours, else to the microsecond.</summary>
    internal static DateTime Instant(double hours)
    {
        double seconds = Math.Round(hours * 3600);
        return (float)(seconds / 3600) == (float)hours
            ? Anchor.AddSeconds(seconds)
            : Anchor.AddTicks((long)Math.Round(hours * TimeSpan.TicksPerHour / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond);
    }

    private static string Time(double hours) => Instant(hours).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'+00:00'", CultureInfo.InvariantCulture);
}
