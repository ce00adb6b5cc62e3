namespace Tombola.Tickets;

/// <summary>Everything that the outcome of a pruning stage depends on, its parents apart.</summary>
/// <remarks>Defaults are frozen: fields at their default are left out of the hash that names the stage.</remarks>
internal sealed record PruneRecipe
{
    public PruningOptions Pruning { get; init; } = new();

    /// <summary>How many rounds' counts go at once: 1 for iterative pruning.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>For criteria that draw; 0 for those that do not.</summary>
    public Seed Seed { get; init; }
}
