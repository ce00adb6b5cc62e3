namespace Tombola.Tickets.Xor;

/// <summary>Everything that the training of a population depends on, its parent apart.</summary>
/// <remarks>Defaults are frozen: fields at their default are left out of the hash that names the stage.</remarks>
internal sealed record XorRecipe
{
    /// <summary>Number of networks; those of the parent where there is one.</summary>
    public int Trials { get; init; }

    /// <summary>Hidden units that are trained.</summary>
    public int Units { get; init; }

    /// <summary>Decides the initial weights of networks that have no parent.</summary>
    public Seed Seed { get; init; }

    /// <summary>What ranks the parent's units, of which the best are trained; empty where there is no parent.</summary>
    public string Score { get; init; } = "";

    public XorTrainingOptions Training { get; init; } = new();
}
