using System.Text;

namespace Lethe.Cli.Terminal;

/// <summary>Where results and everything else go: results to <see cref="Out"/>, the rest to <see cref="Error"/>.</summary>
/// <param name="Out">Results as text.</param>
/// <param name="RawOut">The same channel as bytes, for files written to <c>-</c>.</param>
/// <param name="Error">Progress, notices, errors.</param>
/// <param name="ErrorIsTerminal">True when a person reads <see cref="Error"/> as it is written: only then may it show values of the data.</param>
/// <param name="OutIsTerminal">True when a person reads <see cref="Out"/>.</param>
internal sealed record Streams(TextWriter Out, Stream RawOut, TextWriter Error, bool ErrorIsTerminal, bool OutIsTerminal)
{
    public static Streams OfProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Stream raw = Console.OpenStandardOutput();
        return new Streams(
            new StreamWriter(raw, utf8) { AutoFlush = true },
            raw,
            TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true }),
            ErrorIsTerminal: !Console.IsErrorRedirected,
            OutIsTerminal: !Console.IsOutputRedirected);
    }
}
