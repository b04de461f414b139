using Lethe.Data.Catalogue;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Catalogue;

/// <summary>The built-in entries against the published files, where those are at hand.</summary>
public sealed class DatasetCatalogueTests
{
    [Theory]
    [InlineData("heart-cleveland", 303, 139, 6)]
    [InlineData("heart-hungarian", 294, 106, null)]
    [InlineData("heart-switzerland", 123, 115, null)]
    [InlineData("heart-va", 200, 149, null)]
    [InlineData("ckd", 400, 250, 1012)]
    [InlineData("pbc", 418, 161, null)]
    [InlineData("diabetes-130us", 101_766, 11_357, null)]
    public async Task A_published_file_reads_under_its_schema_with_the_published_counts(string id, int rows, int positive, int? missingCells)
    {
        LoadedDataset loaded = await DatasetCatalogue.Default.LoadAsync(id, Local(), null, TestContext.Current.CancellationToken);
        Assert.Equal(rows, loaded.Table.RowCount);
        Assert.Equal(positive, ((DiscreteColumn)loaded.Table[loaded.Table.Schema.Target!.Name]).Codes.ToArray().Count(c => c == 1));
        if (missingCells is { } expected)
            Assert.Equal(expected, loaded.Table.Columns.Sum(c => c.MissingCount));

        // Nothing unknown, nothing out of the public ranges.
        Assert.DoesNotContain(loaded.Notes, p => p.Severity > Severity.Note && p.Code is not ProblemCodes.AllMissing);
    }

    [Fact]
    public async Task Cleveland_has_the_known_columns_and_a_binary_target()
    {
        Table table = (await DatasetCatalogue.Default.LoadAsync("heart-cleveland", Local(), null, TestContext.Current.CancellationToken)).Table;
        Assert.Equal(
            ["age", "sex", "cp", "trestbps", "chol", "fbs", "restecg", "thalach", "exang", "oldpeak", "slope", "ca", "thal", "num"],
            table.Schema.Columns.Select(c => c.Name));
        Assert.Equal(["0", "1"], table.Schema.Target!.Categories);
        Assert.Equal(ColumnKind.Boolean, table.Schema.Target.Kind);
        Assert.Equal(4, table["ca"].MissingCount);
        Assert.Equal(2, table["thal"].MissingCount);
        Assert.Equal(Origin.Public, table.Schema["chol"].Bounds!.Origin);
        Assert.All(table.Columns.OfType<DiscreteColumn>(), c => Assert.Equal(Origin.Public, c.Schema.CategoriesOrigin));
    }

    [Fact]
    public async Task Cholesterol_of_zero_is_not_measured()
    {
        Assert.Equal(123, (await DatasetCatalogue.Default.LoadAsync("heart-switzerland", Local(), null, TestContext.Current.CancellationToken)).Table["chol"].MissingCount);
        Assert.Equal(49 + 7, (await DatasetCatalogue.Default.LoadAsync("heart-va", Local(), null, TestContext.Current.CancellationToken)).Table["chol"].MissingCount);
    }

    [Fact]
    public async Task Encounters_belong_to_patients_and_None_is_a_level()
    {
        LoadedDataset loaded = await DatasetCatalogue.Default.LoadAsync("diabetes-130us", Local(), null, TestContext.Current.CancellationToken);
        Assert.Equal(71_518, Splits(loaded.Table));
        Assert.Equal(0, loaded.Table["A1Cresult"].MissingCount);
        Assert.Equal(98_569, loaded.Table["weight"].MissingCount);
        Assert.Equal(Origin.Learnt, loaded.Table["diag_1"].Schema.CategoriesOrigin);

        static int Splits(Table t) => Lethe.Data.Splits.Grouping.Of(t).GroupCount;
    }

    [Fact]
    public async Task The_simulated_clinic_needs_no_file()
    {
        CatalogueOptions options = new() { DataFolder = null, CacheFolder = "no-such-folder", Offline = true, SimulatedRows = 250, SimulationSeed = new Seed(7) };
        LoadedDataset loaded = await DatasetCatalogue.Default.LoadAsync("simulated-heart-clinic", options, null, TestContext.Current.CancellationToken);
        Assert.Equal(250, loaded.Table.RowCount);
        Assert.Null(loaded.File);
    }

    [Fact]
    public void Every_entry_is_complete()
    {
        foreach (CatalogueEntry entry in DatasetCatalogue.Default.Entries)
        {
            Assert.NotEmpty(entry.Title);
            Assert.NotEmpty(entry.Citation);
            Assert.NotEmpty(entry.Licence);
            Assert.True(entry.File is not null ^ entry.Simulate is not null, entry.Id);
            Assert.NotNull(entry.Schema.Target);
            Assert.Equal(entry.Id, entry.Schema.Name);
            if (entry.File is { } file)
            {
                Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
                Assert.All(file.Addresses, a => Assert.Equal("https", a.Url.Scheme));
                Assert.StartsWith("https://", entry.Homepage, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void An_unknown_name_lists_what_there_is()
    {
        DataException e = Assert.Throws<DataException>(() => DatasetCatalogue.Default["heart"]);
        Assert.StartsWith("LD401 there is no dataset 'heart' in the catalogue. Use one of: simulated-heart-clinic, heart-cleveland", e.Message, StringComparison.Ordinal);
    }

    private static CatalogueOptions Local() => new() { DataFolder = SharedFolder.Require("data"), Offline = true };
}
