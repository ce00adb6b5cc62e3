namespace Tombola.Experiments;

/// <summary>The right of this process to compute a stage, kept up by signs of life until it is disposed of.</summary>
internal sealed class Lease : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _place;
    private readonly string _successor;
    private readonly CancellationTokenSource _lost = new();
    private readonly Timer _timer;
    private LeaseHolder _holder;
    private bool _ended;

    /// <summary>Begins to show signs of life.</summary>
    /// <param name="place">The folder of the lease.</param>
    /// <param name="successor">The folder that appears when another process takes over.</param>
    /// <param name="holder">What the lease says.</param>
    /// <param name="heartbeat">The time between signs of life.</param>
    internal Lease(string place, string successor, LeaseHolder holder, TimeSpan heartbeat)
    {
        (_place, _successor, _holder) = (place, successor, holder);
        _timer = new Timer(_ => Beat(), null, heartbeat, heartbeat);
    }

    /// <summary>Set when another process has taken over, since this one stood still for too long.</summary>
    internal CancellationToken Lost => _lost.Token;

    /// <summary>Looks whether another process has taken over.</summary>
    internal bool IsLost()
    {
        Beat();
        return _lost.IsCancellationRequested;
    }

    /// <summary>Shows no sign of life any more; for who removes the work area, and the lease with it.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _ended = true;
            _timer.Dispose();
        }
    }

    /// <summary>Gives the lease back, so that others need not wait for it to expire.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_ended && IsOurs())
                TryWrite(_holder with { Released = true });
            End();
        }

        _lost.Dispose();
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_ended || _lost.IsCancellationRequested)
                return;
            _holder = _holder with { Beat = _holder.Beat + 1 };
            if (!IsOurs() || !TryWrite(_holder))
                _lost.Cancel();
        }
    }

    // The same place may be another's by now. A file that cannot be read at the moment does not say so.
    private bool IsOurs() =>
        !Directory.Exists(_successor) && Directory.Exists(_place)
        && (Leases.Read(_place) is not { } found || found.Token == _holder.Token);

    /// <summary>Writes the lease's file.</summary>
    /// <returns>Whether the lease is still there; a file system that is full or busy does not say otherwise.</returns>
    private bool TryWrite(LeaseHolder holder)
    {
        try
        {
            Leases.Write(_place, holder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
