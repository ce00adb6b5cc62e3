namespace Tombola.Experiments.Batch;

/// <summary>The schedulers that <c>--executor</c> knows.</summary>
public static class BatchSchedulers
{
    private static readonly Dictionary<string, Func<BatchOptions, IBatchScheduler>> Known = new()
    {
        [SlurmScheduler.RegisteredName] = options => new SlurmScheduler(options),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => [.. Known.Keys];

    /// <summary>Creates a scheduler.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">What jobs ask of the cluster.</param>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static IBatchScheduler Create(string name, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        return Known.TryGetValue(name, out var create)
            ? create(options)
            : throw InputException.UnknownName("scheduler", name, Known.Keys);
    }
}
