using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tombola.Tests.Data.Download;

/// <summary>An HTTP server on this machine that answers as a test tells it, badly if need be.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Request, Reply> _script;
    private readonly Task _accepting;

    public ScriptedServer(Func<Request, Reply> script)
    {
        _script = script;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/files/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public ConcurrentQueue<Request> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
                conversations.Add(ConverseAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            var request = await ReadAsync(stream);
            var attempt = Requests.Count(earlier => earlier.File == request.File);
            Requests.Enqueue(request = request with { Attempt = attempt });
            var reply = _script(request);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply.Head), _end.Token);
            await stream.WriteAsync(reply.Body.AsMemory(0, reply.Sent ?? reply.Body.Length), _end.Token);
            if (reply.Stalls)
                await Task.Delay(Timeout.Infinite, _end.Token);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<Request> ReadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var file = (await reader.ReadLineAsync(_end.Token))!.Split(' ')[1].Split('/')[^1];
        long? from = null;
        while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                from = long.Parse(line.Split('=')[1].TrimEnd('-'), CultureInfo.InvariantCulture);
        }

        return new Request(file, from, 0);
    }

    /// <summary>What was asked for.</summary>
    /// <param name="File">The last part of the address.</param>
    /// <param name="From">Where the range asked for begins, or null.</param>
    /// <param name="Attempt">How often the file was asked for before.</param>
    public sealed record Request(string File, long? From, int Attempt);

    /// <summary>What is answered.</summary>
    /// <param name="Status">The status line's end.</param>
    /// <param name="Body">The body announced.</param>
    /// <param name="Headers">Further headers, each ended by a line break.</param>
    public sealed record Reply(string Status, byte[] Body, string Headers = "")
    {
        /// <summary>How much of the body is sent before the connection is closed; null for all.</summary>
        public int? Sent { get; init; }

        /// <summary>Whether the connection is kept open after that, in silence.</summary>
        public bool Stalls { get; init; }

        public string Head =>
            $"HTTP/1.1 {Status}\r\n{Headers}Content-Length: {Body.Length}\r\nConnection: close\r\n\r\n";

        /// <summary>Sends a file as a good server does, from where the request wants it.</summary>
        public static Reply Of(byte[] content, Request request) => request.From switch
        {
            null => new Reply("200 OK", content),
            { } from when from >= content.Length => new Reply(
                "416 Range Not Satisfiable", [], $"Content-Range: bytes */{content.Length}\r\n"),
            { } from => new Reply(
                "206 Partial Content",
                content[(int)from..],
                $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}\r\n"),
        };
    }
}
