namespace Lethe.Data.Schemas.Inference;

/// <summary>Counts cells that look like a direct identifier whatever their column is called.</summary>
internal sealed class IdentifierShapes
{
    /// <summary>Cells seen.</summary>
    public long Seen { get; private set; }

    /// <summary>E-mail addresses.</summary>
    public long Emails { get; private set; }

    /// <summary>US social security numbers (ddd-dd-dddd).</summary>
    public long SocialSecurity { get; private set; }

    /// <summary>UUIDs.</summary>
    public long Uuids { get; private set; }

    /// <summary>Phone numbers written with a leading + or in groups.</summary>
    public long Phones { get; private set; }

    /// <summary>NHS numbers: ten digits (3-3-4 groups allowed) whose check digit (modulus 11) is right.</summary>
    public long NhsNumbers { get; private set; }

    /// <summary>What most cells (nine in ten) look like, or null.</summary>
    public string? Verdict =>
        Seen < 10 ? null
        : 10 * Emails > 9 * Seen ? "e-mail addresses"
        : 10 * SocialSecurity > 9 * Seen ? "social security numbers"
        : 10 * Uuids > 9 * Seen ? "UUIDs"
        : 10 * Phones > 9 * Seen ? "phone numbers"
        : 10 * NhsNumbers > 9 * Seen ? "NHS numbers with valid check digits"
        : null;

    /// <summary>Takes in a cell.</summary>
    public void Add(ReadOnlySpan<byte> cell)
    {
        Seen++;
        if (cell.Length is < 6 or > 80)
            return;
        int at = cell.IndexOf((byte)'@');
        if (at > 0 && cell[at..].IndexOf((byte)'.') > 1 && !cell.Contains((byte)' '))
        {
            Emails++;
            return;
        }

        int digits = 0, marks = 0, others = 0, hex = 0;
        foreach (byte b in cell)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
                (digits, hex) = (digits + 1, hex + 1);
            else if ((b | 0x20) is >= (byte)'a' and <= (byte)'f')
                (hex, others) = (hex + 1, others + 1);
            else if (b is (byte)'-' or (byte)' ' or (byte)'(' or (byte)')')
                marks++;
            else if (b != (byte)'+')
                others++;
        }

        if (cell.Length == 36 && hex == 32 && cell[8] == '-' && cell[13] == '-' && cell[18] == '-' && cell[23] == '-')
            Uuids++;
        else if (cell.Length == 11 && digits == 9 && cell[3] == '-' && cell[6] == '-')
            SocialSecurity++;
        else if (others == 0 && digits == 10 && (marks == 0 || cell[3] == ' ' && cell[7] == ' ' && marks == 2) && NhsCheck(cell))
            NhsNumbers++;
        else if (others == 0 && digits is >= 9 and <= 15 && (cell[0] == '+' || marks >= 1 && cell[0] != '-'))
            Phones++;
    }

    private static bool NhsCheck(ReadOnlySpan<byte> cell)
    {
        int sum = 0, weight = 10, last = 0;
        foreach (byte b in cell)
        {
            if (b is < (byte)'0' or > (byte)'9')
                continue;
            last = b - '0';
            if (weight >= 2)
                sum += weight * last;
            weight--;
        }

        int check = 11 - (sum % 11);
        return check != 10 && (check == 11 ? 0 : check) == last;
    }
}
