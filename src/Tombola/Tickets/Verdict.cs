namespace Tombola.Tickets;

/// <summary>How a level compares with the dense network.</summary>
public enum Verdict
{
    /// <summary>Stops no later and is at least as accurate on the test set, both in the mean over trials.</summary>
    Winning,

    /// <summary>Its mean accuracy lies within the spread of the dense trials, or above it.</summary>
    Matching,

    /// <summary>Less accurate than the worst dense trial.</summary>
    Losing,
}
