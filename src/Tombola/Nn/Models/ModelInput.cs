using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>What a network is shown, and what it tells apart.</summary>
/// <param name="Example">The shape of an example, without the batch.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record ModelInput(Shape Example, int Classes);
