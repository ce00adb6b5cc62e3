namespace Tombola.Studio.Web;

/// <summary>Lets one computation at a time through: pages never take more than a core from a training.</summary>
internal sealed class ComputeGate : IDisposable
{
    private const int MostWaiting = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;

    /// <summary>Waits for its turn, and computes.</summary>
    /// <typeparam name="T">What is computed.</typeparam>
    /// <param name="compute">Bounded work.</param>
    /// <param name="aborted">Set when nobody waits for the outcome any more.</param>
    /// <exception cref="RefusedException">Too many wait already, or it takes too long.</exception>
    internal async Task<T> RunAsync<T>(Func<T> compute, CancellationToken aborted)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw Busy();
        }

        try
        {
            if (!await _turn.WaitAsync(Patience, aborted).ConfigureAwait(false))
                throw Busy();
            try
            {
                return await Task.Run(compute, aborted).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static RefusedException Busy() =>
        new(429, "Tombola Studio is busy with other computations; try again in a moment.");
}
