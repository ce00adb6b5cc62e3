namespace Tombola.Tickets;

/// <summary>What pruning removes at a time.</summary>
public enum PruningGranularity
{
    /// <summary>Single weights.</summary>
    Weight,

    /// <summary>Hidden units, with all weights into and out of them.</summary>
    Unit,
}
