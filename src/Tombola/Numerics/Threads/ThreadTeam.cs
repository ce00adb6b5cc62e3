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
    private readonly SemaphoreSlim _wake = new(0);
    private Job? _job;
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
        Volatile.Write(ref _round, _round + 1);
        _wake.Release(Threads);
        foreach (var worker in _workers)
            worker.Join();
        _wake.Dispose();
    }

    /// <summary>Does all items, split evenly in contiguous parts, and returns when they are done.</summary>
    /// <param name="work">Copied; called from every thread of the team.</param>
    /// <param name="items">Number of items; with fewer than two the caller does them alone.</param>
    internal void Run<TWork>(in TWork work, int items)
        where TWork : struct, IRangeWork
    {
        if (Threads == 1 || items < 2)
        {
            if (items > 0)
                work.Run(0, items);
            return;
        }

        if (!_jobs.TryGetValue(typeof(TWork), out var job))
            _jobs[typeof(TWork)] = job = new Job<TWork>();
        ((Job<TWork>)job).Work = work;
        _job = job;
        _items = items;
        Volatile.Write(ref _unfinished, Threads - 1);
        Interlocked.Increment(ref _round);
        var sleepers = Volatile.Read(ref _sleepers);
        if (sleepers > 0)
            _wake.Release(sleepers);
        RunPart(0);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _unfinished) > 0)
            spinner.SpinOnce(sleep1Threshold: -1);
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
        for (var spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if (Volatile.Read(ref _round) != done)
                return;
            Thread.SpinWait(20);
        }

        while (Volatile.Read(ref _round) == done)
        {
            Interlocked.Increment(ref _sleepers);
            // A round announced between the check and the increment releases nobody, hence the second look.
            if (Volatile.Read(ref _round) == done)
                _wake.Wait(millisecondsTimeout: 50);
            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void RunPart(int part)
    {
        var from = (int)((long)_items * part / Threads);
        var to = (int)((long)_items * (part + 1) / Threads);
        if (from < to)
            _job!.Run(from, to);
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
