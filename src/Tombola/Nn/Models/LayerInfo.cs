using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>A prunable weight of a model and its kind.</summary>
/// <param name="Weight">The parameter.</param>
/// <param name="Kind">What sort of layer it belongs to.</param>
/// <param name="Positions">Multiply-adds of each weight in a forward pass of one example: the output's pixels.</param>
public sealed record LayerInfo(Parameter Weight, LayerKind Kind, int Positions = 1);
