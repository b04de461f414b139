using System.Text;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tests.Tables;

public sealed class NumberFormatTests
{
    private static readonly NumberFormat Point = NumberFormat.Invariant;
    private static readonly NumberFormat Comma = new(',');
    private static readonly NumberFormat English = new('.', ',');
    private static readonly NumberFormat German = new(',', '.');
    private static readonly NumberFormat French = new(',', ' ');
    private static readonly NumberFormat Swiss = new('.', '\'');

    public static TheoryData<NumberFormat, string, double, int> Numbers => new()
    {
        { Point, "0", 0, 0 },
        { Point, "-0", 0, 0 },
        { Point, "63.0", 63, 0 },
        { Point, "063", 63, 0 },
        { Point, ".7", 0.7, 1 },
        { Point, "-.7", -0.7, 1 },
        { Point, "7.", 7, 0 },
        { Point, "+1.50", 1.5, 1 },
        { Point, "\u22121.5", -1.5, 1 },
        { Point, " 1.5 ", 1.5, 1 },
        { Point, "1e3", 1000, 0 },
        { Point, "1.25E-3", 0.00125, 5 },
        { Point, "1.5e+2", 150, 0 },
        { Point, "58.7652292950034", 58.7652292950034, 13 },
        { Point, "9007199254740993", 9007199254740992, 0 },
        { Point, "1.7976931348623157E308", double.MaxValue, 0 },
        { Point, "5e-324", double.Epsilon, 324 },
        { Comma, "1,5", 1.5, 1 },
        { Comma, "0,125", 0.125, 3 },
        { English, "1,234.5", 1234.5, 1 },
        { English, "1,234,567", 1234567, 0 },
        { English, "-12,345", -12345, 0 },
        { English, "999", 999, 0 },
        { German, "1.234,5", 1234.5, 1 },
        { German, "1.234", 1234, 0 },
        { French, "1 234,5", 1234.5, 1 },
        { French, "1\u00A0234,5", 1234.5, 1 },
        { French, "1\u202F234\u202F567", 1234567, 0 },
        { Swiss, "1'234.5", 1234.5, 1 },
        { Swiss, "1\u2019234", 1234, 0 },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void NumbersAreRead(NumberFormat format, string text, double value, int decimals)
    {
        Assert.True(format.TryParse(Encoding.UTF8.GetBytes(text), out double read, out int readDecimals));
        Assert.Equal(value, read);
        Assert.Equal(decimals, readDecimals);
    }

    public static TheoryData<NumberFormat, string> NoNumbers
    {
        get
        {
            TheoryData<NumberFormat, string> data = [];
            foreach (string text in (string[])["", " ", "-", "+", ".", "-.", "e5", "1e", "1e+", "1e5.5", "1e999", "NaN", "nan", "Infinity", "-Infinity", "∞", "0x1F", "1_000", "1.2.3", "1..2", "--1", "1-", "1 2", "1,5", "12a", "a12", "①", "١٢", "1e500", "1\n", "(5)", "$5", "1e5e5"])
                data.Add(Point, text);
            foreach (string text in (string[])["1,23", "12,34,567", "1234,567", ",123", "1,234,", "1,,234", "1,2345", "1.234,5"])
                data.Add(English, text);
            foreach (string text in (string[])["1.5", "1.23", "1,2,3"])
                data.Add(German, text);
            data.Add(Point, new string('1', 65));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NoNumbers))]
    public void OtherTextsAreNot(NumberFormat format, string text) => Assert.False(format.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("38.1 °C", "38.1", "Cel")]
    [InlineData("120 mmHg", "120", "mm[Hg]")]
    [InlineData("120mm Hg", "120", "mm[Hg]")]
    [InlineData("5.2mg/dl", "5.2", "mg/dL")]
    [InlineData("80 beats/min", "80", "{beats}/min")]
    [InlineData("45%", "45", "%")]
    [InlineData("3 µg/L", "3", "ug/L")]
    public void UnitsAreSplitOff(string text, string number, string ucum)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        Assert.True(MeasuredText.TrySplitUnit(ref rest, out string unit));
        Assert.Equal((number, ucum), (Encoding.UTF8.GetString(rest), unit));
    }

    [Theory]
    [InlineData("12")]
    [InlineData("12B")]
    [InlineData("mg")]
    [InlineData("V27")]
    [InlineData("12 patients")]
    [InlineData("")]
    public void OtherTextsHaveNoUnit(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        Assert.False(MeasuredText.TrySplitUnit(ref rest, out _));
    }

    [Theory]
    [InlineData("<0.01", Relation.Below, "0.01", 2, 0.0)]
    [InlineData("> 89", Relation.Above, "89", 0, 90.0)]
    [InlineData(">=90", Relation.AtLeast, "90", 0, 90.0)]
    [InlineData("≤0.5", Relation.AtMost, "0.5", 1, 0.5)]
    [InlineData("≥ 7", Relation.AtLeast, "7", 0, 7.0)]
    public void InequalitiesBecomeTheNearestRecordableNumber(string text, object relation, string number, int decimals, double value)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        Assert.Equal((Relation)relation, MeasuredText.SplitRelation(ref rest));
        Assert.Equal(number, Encoding.UTF8.GetString(rest));
        Assert.True(Point.TryParse(rest, out double bound, out _));
        Assert.Equal(value, MeasuredText.Resolve((Relation)relation, bound, decimals), 12);
    }
}
