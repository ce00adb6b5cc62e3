using Tombola.Tensors;

namespace Tombola.Formats;

/// <summary>What the header of a safetensors file says of a tensor, checked against the length of the file.</summary>
/// <param name="Name">Unique within the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its extents, outermost first.</param>
/// <param name="Start">Where its bytes start, counted from the end of the header.</param>
/// <param name="End">Where they end, exclusive; <paramref name="Start"/> plus what shape and type need.</param>
internal sealed record SafetensorsEntry(string Name, TensorType Type, Shape Shape, long Start, long End);
