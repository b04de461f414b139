using System.Globalization;
using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas.Inference;

/// <summary>
/// Decides what a column is from its profile. The rule: text is categorical; numbers with at most ten distinct values are
/// levels (ascending; 0/1 boolean); whole numbers are integers; the rest is continuous. Dates, identifiers, free text and
/// measurements with units or inequality signs are told first. Everything decided is noted with its reason.
/// </summary>
internal sealed class ColumnInference
{
    /// <summary>Numbers with at most so many distinct values are levels.</summary>
    public const int MaxNumericLevels = 10;

    /// <summary>Text with more distinct values than this, most of them rare, is free text.</summary>
    public const int MaxTextLevels = 50;

    /// <summary>More levels than this are worth a warning.</summary>
    public const int ManyLevels = 1000;

    private const double LargestExactInteger = 9007199254740992; // 2^53

    private readonly ColumnProfile _profile;
    private readonly NumberFormat _numbers;
    private readonly List<DataProblem> _notes;
    private readonly List<string> _missing;

    private ColumnInference(ColumnProfile profile, NumberFormat numbers, List<DataProblem> notes)
    {
        _profile = profile;
        _numbers = numbers;
        _notes = notes;
        _missing = [.. profile.Tokens.Where((_, i) => profile.TokenCount(i) > 0)];
        Hints = new NameHints(profile.Name);
    }

    private NameHints Hints { get; }

    /// <summary>The column's schema, roles still open; notes are added to <paramref name="notes"/>.</summary>
    public static ColumnSchema Decide(ColumnProfile profile, NumberFormat numbers, List<DataProblem> notes)
    {
        ColumnInference inference = new(profile, numbers, notes);
        ColumnSchema column = inference.Kind();
        inference.NoteMissing();
        return column with { MissingTokens = inference._missing };
    }

    private ColumnSchema Kind()
    {
        ColumnProfile p = _profile;
        long values = p.Filled - p.WeakTotal, measured = values - p.Numbers - p.Others;
        if (p.Filled == 0)
        {
            Note(ProblemCodes.AllMissing, Severity.Warning, "every cell is missing, so the column is kept as text and not modelled", "Remove the column, or check the export");
            return Column(ColumnKind.Text);
        }

        if (values > 0 && p.Others == 0 && p.LeadingZeros == 0 && p.Dates.Read == values)
            return Date();
        if (values > 0 && p.Others == 0 && p.LeadingZeros > 0)
            Note(ProblemCodes.LeadingZeros, Severity.Note, "whole numbers with leading zeros were taken for codes, not quantities", "Set the kind to integer if they are quantities");
        else if (values > 0 && p.Others == 0 && p.UnitCounts.Count > 1)
            Note(ProblemCodes.MixedUnits, Severity.Warning, $"numbers come with {p.UnitCounts.Count} different units ({string.Join(", ", p.UnitCounts.Keys)}), so the column was read as text", "Convert the values to one unit");
        else if (values > 0 && p.Others == 0 && 2 * p.Inequalities <= values)
            return Numeric();
        else if (values > 0 && p.Dates.Read == values)
            return Date();
        return Text(values, measured);
    }

    private ColumnSchema Numeric()
    {
        ColumnProfile p = _profile;
        TakeWeakTokens();
        if (p.Decimals == 0 && Math.Max(Math.Abs(p.Min), Math.Abs(p.Max)) > LargestExactInteger)
        {
            Note(ProblemCodes.DigitsBeyondDouble, Severity.Note, "whole numbers have more digits than arithmetic keeps, so they were taken for identifiers", "Leave it so unless they are quantities");
            return Column(ColumnKind.Text);
        }

        if (p.UnitCounts.Count == 0 && DistinctNumbers() is (double Value, string Label)[] levels)
            return NumericLevels(levels);

        int decimals = Math.Min(15, p.Decimals);
        double lower = p.Min, upper = p.Max;
        if (p.Inequalities > 0)
        {
            lower = Math.Min(lower, double.IsFinite(p.LowestBelow) ? MeasuredText.Resolve(Relation.Below, p.LowestBelow, decimals) : lower);
            upper = Math.Max(upper, double.IsFinite(p.HighestAbove) ? MeasuredText.Resolve(Relation.Above, p.HighestAbove, decimals) : upper);
            Note(ProblemCodes.InequalityRead, Severity.Warning, $"{Count(p.Inequalities)} cells are inequalities (such as >89); each was read as the nearest recordable value beyond its bound", "If these mean something else, recode them in the file");
        }

        if (p.UnitCounts.Count == 1)
            Note(ProblemCodes.UnitRemoved, Severity.Note, $"{Count(p.UnitCounts.Values.Sum())} cells name the unit {p.UnitCounts.Keys.Single()}, which was moved to the schema", "Check that cells without a unit are in the same one");
        Sentinels(decimals);
        if (Hints.IsDate && p.Decimals <= 5 && p.PlainMin is > 18_000 and < 80_000 && p.PlainMax < 80_000)
            Note(ProblemCodes.ExcelSerial, Severity.Warning, "the numbers may be dates as spreadsheets store them", "If so, set the kind to datetime and date_format to excel");
        return Column(decimals == 0 ? ColumnKind.Integer : ColumnKind.Continuous) with
        {
            Bounds = new Bounds(lower, upper),
            Decimals = decimals,
            Step = p.Step.Find(decimals),
            Unit = p.UnitCounts.Count == 1 ? p.UnitCounts.Keys.Single() : null,
        };
    }

    private ColumnSchema NumericLevels((double Value, string Label)[] levels)
    {
        int decimals = Math.Min(15, _profile.Decimals);
        bool boolean = levels.Length == 2 && levels[0].Value == 0 && levels[1].Value == 1 && _profile.Inequalities == 0;
        if (levels.Length == 1)
            NoteConstant();
        else if (!boolean)
            Note(ProblemCodes.NumericLevels, Severity.Note, $"there are only {levels.Length} distinct numbers, which were taken for ordered levels", "Set the kind to integer or continuous if they are quantities, to categorical if they have no order");
        Sentinels(decimals);
        return Column(boolean ? ColumnKind.Boolean : ColumnKind.Ordinal) with { Categories = [.. levels.Select(l => l.Label)], Decimals = decimals };
    }

    /// <summary>Distinct numbers ascending, each with its first spelling, <c>&gt;2</c> behind 2; null when there are more than a few.</summary>
    private (double Value, string Label)[]? DistinctNumbers()
    {
        LabelTable? labels = _profile.Levels;
        if (labels is null)
            return null;
        SortedDictionary<(double Value, Relation Side), string> distinct = new(Comparer<(double Value, Relation Side)>.Create(
            (a, b) => a.Value != b.Value ? a.Value.CompareTo(b.Value) : Place(a.Side).CompareTo(Place(b.Side))));
        for (int i = 0; i < labels.Count && distinct.Count <= MaxNumericLevels; i++)
        {
            ReadOnlySpan<byte> text = labels.Bytes(i);
            Relation side = MeasuredText.SplitRelation(ref text);
            if (_numbers.TryParse(text, out double value, out _))
                distinct.TryAdd((value + 0.0, side), labels[i]); // −0 joins 0
        }

        return distinct.Count <= MaxNumericLevels ? [.. distinct.Select(d => (d.Key.Value, d.Value))] : null;

        static int Place(Relation side) => side switch
        {
            Relation.Below => -2,
            Relation.AtMost => -1,
            Relation.AtLeast => 1,
            Relation.Above => 2,
            _ => 0,
        };
    }

    private ColumnSchema Date()
    {
        TakeWeakTokens();
        (string format, double min, double max) = DateFormatChoice.Choose(_profile.Dates, Note);
        return Column(ColumnKind.DateTime) with { DateFormat = format, Bounds = new Bounds(min, max) };
    }

    private ColumnSchema Text(long values, long measured)
    {
        ColumnProfile p = _profile;
        if (p.Others > 0 && p.OddTexts.Sum(o => o.Count) == p.Others && p.Numbers + measured >= 9 * p.Others && p.LeadingZeros == 0)
        {
            _notes.Add(new DataProblem
            {
                Code = ProblemCodes.NearlyNumeric,
                Severity = Severity.Warning,
                Column = p.Name,
                Line = p.OddTexts[0].Line,
                Message = $"the column would be numeric but for {Count(p.Others)} of {Count(values)} cells ({p.OddTexts.Count} different texts, first on this line)",
                Value = string.Join("', '", p.OddTexts.Select(o => o.Text)),
                Remedy = "If these mean missing, name them as missing tokens",
            });
        }

        LabelTable? levels = p.Levels;
        bool mostlyRare = levels is null || (levels.Count > MaxTextLevels && (2L * levels.Count > p.Filled || p.TextBytes > 40 * p.Filled));
        if (mostlyRare)
        {
            Note(ProblemCodes.FreeText, Severity.Note, $"{(p.Distinct is long d ? Count(d) : "very many")} different texts in {Count(p.Filled)} cells were taken for free text or identifiers, which are not modelled", "Set the kind to categorical if they are levels");
            return Column(ColumnKind.Text);
        }

        return Levels(levels!);
    }

    private ColumnSchema Levels(LabelTable labels)
    {
        string[] levels = new string[labels.Count];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = labels[i];
        if (levels.Contains("None", StringComparer.OrdinalIgnoreCase))
            Note(ProblemCodes.NoneIsLevel, Severity.Note, "the word None was kept as a level, since it often is an answer", "Name it as a missing token if it means missing");
        if (levels.Length > ManyLevels)
            Note(ProblemCodes.ManyLevels, Severity.Warning, $"there are {Count(levels.Length)} levels, more than models can learn", "Group rare levels, or give the column the role identifier");
        string[] alike = [.. levels.GroupBy(Plain).Where(g => g.Count() > 1).SelectMany(g => g)];
        if (alike.Length > 0 && levels.Length <= ManyLevels)
        {
            _notes.Add(new DataProblem
            {
                Code = ProblemCodes.LevelsAlike,
                Severity = Severity.Warning,
                Column = _profile.Name,
                Message = $"{alike.Length} levels differ only in capitals, blanks or marks",
                Value = string.Join("', '", alike.Take(10)),
                Remedy = "Give them one spelling if they mean the same",
            });
        }

        if (levels.Length == 1)
            NoteConstant();
        if (BooleanWords.Order(levels) is string[] pair)
            return Column(ColumnKind.Boolean) with { Categories = pair };
        return Column(ColumnKind.Categorical) with { Categories = levels };
    }

    private void Sentinels(int decimals)
    {
        ColumnProfile p = _profile;
        if (!double.IsFinite(p.PlainMin))
            return;
        for (int i = 0; i < ColumnProfile.SentinelCodes.Length; i++)
        {
            double code = ColumnProfile.SentinelCodes[i];
            bool apart = code < 0 ? p.PlainMin >= 0 && code <= -Math.Pow(10, -decimals) : p.PlainMax < code / 2;
            if (p.SentinelCounts[i] == 0 || !apart)
                continue;
            string text = code.ToString(CultureInfo.InvariantCulture);
            Note(ProblemCodes.Sentinel, Severity.Warning, $"{text} stands apart from the other values ({Count(p.SentinelCounts[i])} cells) and may mean missing; it was read as a number", $"Add '{text}' to the column's missing tokens if so");
        }

        // Blood pressure or cholesterol of 0: a gap between zero and everything else that no count or score would have.
        if (p.Zeros > 0 && p.PlainMin > 0.1 * p.PlainMax && p.PlainMin >= 10 * Math.Pow(10, -decimals) && (p.Distinct ?? long.MaxValue) > MaxNumericLevels)
            Note(ProblemCodes.ZeroAsMissing, Severity.Warning, $"0 stands far below the other values ({Count(p.Zeros)} cells) and may mean not measured; it was read as a number", "Add '0' to the column's missing tokens if so");
    }

    private void NoteMissing()
    {
        ColumnProfile p = _profile;
        long tokens = _missing.Sum(t => p.Tokens.Contains(t) ? p.TokenCount(p.Tokens.ToList().IndexOf(t)) : p.WeakTotal);
        if (_missing.Count > 0)
            Note(ProblemCodes.MissingTokens, Severity.Note, $"{string.Join(" and ", _missing.Select(t => $"'{t}'"))} was read as missing ({Count(tokens)} cells, besides {Count(p.Empty)} empty ones)", "Remove it from the column's missing tokens if it is a value");
    }

    private void NoteConstant() => Note(ProblemCodes.Constant, Severity.Warning, "the column has the same value in every row", "It teaches a model nothing; it is kept and written back");

    private void TakeWeakTokens()
    {
        LabelTable? labels = _profile.Levels;
        if (_profile.WeakTotal == 0)
            return;
        _missing.AddRange(MissingTokens.Weak.Where(t => labels is null || labels.Find(Encoding.UTF8.GetBytes(t)) >= 0));
    }

    private ColumnSchema Column(ColumnKind kind) => new() { Name = _profile.Name, Kind = kind };

    private void Note(string code, Severity severity, string message, string remedy) => _notes.Add(new DataProblem
    {
        Code = code,
        Severity = severity,
        Column = _profile.Name,
        Message = message,
        Remedy = remedy,
    });

    private static string Plain(string level) => string.Concat(level.Where(char.IsLetterOrDigit)).ToUpperInvariant() is { Length: > 0 } plain ? plain : level;

    private static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
