namespace Tombola.Experiments;

/// <summary>How a stage ended.</summary>
public enum StageOutcome
{
    /// <summary>Computed now.</summary>
    Computed,

    /// <summary>Found complete in the store.</summary>
    Reused,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Never started, since a stage that it needs failed.</summary>
    Blocked,

    /// <summary>Not finished or never started, since the run was interrupted.</summary>
    Interrupted,
}
