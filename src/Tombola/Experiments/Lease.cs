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
    private bool _disposed;

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

    /// <summary>Gives the lease back, so that others need not wait for it to expire.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _timer.Dispose();
            if (!_lost.IsCancellationRequested)
                TryWrite(_holder with { Released = true });
        }

        _lost.Dispose();
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_disposed || _lost.IsCancellationRequested)
                return;
            _holder = _holder with { Beat = _holder.Beat + 1 };
            if (Directory.Exists(_successor) || !TryWrite(_holder))
                _lost.Cancel();
        }
    }

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
