using System.Runtime.ExceptionServices;

namespace Tombola.Numerics.Threads;

/// <summary>A fixed number of threads that share the items of one kernel at a time.</summary>
/// <remarks>
/// Items are outputs, never parts of a sum, so results do not depend on the number of threads. The calling thread takes
/// part; a team of one has no other thread. A team serves one caller at a time.
/// </remarks>
public sealed class ThreadTeam : IDisposable
{
    // Kernels follow one another within microseconds; sleeping between them would cost more than they do.
    private const int SpinsBeforeSleep = 2_000;

    private readonly Thread[] _workers;
    private readonly Dictionary<Type, Job> _jobs = [];
    private readonly object _wake = new();
    private readonly int _spins;
    private Job? _job;
    private ExceptionDispatchInfo? _failure;
    private int _items;
    private int _round;
    private int _sleepers;
    private int _unfinished;
    private bool _disposed;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">One or more, the caller included.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread.</exception>
    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        // Where threads outnumber the processors, one that spins keeps another from its work.
        _spins = threads <= Environment.ProcessorCount ? SpinsBeforeSleep : 0;
        _workers = new Thread[threads - 1];
        for (var i = 0; i < _workers.Length; i++)
        {
            var part = i + 1;
            _workers[i] = new Thread(() => Serve(part)) { IsBackground = true, Name = $"tombola kernel {part}" };
            _workers[i].Start();
        }
    }

    /// <summary>Number of threads, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Ends the threads; the team may not be used afterwards.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Announce();
        foreach (var worker in _workers)
            worker.Join();
    }

    /// <summary>Tells in how many parts each item is to be cut so that few items give every thread some work.</summary>
    /// <param name="items">Number of items.</param>
    /// <param name="most">The most parts that an item can be cut into.</param>
    internal int PartsOf(int items, int most) => Math.Clamp((Threads + items - 1) / items, 1, Math.Max(1, most));

    /// <summary>Does all items, split evenly in contiguous parts, and returns when they are done.</summary>
    /// <param name="work">Copied; called from every thread. What it throws is thrown here once all are done.</param>
    /// <param name="items">Number of items; with fewer than two the caller does them alone.</param>
    /// <exception cref="InvalidOperationException">The team is at work for another caller, or calls itself.</exception>
    internal void Run<TWork>(in TWork work, int items)
        where TWork : struct, IRangeWork
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Threads == 1 || items < 2)
        {
            if (items > 0)
                work.Run(0, items);
            return;
        }

        if (Interlocked.CompareExchange(ref _unfinished, Threads, 0) != 0)
            throw new InvalidOperationException("A thread team serves one caller at a time.");
        if (!_jobs.TryGetValue(typeof(TWork), out var job))
            _jobs[typeof(TWork)] = job = new Job<TWork>();
        ((Job<TWork>)job).Work = work;
        _job = job;
        _items = items;
        Announce();
        RunPart(0);
        // One is left when all but the caller have said that they are done; the last word is the caller's.
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _unfinished) > 1)
            spinner.SpinOnce(sleep1Threshold: -1);
        var failure = _failure;
        _failure = null;
        Volatile.Write(ref _unfinished, 0);
        failure?.Throw();
    }

    /// <summary>Starts a round: what was written before is seen by every worker that notices it.</summary>
    /// <remarks>
    /// Both this and <see cref="WaitForRound"/> first write their own number, with a full fence, and then read the
    /// other's. So either the caller sees the sleeper, and its pulse comes after the sleeper has begun to wait, since
    /// both hold the lock; or the worker sees the round and does not sleep.
    /// </remarks>
    private void Announce()
    {
        Interlocked.Increment(ref _round);
        if (Volatile.Read(ref _sleepers) == 0)
            return;
        lock (_wake)
            Monitor.PulseAll(_wake);
    }

    private void Serve(int part)
    {
        var done = 0;
        while (true)
        {
            WaitForRound(done);
            done++;
            if (_disposed)
                return;
            RunPart(part);
            Interlocked.Decrement(ref _unfinished);
        }
    }

    private void WaitForRound(int done)
    {
        for (var spin = 0; spin < _spins; spin++)
        {
            if (Volatile.Read(ref _round) != done)
                return;
            Thread.SpinWait(20);
        }

        lock (_wake)
        {
            Interlocked.Increment(ref _sleepers);
            while (Volatile.Read(ref _round) == done)
                Monitor.Wait(_wake);
            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void RunPart(int part)
    {
        var from = (int)((long)_items * part / Threads);
        var to = (int)((long)_items * (part + 1) / Threads);
        if (from >= to)
            return;
        try
        {
            _job!.Run(from, to);
        }
        catch (Exception exception)
        {
            // Thrown again in the caller, once no thread works any more.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private abstract class Job
    {
        public abstract void Run(int from, int to);
    }

    private sealed class Job<TWork> : Job
        where TWork : struct, IRangeWork
    {
        public TWork Work;

        public override void Run(int from, int to) => Work.Run(from, to);
    }
}
