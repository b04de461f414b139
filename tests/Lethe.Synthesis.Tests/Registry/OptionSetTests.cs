using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Tests.Registry;

public sealed class OptionSetTests
{
    public enum Bounding
    {
        GlobalRange,
        LeafRange,
    }

    public sealed record Sample
    {
        [Description("Number of trees.")]
        [Range(1, 1000)]
        public int Trees { get; init; } = 50;

        [Description("Learning rate.")]
        public double LearningRate { get; init; } = 2e-4;

        [Description("Whether to smooth.")]
        public bool Smooth { get; init; } = true;

        [Description("Column to start with.")]
        public string? First { get; init; }

        [Description("Bounds of leaves.")]
        public Bounding Bounds { get; init; }

        [Description("Layer widths.")]
        [Range(1, 4096)]
        public int[] HiddenLayers { get; init; } = [256, 256];

        [Description("Depth limit.")]
        public int? MaxDepth { get; init; }
    }

    private static Sample Bind(params (string, string)[] texts) => OptionSet<Sample>.Bind(texts.ToDictionary(t => t.Item1, t => t.Item2));

    [Fact]
    public void Describes_names_types_and_defaults_in_order()
    {
        Assert.Equal(
            [
                ("trees", "integer", "50"), ("learning-rate", "number", "0.0002"), ("smooth", "true/false", "true"), ("first", "text", "none"),
                ("bounds", "global-range|leaf-range", "global-range"), ("hidden-layers", "integers", "256,256"), ("max-depth", "integer or none", "none"),
            ],
            OptionSet<Sample>.Describe().Select(o => (o.Name, o.Type, o.Default)));
    }

    [Fact]
    public void Binds_texts_and_keeps_defaults()
    {
        Sample bound = Bind(("trees", "10"), ("learning-rate", "1e-3"), ("smooth", "false"), ("first", "age"), ("bounds", "leaf-range"), ("hidden-layers", "32, 16"), ("max-depth", "4"));
        Assert.Equal((10, 1e-3, false, "age", Bounding.LeafRange, 4), (bound.Trees, bound.LearningRate, bound.Smooth, bound.First, bound.Bounds, bound.MaxDepth));
        Assert.Equal([32, 16], bound.HiddenLayers);
        Assert.Null(Bind(("max-depth", "none")).MaxDepth);
        Assert.Equal(50, Bind().Trees);
        Assert.Equal(OptionSet<Sample>.Texts(bound), OptionSet<Sample>.Texts(OptionSet<Sample>.Bind(OptionSet<Sample>.Texts(bound))));
    }

    [Theory]
    [InlineData("tress", "10", "Did you mean 'trees'?")]
    [InlineData("zzz", "10", "The options are: trees")]
    [InlineData("trees", "ten", "expected integer")]
    [InlineData("trees", "0", "between 1 and 1000")]
    [InlineData("hidden-layers", "16,0", "between 1 and 4096")]
    [InlineData("learning-rate", "1,5", "expected number")]
    [InlineData("learning-rate", "NaN", "expected number")]
    [InlineData("smooth", "yes please", "true/false")]
    [InlineData("bounds", "leaf", "leaf-range")]
    public void Mistakes_are_named(string name, string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<OptionException>(() => Bind((name, text))).Message);

    [Theory]
    [InlineData("MinBICGain", "min-bic-gain")]
    [InlineData("Pac", "pac")]
    [InlineData("LearningRate", "learning-rate")]
    public void Names_are_kebab_case(string property, string option) => Assert.Equal(option, OptionText.Kebab(property));

    [Fact]
    public void Unknown_methods_are_answered_with_the_nearest() =>
        Assert.Contains("Did you mean 'independent'?", Assert.Throws<KeyNotFoundException>(() => Methods.Get("indepedent")).Message);
}
