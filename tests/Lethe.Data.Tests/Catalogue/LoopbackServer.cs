using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lethe.Data.Tests.Catalogue;

/// <summary>An HTTP server on a free loopback port that answers each path with given bytes, at most as many as it is told to send.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, (int Status, byte[] Body, int Send)> _answers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public LoopbackServer()
    {
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Requests answered so far.</summary>
    public int Requests { get; private set; }

    public Uri Url(string path) => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}");

    /// <summary>Answers with the whole body, or only its first bytes under the full Content-Length (a broken connection); −1 never answers.</summary>
    public void Answer(string path, byte[] body, int status = 200, int? send = null) => _answers[path] = (status, body, send ?? body.Length);

    /// <summary>A loopback address that nothing listens on.</summary>
    public static Uri DeadUrl()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/file");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        try
        {
            _serving.Wait();
        }
        catch (AggregateException)
        {
            // The pending accept ends with the listener.
        }

        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            using NetworkStream stream = client.GetStream();
            StringBuilder request = new();
            byte[] one = new byte[1];
            while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) == 1)
                request.Append((char)one[0]);
            string path = request.ToString().Split(' ') is { Length: > 1 } parts ? parts[1] : "";
            (int status, byte[] body, int send) = _answers.TryGetValue(path, out var answer) ? answer : (404, [], 0);
            Requests++;
            if (send < 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(3), _stop.Token);
                continue;
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Answer\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), _stop.Token);
            await stream.WriteAsync(body.AsMemory(0, send), _stop.Token);
        }
    }
}
