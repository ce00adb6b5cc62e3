namespace Tombola.Tickets;

/// <summary>When pruned weights are compressed to the survivors.</summary>
public enum SparseMode
{
    /// <summary>At and below the break-even density measured on this machine.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never: masked dense computation.</summary>
    Off,
}
