using System.Text;

namespace Lethe.Synthesis.Conditions;

/// <summary>What a piece of a condition text is.</summary>
internal enum TokenKind
{
    /// <summary>A bare or quoted name, number, date or level.</summary>
    Word,

    /// <summary>A comparison: = == != &lt;&gt; &lt; &lt;= &gt; &gt;=.</summary>
    Operator,

    /// <summary>( ) or a comma.</summary>
    Mark,

    /// <summary>End of the text.</summary>
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The word without its quotes, or the characters.</param>
/// <param name="Position">Where it starts, counted from 1.</param>
/// <param name="Quoted">True for a quoted word, which is never a keyword.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, bool Quoted = false)
{
    public bool Is(string keyword) => !Quoted && Kind != TokenKind.End && string.Equals(Text, keyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a condition text into tokens. Names and levels with blanks or signs stand in '…', "…" or `…`; a doubled quote is one.</summary>
internal static class ConditionLexer
{
    private const string Signs = "=!<>(),";
    private const string Quotes = "'\"`";

    public static List<Token> Cut(string text)
    {
        List<Token> tokens = [];
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (char.IsWhiteSpace(c))
                at++;
            else if (Quotes.Contains(c))
                tokens.Add(Quoted(text, ref at));
            else if (Signs.Contains(c))
                tokens.Add(Sign(text, ref at));
            else
                tokens.Add(Bare(text, ref at));
        }

        tokens.Add(new Token(TokenKind.End, "the end", text.Length + 1));
        return tokens;
    }

    private static Token Quoted(string text, ref int at)
    {
        int start = at;
        char quote = text[at++];
        StringBuilder word = new();
        while (at < text.Length)
        {
            if (text[at] == quote)
            {
                if (at + 1 >= text.Length || text[at + 1] != quote)
                {
                    at++;
                    return new Token(TokenKind.Word, word.ToString(), start + 1, Quoted: true);
                }

                at++;
            }

            word.Append(text[at++]);
        }

        throw new ConditionException($"The quote {quote} at position {start + 1} of the condition is never closed.");
    }

    private static Token Sign(string text, ref int at)
    {
        int start = at;
        string two = at + 1 < text.Length ? text.Substring(at, 2) : "";
        string sign = two is "==" or "!=" or "<>" or "<=" or ">=" ? two : text[at].ToString();
        at += sign.Length;
        if (sign == "!")
            throw new ConditionException($"The sign '!' at position {start + 1} of the condition stands alone; write '!='.");
        return new Token(sign is "(" or ")" or "," ? TokenKind.Mark : TokenKind.Operator, sign, start + 1);
    }

    private static Token Bare(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && !Signs.Contains(text[at]) && !Quotes.Contains(text[at]))
            at++;
        return new Token(TokenKind.Word, text[start..at], start + 1);
    }
}
