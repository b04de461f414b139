using System.Text;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Finds the code of a level by its text. Where all levels are numbers, texts are compared as numbers, so that <c>1</c>
/// and <c>1.0</c> in two files are one level. Not thread-safe.
/// </summary>
internal sealed class LevelLookup
{
    private const int MaxAliases = 10_000;
    private readonly LabelTable _labels = new();
    private readonly Dictionary<double, int>? _byNumber;
    private readonly NumberFormat _numbers;
    private int _aliases;

    /// <summary>A lookup of these levels; numbers are written as <paramref name="numbers"/> says.</summary>
    public LevelLookup(IReadOnlyList<string> levels, NumberFormat numbers)
    {
        _numbers = numbers;
        for (int i = 0; i < levels.Count; i++)
        {
            byte[] label = Encoding.UTF8.GetBytes(levels[i]);
            if (_labels.Find(label) < 0)
                _labels.Alias(label, i);
        }

        _byNumber = ByNumber(levels, numbers);
    }

    /// <summary>The code, or −1 when the text is no level.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        int code = _labels.Find(text);
        if (code >= 0)
            return code;
        if (_byNumber is null || NumberFormat.HasLeadingZero(text) || !_numbers.TryParse(text, out double number, out _) || !_byNumber.TryGetValue(number + 0.0, out code))
            return -1;
        if (_aliases++ < MaxAliases)
            _labels.Alias(text, code);
        return code;
    }

    /// <summary>Adds a level that <see cref="Find"/> did not find.</summary>
    public void Add(ReadOnlySpan<byte> text, int code)
    {
        _labels.Alias(text, code);
        if (_byNumber is not null && _numbers.TryParse(text, out double number, out _))
            _byNumber.TryAdd(number + 0.0, code);
    }

    /// <summary>Codes by numeric value; null when a level is no number, has leading zeros, or shares its value with another.</summary>
    private static Dictionary<double, int>? ByNumber(IReadOnlyList<string> levels, NumberFormat numbers)
    {
        Dictionary<double, int> byNumber = [];
        for (int i = 0; i < levels.Count; i++)
        {
            byte[] label = Encoding.UTF8.GetBytes(levels[i]);
            // The schema's labels may come from a file with another decimal mark, or from a person.
            bool number = numbers.TryParse(label, out double value, out _) || NumberFormat.Invariant.TryParse(label, out value, out _);
            if (!number || NumberFormat.HasLeadingZero(label) || !byNumber.TryAdd(value + 0.0, i))
                return null;
        }

        return byNumber.Count == 0 ? null : byNumber;
    }
}
