using Lethe.Data.Concepts;
using Lethe.Data.Rows;

namespace Lethe.Data.Tests.Cohorts;

public sealed class ConceptMapTests
{
    [Fact]
    public void Every_map_leads_to_known_concepts_in_convertible_units()
    {
        foreach (string name in ConceptMap.Names)
            Assert.NotEmpty(ConceptMap.Load(name).Channels);
    }

    [Theory]
    [InlineData("mimic-iv", "data/mimic-iv-demo-2.2", "d_items", "d_labitems")]
    [InlineData("mimic-iii", "data/mimic-iii-demo-1.4", "d_items", "d_labitems")]
    public void Every_item_stands_in_the_database_dictionary_under_the_label_of_the_map(string map, string folder, params string[] dictionaries)
    {
        CsvFolderSource source = new(SharedFolder.Require(folder));
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        foreach (string dictionary in dictionaries)
        {
            using RowReader rows = source.Open(dictionary, "itemid", "label");
            while (rows.Read())
                labels[rows.Text(0)!] = rows.Text(1) ?? "";
        }

        foreach (ConceptSource s in ConceptMap.Load(map).Sources.Where(s => s.Source != "gcs_total"))
        {
            Assert.True(labels.TryGetValue(s.Source, out string? label), $"{map}: there is no item {s.Source}");
            Assert.Equal(label!.Replace(',', ';'), s.Label);
        }
    }

    [Fact]
    public void Laboratory_items_are_of_blood()
    {
        using RowReader rows = new CsvFolderSource(SharedFolder.Require("data/mimic-iv-demo-2.2")).Open("d_labitems", "itemid", "fluid");
        ConceptMap map = ConceptMap.Load("mimic-iv");
        int seen = 0;
        while (rows.Read())
        {
            if (map.Find(rows.Text(0)!) is null)
                continue;
            seen++;
            Assert.Equal("Blood", rows.Text(1));
        }

        Assert.True(seen > 50);
    }

    [Fact]
    public void Every_eicu_laboratory_name_occurs_in_the_demo()
    {
        using RowReader rows = new CsvFolderSource(SharedFolder.Require("data/eicu-demo-2.0")).Open("lab.subset-174-stays", "labname");
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        while (rows.Read())
            names.Add("lab." + rows.Text(0));
        Assert.All(ConceptMap.Load("eicu").Sources.Where(s => s.Source.StartsWith("lab.", StringComparison.Ordinal)), s => Assert.Contains(s.Source, names));
    }

    [Theory]
    [InlineData("K/MM3", "10*3/uL")]
    [InlineData("mm Hg", "mm[Hg]")]
    [InlineData("Deg. F", "[degF]")]
    [InlineData("?F", "[degF]")]
    [InlineData("GM/DL", "g/dL")]
    [InlineData("furlongs", null)]
    public void Units_are_known_by_their_spellings(string spelling, string? unit) => Assert.Equal(unit, ConceptUnits.Find(spelling));

    // Reference values: 1 mmol/L of glucose is 18.016 mg/dL, 88.4 µmol/L of creatinine 1 mg/dL, 7 mmol/L of urea nitrogen 19.6 mg/dL.
    [Theory]
    [InlineData("temperature", "[degF]", 98.6, 37.0, 0.001)]
    [InlineData("temperature", "Cel", 37.0, 37.0, 0)]
    [InlineData("weight", "[lb_av]", 220.462, 100.0, 0.001)]
    [InlineData("creatinine", "umol/L", 88.4, 1.0, 0.001)]
    [InlineData("glucose", "mmol/L", 5.0, 90.08, 0.01)]
    [InlineData("bun", "mmol/L", 7.0, 19.61, 0.01)]
    [InlineData("bilirubin_total", "umol/L", 17.1, 1.0, 0.001)]
    [InlineData("calcium_ionised", "mg/dL", 4.8, 1.198, 0.001)]
    [InlineData("calcium", "mmol/L", 2.5, 10.02, 0.01)]
    [InlineData("magnesium", "meq/L", 2.0, 2.43, 0.01)]
    [InlineData("phosphate", "mmol/L", 1.0, 3.097, 0.001)]
    [InlineData("paco2", "kPa", 5.333, 40.0, 0.01)]
    [InlineData("hemoglobin", "mmol/L", 8.7, 14.02, 0.01)]
    public void Conversions_meet_their_reference_values(string concept, string unit, double reading, double expected, double tolerance) =>
        Assert.Equal(expected, ConceptUnits.To(concept, unit)!.Apply(reading), tolerance);

    [Fact]
    public void What_the_tables_do_not_say_is_not_converted() => Assert.Null(ConceptUnits.To("creatinine", "mm[Hg]"));
}
