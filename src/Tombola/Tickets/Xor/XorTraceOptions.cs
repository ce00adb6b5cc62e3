using Tombola.Pruning.Units;

namespace Tombola.Tickets.Xor;

/// <summary>Which small network to watch, and how often to look at it.</summary>
public sealed record XorTraceOptions
{
    /// <summary>Hidden units before pruning.</summary>
    /// <value>Default 10; 1 to 32.</value>
    public int Hidden { get; init; } = 10;

    /// <summary>Decides the initial weights.</summary>
    /// <value>Default 1.</value>
    public Seed Seed { get; init; } = new(1);

    /// <summary>The units that pruning has left, ascending, from 0.</summary>
    /// <value>Default null: all.</value>
    public IReadOnlyList<int>? Kept { get; init; }

    /// <summary>What ranks units: <c>input-magnitude</c>, <c>output-magnitude</c> or <c>product</c>.</summary>
    public string Score { get; init; } = "product";

    /// <summary>How it is initialised and trained.</summary>
    /// <value>Default 10,000 steps of 0.1; 1 to 100,000 steps.</value>
    public XorTrainingOptions Training { get; init; } = new();

    /// <summary>How often to look, from before training to after it.</summary>
    /// <value>Default 60; 2 to 200.</value>
    public int Frames { get; init; } = 60;

    /// <summary>Points of the plane along each side that the network is asked about.</summary>
    /// <value>Default 48; 2 to 128.</value>
    public int Side { get; init; } = 48;

    /// <summary>Checks everything.</summary>
    /// <exception cref="InputException">An option is out of range.</exception>
    internal void Check()
    {
        Require(Hidden is >= 1 and <= 32, "hidden", "1 to 32 units", Hidden);
        Require(Training.Steps is >= 1 and <= 100_000, "steps", "1 to 100,000", Training.Steps);
        Require(Training.LearningRate is > 0 and < 1e3, "learning-rate", "0 to 1,000", Training.LearningRate);
        Require(Training.Deviation is > 0 and < 1e3, "deviation", "0 to 1,000", Training.Deviation);
        Require(Frames is >= 2 and <= 200, "frames", "2 to 200", Frames);
        Require(Side is >= 2 and <= 128, "side", "2 to 128 points", Side);
        var kept = Kept ?? [0];
        var fits = kept.Count > 0 && kept[0] >= 0 && kept[^1] < Hidden
            && kept.Zip(kept.Skip(1)).All(pair => pair.First < pair.Second);
        Require(fits, "kept", "one or more units, ascending", string.Join(", ", kept.Take(Hidden + 1)));
        _ = UnitScoreRegistry.Get(Score);
    }

    private static void Require(bool holds, string key, string expected, object given)
    {
        if (!holds)
            throw new InputException(FormattableString.Invariant($"{key}: expected {expected}, got {given}."));
    }
}
