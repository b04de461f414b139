namespace Lethe.Data.Tables.Reading;

/// <summary>Turns <c>\"</c> into <c>""</c> and <c>\\</c> into <c>\</c> while reading, so that a parser of doubled quotes reads files that escape them. Not thread-safe.</summary>
internal sealed class BackslashQuoteStream(Stream inner, byte quote) : Stream
{
    private readonly byte[] _input = new byte[1 << 15];
    private int _position, _length;
    private int _pending = -1; // second byte of a doubled quote for which the caller's buffer had no room

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int written = 0;
        while (written < buffer.Length)
        {
            if (_pending >= 0)
            {
                buffer[written++] = (byte)_pending;
                _pending = -1;
                continue;
            }

            int b = Next();
            if (b < 0)
                break;
            if (b == '\\')
            {
                int escaped = Peek();
                if (escaped == quote || escaped == '\\')
                {
                    Next();
                    b = escaped;
                    if (escaped == quote)
                        _pending = quote;
                }
            }

            buffer[written++] = (byte)b;
        }

        return written;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Next()
    {
        int b = Peek();
        if (b >= 0)
            _position++;
        return b;
    }

    private int Peek()
    {
        if (_position == _length)
        {
            _length = inner.Read(_input);
            _position = 0;
        }

        return _position < _length ? _input[_position] : -1;
    }
}
