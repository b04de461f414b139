using System.Buffers.Binary;
using System.IO.Compression;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Decompresses gzip and notices when the file was cut off, which the library takes for the end: the last four bytes of
/// a whole file are the length of its text modulo 2³² (RFC 1952). Not thread-safe.
/// </summary>
internal sealed class WholeGzipStream(Func<Stream> open) : Stream
{
    private readonly GZipStream _inner = new(open(), CompressionMode.Decompress);
    private ulong _length;
    private bool _checked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _inner.Read(buffer);
        _length += (uint)read;
        if (read == 0 && buffer.Length > 0 && !_checked)
        {
            _checked = true;
            CheckEnd();
        }

        return read;
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
            _inner.Dispose();
        base.Dispose(disposing);
    }

    private void CheckEnd()
    {
        using Stream file = open();
        Span<byte> end = stackalloc byte[4];
        if (file.Length >= 18)
        {
            file.Position = file.Length - 4;
            file.ReadExactly(end);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == (_length & uint.MaxValue))
                return;
        }

        // Files of several gzip members end in the length of the last one only.
        if (!HasLaterMember(file))
            throw new InvalidDataException("The gzip file is cut off.");
    }

    private static bool HasLaterMember(Stream file)
    {
        file.Position = 10;
        byte[] block = new byte[1 << 16];
        int kept = 0, read;
        while ((read = file.Read(block, kept, block.Length - kept)) > 0)
        {
            int length = kept + read;
            if (block.AsSpan(0, length).IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0)
                return true;
            kept = Math.Min(2, length);
            block.AsSpan(length - kept, kept).CopyTo(block);
        }

        return false;
    }
}
