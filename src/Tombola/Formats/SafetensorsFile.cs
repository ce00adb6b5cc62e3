namespace Tombola.Formats;

/// <summary>The content of a safetensors file.</summary>
/// <param name="Tensors">In the order of their bytes.</param>
/// <param name="Metadata">Free text by key; empty where the file has none.</param>
public sealed record SafetensorsFile(
    IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
