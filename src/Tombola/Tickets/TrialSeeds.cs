using Tombola.Numerics.Random;

namespace Tombola.Tickets;

/// <summary>The seeds of an experiment's parts, all drawn from its one seed.</summary>
internal static class TrialSeeds
{
    /// <summary>Decides which training examples are set apart; the same for all trials.</summary>
    internal static Seed Split(Seed seed) => Draw(seed, "split", 0);

    /// <summary>Decides a trial's initial weights.</summary>
    /// <param name="trial">From 1.</param>
    internal static Seed Initialisation(Seed seed, int trial) => Draw(seed, "trial-init", trial);

    /// <summary>Decides a trial's order of the data, and its dropout.</summary>
    /// <param name="trial">From 1.</param>
    internal static Seed DataOrder(Seed seed, int trial) => Draw(seed, "trial-order", trial);

    /// <summary>Decides the order of the data for a control that has its own.</summary>
    /// <param name="draw">From 1.</param>
    internal static Seed OtherOrder(Seed seed, int trial, int draw) =>
        Draw(Draw(seed, "trial-other-order", trial), "draw", draw);

    /// <summary>Decides what a criterion draws when a level of a trial is pruned.</summary>
    internal static Seed Pruning(Seed seed, int trial, int level) =>
        Draw(Draw(seed, "trial-prune", trial), "level", level);

    /// <summary>Decides what a control draws for a level of a trial.</summary>
    /// <param name="draw">From 1.</param>
    internal static Seed Control(Seed seed, string control, int trial, int level, int draw) =>
        Draw(Draw(Draw(seed, "control/" + control, trial), "level", level), "draw", draw);

    private static Seed Draw(Seed seed, string purpose, long index)
    {
        var stream = new RandomStream(seed, purpose, index);
        return new Seed(((ulong)stream.Bits(0) << 32) | stream.Bits(1));
    }
}
