namespace Tombola.Tickets;

/// <summary>How the levels of an experiment are reached.</summary>
public enum PruningSchedule
{
    /// <summary>
    /// Train, prune a little, rewind, and again: level n is pruned from the trained level n − 1 (Frankle and Carbin
    /// 2019, appendix B, strategy 1).
    /// </summary>
    Iterative,

    /// <summary>Each level is pruned at once from the trained dense network.</summary>
    OneShot,

    /// <summary>
    /// Train, prune a little, train on without rewinding, and again; each level's ticket is rewound and trained beside
    /// (ibid., strategy 2).
    /// </summary>
    IterativeContinued,
}
