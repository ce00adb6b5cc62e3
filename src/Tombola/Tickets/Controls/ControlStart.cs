namespace Tombola.Tickets.Controls;

/// <summary>Which weights a control is handed, and with them the step at which its training starts.</summary>
public enum ControlStart
{
    /// <summary>Those that the ticket rewinds to; the training starts at that step.</summary>
    Rewound,

    /// <summary>The same, but the training starts at step 0: for controls that draw their own.</summary>
    Scratch,

    /// <summary>The trained ones of the network that was pruned; the training starts at step 0.</summary>
    Trained,
}
