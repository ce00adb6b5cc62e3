namespace Tombola.Studio.Runs;

/// <summary>Whether a run goes on, as a watcher sees it.</summary>
internal enum RunCardState
{
    /// <summary>A process computes it.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>It was stopped.</summary>
    Interrupted,

    /// <summary>Nothing went through, or it cannot be read.</summary>
    Failed,

    /// <summary>It says that it runs, but has been silent for long: its process was killed.</summary>
    Stalled,
}
