using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Tombola.Studio.Runs;

namespace Tombola.Studio.Live;

/// <summary>Looks at the store while somebody watches, and tells them which runs have changed.</summary>
/// <remarks>Times of files are compared a few times a second, which works on every file system.</remarks>
internal sealed class StoreWatch(RunCatalogue catalogue) : IAsyncDisposable
{
    private const int MostWatchers = 64;
    private const int MostWaiting = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<Channel<StoreChange>> _watchers = [];
    private readonly CancellationTokenSource _stop = new();
    private Dictionary<string, (string Version, RunCardState State)> _known = [];
    private Task _looking = Task.CompletedTask;

    /// <summary>The runs of the store.</summary>
    internal RunCatalogue Catalogue => catalogue;

    /// <summary>Cancelled when the server ends.</summary>
    internal CancellationToken Stopping => _stop.Token;

    /// <summary>Begins to look.</summary>
    internal void Start() => _looking = Task.Run(LookAsync);

    /// <summary>Registers a watcher, who first gets all runs; null where there are too many.</summary>
    internal Channel<StoreChange>? Subscribe()
    {
        var channel = Channel.CreateBounded<StoreChange>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            if (_watchers.Count >= MostWatchers)
                return null;
            _watchers.Add(channel);
        }

        channel.Writer.TryWrite(new StoreChange("runs", catalogue.List()));
        return channel;
    }

    /// <summary>Forgets a watcher.</summary>
    internal void Unsubscribe(Channel<StoreChange> channel)
    {
        lock (_gate)
            _watchers.Remove(channel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
        _stop.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "A store that cannot be read now is looked at again.")]
    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                try
                {
                    if (HasWatchers())
                        Look();
                }
                catch (Exception)
                {
                    // Seen at the next look, if it lasts: requests for the runs then complain.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private bool HasWatchers()
    {
        lock (_gate)
            return _watchers.Count > 0;
    }

    private void Look()
    {
        var cards = catalogue.List();
        var now = cards.ToDictionary(card => card.Id, card => (card.Version, card.State));
        StoreChange[] changes =
        [
            .. cards.Where(card => !_known.TryGetValue(card.Id, out var before) || before != now[card.Id])
                .Select(card => new StoreChange("run", [card])),
            .. _known.Keys.Where(id => !now.ContainsKey(id)).Take(1).Select(_ => new StoreChange("runs", cards)),
        ];
        _known = now;
        lock (_gate)
        {
            foreach (var watcher in _watchers)
            {
                foreach (var change in changes)
                    watcher.Writer.TryWrite(change);
            }
        }
    }
}

/// <summary>What has changed.</summary>
/// <param name="Kind"><c>run</c>: one run is new or different; <c>runs</c>: these are all there are.</param>
/// <param name="Cards">The runs.</param>
internal sealed record StoreChange(string Kind, IReadOnlyList<RunCard> Cards);
