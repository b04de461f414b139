using System.IO.Compression;
using System.Text;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Tests.Contracts;

namespace Lethe.Synthesis.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lethe-model-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_saved_model_can_be_inspected_and_loaded_and_leaves_nothing_beside_it()
    {
        string path = Path.Combine(_folder, "model" + ModelFile.Extension);
        FittedTableSynthesizer model = Contract.Fitted("independent");
        ModelFile.Save(model, path);
        ModelFile.Save(model, path);
        Assert.Equal([path], Directory.GetFiles(_folder));
        ModelSummary summary = ModelFile.Inspect(path);
        Assert.Equal("independent", summary.Method.Name);
        Assert.Equal(model.Schema.Columns.Select(c => c.Name), summary.Schema.Columns.Select(c => c.Name));
        Assert.Equal(model.Claim.Sentence, summary.Claim);
        Assert.Contains(summary.Arrays, a => a.ElementType == "Double" && a.Shape.Count == 1);
        Contract.AssertEqual(model.SampleTable(10, new Seed(1)), ((FittedTableSynthesizer)ModelFile.Load(path)).SampleTable(10, new Seed(1)));
    }

    [Fact]
    public void A_control_that_holds_patients_has_no_file()
    {
        string path = Path.Combine(_folder, "copy.lethe");
        FittedTableSynthesizer copy = Contract.Fitted("copy");
        Assert.False(copy.CanSave);
        Assert.Throws<SynthesisException>(() => ModelFile.Save(copy, path));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Files_that_are_no_models_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream()));
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream(Encoding.UTF8.GetBytes("age,sex\n63,1\n"))));
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(Zip(CompressionLevel.NoCompression, ("model.json", "{}"))));
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(Zip(CompressionLevel.NoCompression, ("model.json", "{}"), ("model.json", "{}"), ("schema.json", "{}"), ("privacy.json", "{}"))));
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 99", "format 99")]
    [InlineData("\"method\": \"independent\"", "\"method\": \"oracle\"", "oracle")]
    [InlineData("\"state\"", "\"status\"", "state")]
    [InlineData("\"format\": 1", "\"format\": 1, \"format\": 1", "JSON")]
    public void Headers_of_another_kind_are_refused_by_name(string from, string to, string expected)
    {
        Dictionary<string, byte[]> parts = ModelArchive.Read(new MemoryStream(Contract.Bytes(Contract.Fitted("independent"))));
        parts[ModelArchive.Model] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(parts[ModelArchive.Model]).Replace(from, to));
        using MemoryStream file = new();
        ModelArchive.Write(file, parts);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => ModelFile.Read(file)).Message);
    }

    [Fact]
    public void A_claim_that_this_build_does_not_know_is_refused()
    {
        Dictionary<string, byte[]> parts = ModelArchive.Read(new MemoryStream(Contract.Bytes(Contract.Fitted("independent"))));
        parts[ModelArchive.Privacy] = Encoding.UTF8.GetBytes("""{"kind":"certified","sentence":"trust me"}""");
        using MemoryStream file = new();
        ModelArchive.Write(file, parts);
        Assert.Contains("certified", Assert.Throws<InvalidDataException>(() => ModelFile.Read(file)).Message);
    }

    [Fact]
    public void A_part_that_unpacks_to_more_than_it_is_has_no_chance()
    {
        string zeros = new('0', 50_000_000);
        using MemoryStream bomb = Zip(CompressionLevel.Optimal, ("model.json", zeros), ("privacy.json", "{}"), ("schema.json", "{}"), ("weights.safetensors", "x"));
        Assert.True(bomb.Length < 100_000);
        Assert.Contains("compressed", Assert.Throws<InvalidDataException>(() => ModelFile.Read(bomb)).Message);
    }

    private static MemoryStream Zip(CompressionLevel level, params (string Name, string Text)[] parts)
    {
        MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in parts)
            {
                using Stream part = zip.CreateEntry(name, level).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        stream.Position = 0;
        return stream;
    }
}
