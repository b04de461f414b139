using Lethe.Data.Problems;

namespace Lethe.Data.Catalogue;

/// <summary>Errors of the catalogue, LD401–LD412.</summary>
internal static class CatalogueErrors
{
    public static DataException UnknownDataset(string id, IEnumerable<string> known) => Make(
        "LD401", $"there is no dataset '{id}' in the catalogue", $"Use one of: {string.Join(", ", known)}. Files of your own are given by path.");

    public static DataException Offline(CatalogueEntry entry, IEnumerable<string> looked) => Make(
        "LD402",
        $"dataset '{entry.Id}' is not on this machine and downloads are switched off (looked for {string.Join(" and ", looked)})",
        entry.File!.Addresses.Count == 0
            ? $"Obtain it from {entry.Homepage} and put it there."
            : $"Allow the download, or fetch {entry.File.Addresses[0].Url} elsewhere and put it there.");

    public static DataException NoAddress(CatalogueEntry entry, IEnumerable<string> looked) => Make(
        "LD406",
        $"dataset '{entry.Id}' is not on this machine and cannot be downloaded: its publisher offers it in another form only (looked for {string.Join(" and ", looked)})",
        $"Obtain it from {entry.Homepage}, or set LETHE_DATA_DIR to the folder that holds '{entry.File!.RelativePath}'.");

    public static DataException Unreachable(CatalogueEntry entry, string target, IReadOnlyList<string> attempts) => Make(
        "LD403",
        $"dataset '{entry.Id}' could not be downloaded: {string.Join("; ", attempts)}",
        $"Check the network; behind a proxy set HTTPS_PROXY. Or fetch it elsewhere and put it at '{target}', or set LETHE_DATA_DIR.");

    public static DataException WrongHash(string file, string expected, string actual) => new(new DataProblem
    {
        Code = "LD405",
        File = file,
        Message = $"the file is not the published one: its SHA-256 is {actual}, expected {expected}",
        Remedy = "Remove it and obtain it again; a copy that was re-saved, re-coded or cut short is another dataset. Use it by its path if that is what you want.",
    });

    public static DataException RuleOnText(TargetRule rule) => Rule(rule, "the column holds free text or identifiers, which cannot be a target", "Name a column of numbers or levels.");

    public static DataException RuleNeedsNumber(TargetRule rule) => Rule(rule, $"the column holds numbers, but '{rule.Positive}' does not compare with one", "Write the condition as, for example, >0 or <=30.");

    public static DataException UnknownLevel(TargetRule rule, string level, IEnumerable<string> levels) =>
        Rule(rule, $"'{level}' is not a level of the column", $"Its levels are: {string.Join(", ", levels)}.");

    public static DataException RuleNeedsOrder(TargetRule rule, IEnumerable<string> levels) =>
        Rule(rule, $"'{rule.Positive}' asks for an order, but the column's levels have none", $"Name the positive levels, separated by |, of: {string.Join(", ", levels)}; or make the column ordinal in the schema.");

    public static DataException OneClass(TargetRule rule, bool allPositive) => new(new DataProblem
    {
        Code = "LD412",
        Column = rule.Column,
        Message = $"{(allPositive ? "every" : "no")} row satisfies '{rule.Positive}', so there is nothing to predict",
        Remedy = "Check the condition against the column's values.",
    });

    private static DataException Rule(TargetRule rule, string message, string remedy) => new(new DataProblem
    {
        Code = "LD411",
        Column = rule.Column,
        Message = message,
        Remedy = remedy,
    });

    private static DataException Make(string code, string message, string remedy) => new(new DataProblem
    {
        Code = code,
        Message = message,
        Remedy = remedy,
    });
}
