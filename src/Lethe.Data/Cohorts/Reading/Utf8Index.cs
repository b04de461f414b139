using System.Text;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Names to numbers, looked up by UTF-8 bytes without allocating. Remembers the last hit, because files are mostly sorted.
/// </summary>
internal sealed class Utf8Index
{
    private const int MaxStackChars = 256;

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private byte[] _last = [];
    private int _lastValue = -1;

    public Utf8Index() => _bySpan = _index.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryAdd(string name, int value) => _index.TryAdd(name, value);

    public bool TryGet(ReadOnlySpan<byte> utf8, out int value)
    {
        if (_lastValue >= 0 && utf8.SequenceEqual(_last))
        {
            value = _lastValue;
            return true;
        }

        bool found;
        if (utf8.Length <= MaxStackChars)
        {
            Span<char> chars = stackalloc char[MaxStackChars];
            int length = Encoding.UTF8.GetChars(utf8, chars);
            found = _bySpan.TryGetValue(chars[..length], out value);
        }
        else
        {
            found = _index.TryGetValue(Encoding.UTF8.GetString(utf8), out value);
        }

        if (found)
        {
            _last = utf8.Length == _last.Length ? CopyInto(_last, utf8) : utf8.ToArray();
            _lastValue = value;
        }

        return found;
    }

    private static byte[] CopyInto(byte[] target, ReadOnlySpan<byte> source)
    {
        source.CopyTo(target);
        return target;
    }
}
