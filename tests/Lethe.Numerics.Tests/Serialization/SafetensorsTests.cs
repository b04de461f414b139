using System.Buffers.Binary;
using System.Text;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Serialization;
using Xunit;

namespace Lethe.Numerics.Tests.Serialization;

public sealed class SafetensorsTests
{
    [Fact]
    public void Every_type_and_shape_comes_back()
    {
        NamedArray[] arrays =
        [
            NamedArray.Create("weight", [2, 3], [1f, -2f, float.Epsilon, float.MaxValue, float.NaN, -0f]),
            NamedArray.Create("scalar", [], [Math.PI]),
            NamedArray.Create("codes", [4], [int.MinValue, -1, 0, int.MaxValue]),
            NamedArray.Create("state", [1, 2], [long.MinValue, long.MaxValue]),
            NamedArray.Create("mask", [3], new byte[] { 0, 1, 255 }),
            NamedArray.Create("empty", [0, 5], Array.Empty<float>()),
        ];
        SafetensorsFile file = RoundTrip(arrays, new Dictionary<string, string> { ["step"] = "12", ["note"] = "ünïcode \" quoted" });

        Assert.Equal(6, file.Arrays.Count);
        Assert.Equal("12", file.Metadata["step"]);
        Assert.Equal("ünïcode \" quoted", file.Metadata["note"]);
        Assert.Equal(arrays[0].Elements<float>(), file["weight"].Elements<float>());
        Assert.Equal([2, 3], file["weight"].Shape.ToArray());
        Assert.Equal([Math.PI], file["scalar"].Elements<double>());
        Assert.Empty(file["scalar"].Shape.ToArray());
        Assert.Equal(arrays[2].Elements<int>(), file["codes"].Elements<int>());
        Assert.Equal(arrays[3].Elements<long>(), file["state"].Elements<long>());
        Assert.Equal(arrays[4].Elements<byte>(), file["mask"].Elements<byte>());
        Assert.Equal([0, 5], file["empty"].Shape.ToArray());
    }

    [Fact]
    public void The_bytes_are_the_public_layout()
    {
        using MemoryStream stream = new();
        Safetensors.Write(stream, [NamedArray.Create("a", [2], [1f, 2f])]);
        byte[] bytes = stream.ToArray();
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, header % 8);
        Assert.Equal("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(bytes, 8, header).TrimEnd(' '));
        Assert.Equal(1f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + header)));
        Assert.Equal(8 + header + 8, bytes.Length);
    }

    [Fact]
    public void Order_of_arrays_does_not_change_the_bytes()
    {
        NamedArray a = NamedArray.Create("a", [1], [1f]);
        NamedArray b = NamedArray.Create("b", [1], [2.0]);
        Assert.Equal(Bytes([a, b]), Bytes([b, a]));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "unused bytes")]
    [InlineData("""{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,1]}}""", 1, "not one of")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "axis 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "64 bits")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "ends after")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "bytes follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775804,9223372036854775807]}}""", 4, "needs 4 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]}}""", 1, "axes")]
    [InlineData("""{"__metadata__":{"k":3}}""", 0, "not text")]
    [InlineData("""[1]""", 0, "start with")]
    [InlineData("""{"a":3}""", 0, "JSON")]
    [InlineData("""{"a":{"dtype":"U8","shape":[100],"data_offsets":[0,100]}}""", 100, "MaxDataBytes")]
    public void Damage_is_refused_with_its_reason(string header, int dataBytes, string reason)
    {
        byte[] file = Compose(header, dataBytes);
        SafetensorsLimits limits = new() { MaxDataBytes = 64 };
        InvalidDataException seekable = Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file), limits));
        Assert.Contains(reason, seekable.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(new ForwardStream(file), limits));
    }

    [Fact]
    public void A_huge_header_is_refused_before_it_is_allocated()
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file)));
        BinaryPrimitives.WriteUInt64LittleEndian(file, 10_000_000);
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file)));
    }

    [Fact]
    public void Wrong_names_and_types_are_named()
    {
        SafetensorsFile file = RoundTrip([NamedArray.Create("a", [1], [1])], null);
        Assert.Contains("'b'", Assert.Throws<InvalidDataException>(() => file["b"]).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => file["a"].Elements<uint>());
        Assert.Throws<ArgumentException>(() => NamedArray.Create("a", [2], [1f]));
        Assert.Throws<ArgumentException>(() => NamedArray.Create("__metadata__", [1], [1f]));
        Assert.Throws<ArgumentException>(() => Bytes([NamedArray.Create("a", [1], [1f]), NamedArray.Create("a", [1], [2f])]));
    }

    /// <summary>Flipped, cut and inserted bytes give an equal file, another valid file or <see cref="InvalidDataException"/>; nothing else escapes.</summary>
    [Fact]
    public void Fuzzed_files_never_escape_the_promised_exception()
    {
        RandomStream random = new Seed(20240917).Stream("fuzz");
        byte[] good = Bytes([NamedArray.Create("layer.weight", [3, 2], new float[6]), NamedArray.Create("codes", [5], new long[5]), NamedArray.Create("m", [7], new byte[7])]);
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = (byte[])good.Clone();
            for (int edits = 1 + random.NextInt(3); edits > 0; edits--)
                file = Edit(file, random);
            try
            {
                SafetensorsFile read = Safetensors.Read(random.NextBool() ? new MemoryStream(file) : new ForwardStream(file));
                Assert.All(read.Arrays, array => Assert.True(array.Length >= 0));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 5_000, 20_000);
    }

    private static byte[] Edit(byte[] file, RandomStream random)
    {
        if (file.Length == 0)
            return file;
        int at = random.NextInt(file.Length);
        switch (random.NextInt(4))
        {
            case 0: file[at] ^= (byte)(1 << random.NextInt(8)); return file;
            case 1: return file[..at];
            case 2: return [.. file[..at], (byte)random.NextInt(256), .. file[at..]];
            default: file[at] = (byte)"0123456789[]{}\",:-"[random.NextInt(18)]; return file;
        }
    }

    private static SafetensorsFile RoundTrip(NamedArray[] arrays, Dictionary<string, string>? metadata)
    {
        using MemoryStream stream = new();
        Safetensors.Write(stream, arrays, metadata);
        stream.Position = 0;
        return Safetensors.Read(stream);
    }

    private static byte[] Bytes(NamedArray[] arrays)
    {
        using MemoryStream stream = new();
        Safetensors.Write(stream, arrays);
        return stream.ToArray();
    }

    private static byte[] Compose(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        return file;
    }

    /// <summary>A stream as a zip entry gives it: forward only, length unknown, short reads.</summary>
    private sealed class ForwardStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
