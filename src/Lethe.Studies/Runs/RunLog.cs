using System.Globalization;
using System.Text;

namespace Lethe.Studies.Runs;

/// <summary>
/// The run's <c>log.txt</c>: time, stage, sentence. Only texts that were written to be logged come here: names of files and
/// columns, counts, public texts of problems; never a cell. Appended line by line, so that it survives a kill.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly TimeProvider _clock;

    public RunLog(string path, TimeProvider clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _writer = new StreamWriter(path, append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        _clock = clock;
    }

    public void Write(string text)
    {
        string time = _clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        foreach (string line in text.Split('\n'))
            _writer.WriteLine($"{time} {line.TrimEnd('\r')}");
    }

    public void Dispose() => _writer.Dispose();
}
