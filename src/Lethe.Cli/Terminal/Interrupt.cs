using System.Runtime.InteropServices;

namespace Lethe.Cli.Terminal;

/// <summary>
/// Ctrl-C once: the running step is finished, a checkpoint written, and the command says how to resume. Twice: the process
/// stops at once; files are written beside and renamed, so none is left half-written.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupt(TextWriter error, CancellationToken outer)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];

        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            if (_source.IsCancellationRequested)
                Environment.Exit(ExitCode.Interrupted);
            error.WriteLine("Stopping after this step. Once more stops at once.");
            _source.Cancel();
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }
}
