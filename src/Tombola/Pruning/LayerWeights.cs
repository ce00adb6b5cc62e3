using Tombola.Tensors;

namespace Tombola.Pruning;

/// <summary>What pruning knows of one prunable parameter.</summary>
/// <param name="Name">The parameter's name, for example <c>fc1.weight</c>.</param>
/// <param name="Mask">Which weights survive so far.</param>
/// <param name="Initial">The weights before training, one entry a weight.</param>
/// <param name="Final">The weights after training, one entry a weight.</param>
/// <param name="Rate">
/// Fraction of the survivors that a round removes from this layer, 0 to 1; layer-wise scope only.
/// </param>
public sealed record LayerWeights(
    string Name, Mask Mask, ReadOnlyMemory<float> Initial, ReadOnlyMemory<float> Final, double Rate);
