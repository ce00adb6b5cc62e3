using Tombola.Tensors;

namespace Tombola.Analysis;

/// <summary>The mask of one prunable parameter.</summary>
/// <param name="Name">The parameter, for example <c>fc1.weight</c>.</param>
/// <param name="Mask">Which of its weights survive.</param>
public sealed record LayerMask(string Name, Mask Mask);
