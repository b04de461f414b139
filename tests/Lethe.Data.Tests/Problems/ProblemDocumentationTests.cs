using System.Reflection;
using System.Text.RegularExpressions;
using Lethe.Data.Problems;

namespace Lethe.Data.Tests.Problems;

public sealed partial class ProblemDocumentationTests
{
    private static IEnumerable<string> Codes => typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

    [Fact]
    public void EveryCodeIsDocumentedAndEveryDocumentedCodeExists()
    {
        string page = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "data-problems.md"));
        IEnumerable<string> used = Directory.EnumerateFiles(Path.Combine(SharedFolder.RepositoryRoot, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Literal().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Distinct();
        Assert.Equal(used.Order(StringComparer.Ordinal), Row().Matches(page).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void NoCodeMeansTwoThings() => Assert.Equal(Codes.Count(), Codes.Distinct().Count());

    [Theory]
    [InlineData("categroies", "categories")]
    [InlineData("Missing-Tokens", "missing_tokens")]
    [InlineData("dateformat", "date_format")]
    [InlineData("xyzzy", null)]
    public void SpellingIsGuessed(string word, string? meant) =>
        Assert.Equal(meant, Spelling.Nearest(word, ["name", "kind", "categories", "missing_tokens", "date_format"]));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("role", "rolle", 1)]
    public void DistanceCountsEdits(string a, string b, int edits)
    {
        Assert.Equal(edits, Spelling.Distance(a, b));
        Assert.Equal(edits, Spelling.Distance(b, a));
    }

    [GeneratedRegex(@"^\| (LD\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("\"(LD\\d{3})\"")]
    private static partial Regex Literal();
}
