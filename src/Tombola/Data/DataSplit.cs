namespace Tombola.Data;

/// <summary>Holds the three parts an experiment uses: to learn from, to stop by, and to report.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="Train">The examples to learn from.</param>
/// <param name="Validation">
/// The examples that decide the early-stopping step; disjoint from the training examples.
/// </param>
/// <param name="Test">The examples whose accuracy is reported and that decide nothing.</param>
public sealed record DataSplit(string Name, ImageSet Train, ImageSet Validation, ImageSet Test);
