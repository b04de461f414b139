using System.Text.Json;
using System.Text.RegularExpressions;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Writing;
using Lethe.Data.Simulation.Icu;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>The written resources against the published rules of FHIR R4 for the four types used.</summary>
public sealed partial class FhirBulkWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lethe").FullName;

    // Required elements and the closed code lists that R4 binds to them.
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["Patient"] = [],
        ["Encounter"] = ["status", "class"],
        ["Observation"] = ["status", "code"],
        ["Condition"] = ["subject"],
    };

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["Patient"] = ["resourceType", "id", "meta", "identifier", "gender", "birthDate", "deceasedBoolean"],
        ["Encounter"] = ["resourceType", "id", "meta", "status", "class", "subject", "period", "hospitalization"],
        ["Observation"] = ["resourceType", "id", "meta", "status", "category", "code", "subject", "encounter", "effectiveDateTime", "valueQuantity", "valueCodeableConcept"],
        ["Condition"] = ["resourceType", "id", "meta", "clinicalStatus", "verificationStatus", "category", "code", "subject", "encounter", "recordedDate"],
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_resource_obeys_the_rules_and_every_event_is_there()
    {
        Cohort cohort = new IcuSimulator().Simulate(40, new Seed(5)).Cohort;
        IReadOnlyDictionary<string, long> counts = FhirBulkWriter.Write(cohort, _folder);
        Assert.Equal(40, counts["Patient"]);
        Assert.Equal(40, counts["Encounter"]);
        Assert.Equal(cohort.EventCount, counts["Observation"]);
        Dictionary<string, HashSet<string>> ids = Required.Keys.ToDictionary(t => t, _ => new HashSet<string>(StringComparer.Ordinal));
        List<string> references = [];
        int coded = 0;
        foreach (string type in Required.Keys)
        {
            string text = File.ReadAllText(Path.Combine(_folder, type + ".ndjson"));
            Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
            string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(counts[type], lines.Length);
            foreach (string line in lines)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement r = document.RootElement;
                Assert.Equal(type, r.GetProperty("resourceType").GetString());
                Assert.Matches(Id(), r.GetProperty("id").GetString());
                Assert.True(ids[type].Add(r.GetProperty("id").GetString()!), "an identifier occurs twice");
                Assert.Equal("HTEST", r.GetProperty("meta").GetProperty("security")[0].GetProperty("code").GetString());
                Assert.All(Required[type], e => Assert.True(r.TryGetProperty(e, out _), $"{type}.{e} is required"));
                Assert.All(r.EnumerateObject(), e => Assert.Contains(e.Name, Known[type]));
                NothingEmpty(r, references);
                coded += Check(type, r, cohort);
            }
        }

        Assert.Equal(cohort.EventCount, coded + Uncoded(cohort));
        Assert.All(references, reference =>
        {
            string[] parts = reference.Split('/');
            Assert.Contains(parts[1], ids[parts[0]]);
        });
    }

    [Fact]
    public void Source_identifiers_do_not_leave()
    {
        Cohort cohort = CohortSamples.Random(2);
        FhirBulkWriter.Write(cohort, _folder);
        foreach (string file in Directory.GetFiles(_folder))
            Assert.DoesNotMatch("\"s[0-9]+\"", File.ReadAllText(file));
    }

    private static int Uncoded(Cohort cohort) => cohort.ChannelOfEvent.ToArray().Count(c => cohort.Channels[c].Loinc is null);

    private static int Check(string type, JsonElement r, Cohort cohort)
    {
        switch (type)
        {
            case "Patient":
                Assert.Contains(r.GetProperty("gender").GetString(), (string[])["male", "female", "other", "unknown"]);
                Assert.Matches(Date(), r.GetProperty("birthDate").GetString());
                return 0;
            case "Encounter":
                Assert.Contains(r.GetProperty("status").GetString(), (string[])["planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown"]);
                JsonElement period = r.GetProperty("period");
                Assert.Matches(Instant(), period.GetProperty("start").GetString());
                Assert.True(string.CompareOrdinal(period.GetProperty("start").GetString(), period.GetProperty("end").GetString()) <= 0);
                return 0;
            case "Observation":
                Assert.Contains(r.GetProperty("status").GetString(), (string[])["registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"]);
                Assert.Matches(Instant(), r.GetProperty("effectiveDateTime").GetString());
                Assert.True(r.TryGetProperty("valueQuantity", out JsonElement quantity) ^ r.TryGetProperty("valueCodeableConcept", out _), "exactly one value[x]");
                if (quantity.ValueKind == JsonValueKind.Object)
                {
                    Assert.Equal(JsonValueKind.Number, quantity.GetProperty("value").ValueKind);
                    Assert.DoesNotContain("E", quantity.GetProperty("value").GetRawText(), StringComparison.OrdinalIgnoreCase);
                    Assert.Equal("http://unitsofmeasure.org", quantity.GetProperty("system").GetString());
                    Assert.Contains(quantity.GetProperty("code").GetString(), cohort.Channels.Select(c => c.Unit ?? "1"));
                }

                JsonElement coding = r.GetProperty("code").GetProperty("coding");
                string name = coding[coding.GetArrayLength() - 1].GetProperty("code").GetString()!;
                Assert.Equal("urn:lethe:channel", coding[coding.GetArrayLength() - 1].GetProperty("system").GetString());
                Assert.Equal(cohort.Channels[cohort.ChannelIndex(name)].Loinc is not null, coding.GetArrayLength() == 2);
                if (coding.GetArrayLength() == 1)
                    return 0;
                Assert.Equal("http://loinc.org", coding[0].GetProperty("system").GetString());
                Assert.Matches(LoincCode(), coding[0].GetProperty("code").GetString());
                return 1;
            default:
                // con-3 and con-5: an active, confirmed condition carries a clinical status.
                Assert.Equal("active", r.GetProperty("clinicalStatus").GetProperty("coding")[0].GetProperty("code").GetString());
                return 0;
        }
    }

    // JSON rules of FHIR: no empty object, array or string, no null.
    private static void NothingEmpty(JsonElement e, List<string> references)
    {
        switch (e.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.NotEmpty(e.EnumerateObject());
                foreach (JsonProperty p in e.EnumerateObject())
                {
                    if (p.Name == "reference")
                        references.Add(p.Value.GetString()!);
                    NothingEmpty(p.Value, references);
                }

                break;
            case JsonValueKind.Array:
                Assert.NotEqual(0, e.GetArrayLength());
                foreach (JsonElement x in e.EnumerateArray())
                    NothingEmpty(x, references);
                break;
            case JsonValueKind.String:
                Assert.NotEmpty(e.GetString()!.Trim());
                break;
            default:
                Assert.NotEqual(JsonValueKind.Null, e.ValueKind);
                break;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-\.]{1,64}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$")]
    private static partial Regex Instant();

    [GeneratedRegex(@"^[0-9]{1,7}-[0-9]$")]
    private static partial Regex LoincCode();
}
