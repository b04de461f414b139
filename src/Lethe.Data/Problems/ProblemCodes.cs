namespace Lethe.Data.Problems;

/// <summary>Codes of the problems found while reading tables and schemas. A code never changes its meaning; docs/data-problems.md explains each.</summary>
public static class ProblemCodes
{
#pragma warning disable CS1591 // one line each in docs/data-problems.md; a test compares the two lists

    // the file as a whole
    public const string CannotOpen = "LD001";
    public const string EmptyFile = "LD002";
    public const string NoRows = "LD003";
    public const string NotText = "LD004";
    public const string DamagedGzip = "LD005";
    public const string WrongEncoding = "LD006";
    public const string EncodingGuessed = "LD007";
    public const string SeparatorDoubtful = "LD008";
    public const string NoHeader = "LD009";
    public const string HeaderDoubtful = "LD010";
    public const string DuplicateHeader = "LD011";
    public const string EmptyHeader = "LD012";
    public const string NumberFormatDoubtful = "LD013";
    public const string StrayQuote = "LD014";
    public const string UnclosedQuote = "LD015";
    public const string RecordTooLong = "LD016";

    // rows
    public const string RaggedRow = "LD020";
    public const string TrailingSeparators = "LD021";
    public const string EmptyRow = "LD022";

    // cells
    public const string NotNumber = "LD030";
    public const string NotWhole = "LD031";
    public const string NotDate = "LD032";
    public const string UnknownLevel = "LD033";
    public const string InequalityRead = "LD034";
    public const string UnitRemoved = "LD035";
    public const string OutOfBounds = "LD036";
    public const string MoreDecimals = "LD037";
    public const string OtherUnit = "LD038";

    // columns against a schema
    public const string ColumnMissing = "LD040";
    public const string ColumnExtra = "LD041";
    public const string NoSuchColumn = "LD042";
    public const string OtherKind = "LD043";

    // what inference found in a column
    public const string AllMissing = "LD050";
    public const string Constant = "LD051";
    public const string ManyLevels = "LD052";
    public const string Identifier = "LD053";
    public const string UniquePerRow = "LD054";
    public const string PatientKey = "LD055";
    public const string QuasiIdentifier = "LD056";
    public const string MissingTokens = "LD057";
    public const string Sentinel = "LD058";
    public const string ZeroAsMissing = "LD059";
    public const string NearlyNumeric = "LD060";
    public const string DayMonthAmbiguous = "LD061";
    public const string SeveralDateFormats = "LD062";
    public const string ExcelSerial = "LD063";
    public const string LeadingZeros = "LD064";
    public const string NumericLevels = "LD065";
    public const string LevelsAlike = "LD066";
    public const string MixedUnits = "LD067";
    public const string TargetGuessed = "LD068";
    public const string NoneIsLevel = "LD069";
    public const string FreeText = "LD070";
    public const string DigitsBeyondDouble = "LD071";

    // the table as a whole
    public const string FewRows = "LD080";
    public const string OneClass = "LD081";

    // schema files
    public const string SchemaSyntax = "LD090";
    public const string SchemaVersion = "LD091";
    public const string SchemaUnknownKey = "LD092";
    public const string SchemaBadValue = "LD093";
    public const string SchemaMissingKey = "LD094";
    public const string SchemaContradiction = "LD095";
#pragma warning restore CS1591
}
