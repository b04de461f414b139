using Lethe.Data.Schemas;

namespace Lethe.Synthesis.Conditions;

/// <summary>
/// Reads the conditions of <c>--where</c>: comparisons joined by <c>and</c>, for example <c>sex = 1</c>,
/// <c>age &gt;= 70 and cp in (3, 4)</c>, <c>age between 40 and 60</c>, <c>thal not in (3)</c>, <c>admitted &lt; 2020-03-01</c>.
/// Several comparisons of one column narrow each other. Names and levels with blanks or signs stand in quotes.
/// </summary>
public static class ConditionParser
{
    /// <summary>Reads and checks conditions.</summary>
    /// <param name="text">The text; empty means no condition.</param>
    /// <param name="schema">The schema of what will be sampled.</param>
    /// <returns>One condition a column, in the order of first mention.</returns>
    /// <exception cref="ConditionException">The text cannot be understood, names what the schema does not have, or can never be met.</exception>
    public static IReadOnlyList<Condition> Parse(string text, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(schema);
        if (string.IsNullOrWhiteSpace(text))
            return [];
        Reader reader = new(ConditionLexer.Cut(text));
        List<Condition> conditions = [];
        do
        {
            Condition next = ReadOne(reader, schema);
            int same = conditions.FindIndex(c => c.Column == next.Column);
            if (same < 0)
                conditions.Add(next);
            else
                conditions[same] = Both(conditions[same], next);
        }
        while (reader.TryTake("and"));

        if (reader.Peek.Is("or"))
            throw new ConditionException($"'or' at position {reader.Peek.Position}: conditions are joined by 'and' only. Alternatives within one column are written 'column in (a, b)'.");
        if (reader.Peek.Kind != TokenKind.End)
            throw reader.Unexpected("'and' or the end");
        Condition.Validate(conditions, schema);
        return conditions;
    }

    private static Condition ReadOne(Reader reader, Schema schema)
    {
        Token name = reader.TakeWord("a column name");
        ColumnSchema column = Condition.Find(name.Text, schema);
        ConditionValues values = new(column);
        if (reader.TryTake("between"))
        {
            Token low = reader.TakeWord("a value");
            reader.Take("and");
            return values.Between(low, reader.TakeWord("a value"));
        }

        bool negated = reader.TryTake("not");
        if (reader.TryTake("in"))
            return values.In(ReadList(reader), negated);
        if (negated)
            throw reader.Unexpected("'in' after 'not'");
        if (reader.Peek.Kind != TokenKind.Operator)
            throw reader.Unexpected("a comparison (=, !=, <, <=, >, >=, in, not in, between)");
        string comparison = reader.Take().Text;
        return values.Compare(comparison, reader.TakeWord("a value"));
    }

    private static List<Token> ReadList(Reader reader)
    {
        List<Token> list = [];
        reader.Take("(");
        do
            list.Add(reader.TakeWord("a value"));
        while (reader.TryTake(","));
        reader.Take(")");
        return list;
    }

    private static Condition Both(Condition a, Condition b) => a.Codes is null
        ? a with { Lower = Math.Max(a.Lower, b.Lower), Upper = Math.Min(a.Upper, b.Upper) }
        : a with { Codes = [.. a.Codes.Where(b.Accepts)] };

    /// <summary>The tokens with a place in them.</summary>
    private sealed class Reader(List<Token> tokens)
    {
        private int _at;

        public Token Peek => tokens[_at];

        public Token Take() => tokens[_at++];

        public bool TryTake(string keyword)
        {
            bool found = Peek.Is(keyword);
            if (found)
                _at++;
            return found;
        }

        public void Take(string keyword)
        {
            if (!TryTake(keyword))
                throw Unexpected($"'{keyword}'");
        }

        public Token TakeWord(string what) => Peek.Kind == TokenKind.Word ? Take() : throw Unexpected(what);

        public ConditionException Unexpected(string expected) =>
            new($"Found {(Peek.Kind == TokenKind.End ? Peek.Text : $"'{Peek.Text}'")} at position {Peek.Position} of the condition; expected {expected}.");
    }
}
