using Tombola.Data.Augmentations;

namespace Tombola.Tickets;

/// <summary>Which examples an experiment uses and how.</summary>
public sealed record DataOptions
{
    /// <summary>A known data set, or a path at which one lies in a known form.</summary>
    /// <value>Default <c>mnist</c>.</value>
    public string Name { get; init; } = "mnist";

    /// <summary>Training examples set apart for validation, chosen by the seed.</summary>
    /// <value>Default 5,000 (Frankle and Carbin 2019); one or more, fewer than there are.</value>
    public int Validation { get; init; } = 5_000;

    /// <summary>How pixels become inputs: <c>unit</c> for pixel / 255, <c>standard</c> for the data set's usual mean
    /// and deviation, by channel for colour.</summary>
    /// <value>Default <c>unit</c>.</value>
    public string Normalisation { get; init; } = "unit";

    /// <summary>How examples are changed at random while they are learned from, by a name of
    /// <see cref="AugmentationRegistry"/>; validation and test examples are never changed.</summary>
    /// <value>Default <c>none</c>.</value>
    public string Augment { get; init; } = AugmentationRegistry.None;
}
