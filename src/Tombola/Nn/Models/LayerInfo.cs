using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>A prunable weight of a model and its kind.</summary>
/// <param name="Weight">The parameter.</param>
/// <param name="Kind">What sort of layer it belongs to.</param>
public sealed record LayerInfo(Parameter Weight, LayerKind Kind);
