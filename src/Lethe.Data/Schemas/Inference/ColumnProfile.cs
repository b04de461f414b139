using System.Text;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas.Inference;

/// <summary>
/// What one pass over a column remembers of it: counts, range, decimals, levels, tokens, shapes of dates. Memory is
/// bounded whatever the column holds: levels are kept up to a limit, beyond it only their 64-bit hashes. Not thread-safe.
/// </summary>
internal sealed class ColumnProfile
{
    private const int MaxLevels = 50_000;
    private const int MaxLevelBytes = 4 << 20;
    private const int MaxOddTexts = 6;

    // So many numbers with decimals and nothing else are measurements; following their levels further would only cost.
    private const int PlainlyMeasuredRows = 20_000;
    private const int PlainlyMeasuredLevels = 1_000;

    /// <summary>Numbers that stand for "missing" in many code books.</summary>
    public static readonly double[] SentinelCodes = [-1, -7, -8, -9, -77, -88, -99, -777, -888, -999, -7777, -8888, -9999, -99999, 88, 99, 777, 888, 999, 7777, 8888, 9999, 99999, 999999];

    private readonly NumberFormat _numbers;
    private readonly byte[][] _extraTokens;
    private readonly long[] _tokenCounts;
    private readonly List<long> _levelCounts = [];
    private LabelTable? _levels = new();
    private readonly LabelTable _odd = new();
    private DistinctHashes? _hashes;

    /// <summary>Starts an empty profile.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="numbers">How numbers are written.</param>
    /// <param name="extraTokens">Texts that mean "missing" besides those known everywhere.</param>
    public ColumnProfile(string name, NumberFormat numbers, IReadOnlyList<string> extraTokens)
    {
        Name = name;
        _numbers = numbers;
        _extraTokens = [.. extraTokens.Where(t => t.Length > 0 && !MissingTokens.Strong.Contains(t)).Select(Encoding.UTF8.GetBytes)];
        Tokens = [.. MissingTokens.Strong, .. _extraTokens.Select(Encoding.UTF8.GetString)];
        _tokenCounts = new long[Tokens.Count];
    }

    public string Name { get; }

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Empty cells.</summary>
    public long Empty { get; private set; }

    /// <summary>Texts that mean "missing" in any column, in the order of <see cref="TokenCount"/>.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>Cells that are one of <see cref="Tokens"/>.</summary>
    public long TokenTotal { get; private set; }

    /// <summary>Cells that are one of the weak tokens.</summary>
    public long WeakTotal { get; private set; }

    /// <summary>Cells that hold something: neither empty nor a strong token.</summary>
    public long Filled => Rows - Empty - TokenTotal;

    /// <summary>Cells that are plain numbers.</summary>
    public long Numbers { get; private set; }

    /// <summary>Cells such as <c>&gt;89</c>.</summary>
    public long Inequalities { get; private set; }

    /// <summary>Lowest bound b among cells <c>&lt;b</c>; infinite when there are none.</summary>
    public double LowestBelow { get; private set; } = double.PositiveInfinity;

    /// <summary>Highest bound b among cells <c>&gt;b</c>; infinite when there are none.</summary>
    public double HighestAbove { get; private set; } = double.NegativeInfinity;

    /// <summary>Cells that are a number and a known unit, by UCUM code.</summary>
    public Dictionary<string, long> UnitCounts { get; } = [];

    /// <summary>Whole numbers written with leading zeros.</summary>
    public long LeadingZeros { get; private set; }

    /// <summary>Cells that are no number of any kind and no weak token.</summary>
    public long Others { get; private set; }

    /// <summary>The first few distinct texts that are no number, with the line of each.</summary>
    public List<(string Text, long Line, long Count)> OddTexts { get; } = [];

    /// <summary>Smallest number.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest number.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Smallest number that is neither zero nor a sentinel code.</summary>
    public double PlainMin { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest number that is neither zero nor a sentinel code.</summary>
    public double PlainMax { get; private set; } = double.NegativeInfinity;

    /// <summary>Cells that are exactly zero.</summary>
    public long Zeros { get; private set; }

    /// <summary>Occurrences of each of <see cref="SentinelCodes"/>.</summary>
    public long[] SentinelCounts { get; } = new long[SentinelCodes.Length];

    /// <summary>Decimals that reproduce every number, not capped.</summary>
    public int Decimals { get; private set; }

    /// <summary>What all numbers are multiples of.</summary>
    public StepFinder Step { get; } = new();

    /// <summary>Formats that dates in the column are written in.</summary>
    public DateProfile Dates { get; } = new();

    /// <summary>True while each whole number was one more than the one in the row before.</summary>
    public bool Consecutive { get; private set; } = true;

    /// <summary>Bytes of all filled cells together.</summary>
    public long TextBytes { get; private set; }

    /// <summary>What cells look like when they are direct identifiers.</summary>
    public IdentifierShapes Shapes { get; } = new();

    private double _previous = double.NaN;

    /// <summary>Levels in order of first appearance, weak tokens included; null when there are too many to keep.</summary>
    public LabelTable? Levels => _levels;

    /// <summary>Occurrences of a level.</summary>
    public long LevelCount(int level) => _levelCounts[level];

    /// <summary>Occurrences of a token.</summary>
    public long TokenCount(int token) => _tokenCounts[token];

    /// <summary>Number of distinct filled cells as text; null when the column is too varied for that to have been counted.</summary>
    public long? Distinct => _levels?.Count ?? _hashes?.Count;

    /// <summary>Takes in the next cell.</summary>
    public void Add(ReadOnlySpan<byte> cell, long line)
    {
        Rows++;
        if (cell.IsEmpty)
        {
            Empty++;
            return;
        }

        int token = TokenIndex(cell);
        if (token >= 0)
        {
            _tokenCounts[token]++;
            TokenTotal++;
            return;
        }

        AddLevel(cell);
        TextBytes += cell.Length;
        if (_numbers.TryParse(cell, out double value, out int decimals))
        {
            Numbers++;
            if (NumberFormat.HasLeadingZero(cell))
                LeadingZeros++;
            AddNumber(value, decimals);
            if (cell.Length == 8 && value >= 1e7)
                Dates.Add(cell, line);
            Shapes.Add(cell);
        }
        else if (MissingTokens.WeakIndex(cell) >= 0)
        {
            WeakTotal++;
        }
        else if (!TryMeasured(cell))
        {
            Others++;
            AddOdd(cell, line);
            Dates.Add(cell, line);
            Shapes.Add(cell);
        }
    }

    private int TokenIndex(ReadOnlySpan<byte> cell)
    {
        int index = MissingTokens.StrongIndex(cell);
        for (int i = 0; index < 0 && i < _extraTokens.Length; i++)
        {
            if (cell.SequenceEqual(_extraTokens[i]))
                index = MissingTokens.Strong.Count + i;
        }

        return index;
    }

    private bool TryMeasured(ReadOnlySpan<byte> cell)
    {
        ReadOnlySpan<byte> rest = NumberFormat.Trim(cell);
        Relation relation = MeasuredText.SplitRelation(ref rest);
        bool hasUnit = MeasuredText.TrySplitUnit(ref rest, out string unit);
        if ((relation == Relation.None && !hasUnit) || !_numbers.TryParse(rest, out double value, out int decimals))
            return false;
        if (relation != Relation.None)
            Inequalities++;
        if (relation == Relation.Below)
            LowestBelow = Math.Min(LowestBelow, value);
        else if (relation == Relation.Above)
            HighestAbove = Math.Max(HighestAbove, value);
        if (hasUnit)
            UnitCounts[unit] = UnitCounts.GetValueOrDefault(unit) + 1;
        AddNumber(value, decimals);
        return true;
    }

    private void AddNumber(double value, int decimals)
    {
        Consecutive &= double.IsNaN(_previous) || value == _previous + 1;
        _previous = value;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        Decimals = Math.Max(Decimals, decimals);
        Step.Add(value, decimals);
        int sentinel = Array.IndexOf(SentinelCodes, value);
        if (value == 0)
        {
            Zeros++;
        }
        else if (sentinel >= 0)
        {
            SentinelCounts[sentinel]++;
        }
        else
        {
            PlainMin = Math.Min(PlainMin, value);
            PlainMax = Math.Max(PlainMax, value);
        }
    }

    private void AddOdd(ReadOnlySpan<byte> cell, long line)
    {
        int known = _odd.Find(cell);
        if (known >= 0)
        {
            OddTexts[known] = OddTexts[known] with { Count = OddTexts[known].Count + 1 };
        }
        else if (OddTexts.Count < MaxOddTexts)
        {
            _odd.Alias(cell, OddTexts.Count);
            OddTexts.Add((Encoding.UTF8.GetString(cell), line, 1));
        }
    }

    private void AddLevel(ReadOnlySpan<byte> cell)
    {
        if (_levels is not null)
        {
            int code = _levels.FindOrAdd(cell);
            if (code == _levelCounts.Count)
                _levelCounts.Add(0);
            _levelCounts[code]++;
            if (_levels.Count > MaxLevels || _levels.ByteCount > MaxLevelBytes)
                ForgetLevels();
            else if (_levels.Count > PlainlyMeasuredLevels && Numbers > PlainlyMeasuredRows && Decimals > 0 && Others == 0)
                (_levels, _hashes) = (null, null);
        }
        else if (_hashes is not null)
        {
            // Measurements with decimals are not identifiers: what is unique among them says nothing.
            _hashes.Add(LabelTable.Hash(cell));
            if (_hashes.IsFull || (Decimals > 0 && Others == 0))
                _hashes = null;
        }
    }

    private void ForgetLevels()
    {
        _hashes = new DistinctHashes();
        for (int i = 0; i < _levels!.Count; i++)
            _hashes.Add(_levels.HashAt(i));
        _levels = null;
        _levelCounts.Clear();
        _levelCounts.TrimExcess();
    }
}
