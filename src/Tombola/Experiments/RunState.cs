namespace Tombola.Experiments;

/// <summary>Whether a run goes on, and how it ended.</summary>
public enum RunState
{
    /// <summary>A process computes it, or was killed while it did.</summary>
    Running,

    /// <summary>It came to its end; single trainings may have diverged.</summary>
    Finished,

    /// <summary>It was stopped; the same command goes on from there.</summary>
    Interrupted,

    /// <summary>Nothing went through, or the machine failed.</summary>
    Failed,
}
