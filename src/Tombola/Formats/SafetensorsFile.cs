namespace Tombola.Formats;

/// <summary>The content of a safetensors file.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Tensors">In the order of their bytes.</param>
/// <param name="Metadata">Free text by key; empty where the file has none.</param>
public sealed record SafetensorsFile(
    string Path, IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Returns a tensor by its name; a search, linear in the number of tensors.</summary>
    /// <param name="name">Compared by code point.</param>
    /// <exception cref="InputException">The file has no tensor of that name.</exception>
    public NamedTensor this[string name] =>
        Tensors.FirstOrDefault(tensor => tensor.Name == name) ?? throw Missing(name);

    private InputException Missing(string name)
    {
        var nearest = InputException.NearestName(name, Tensors.Select(tensor => tensor.Name));
        var hint = nearest is null ? "" : $" Did you mean {Excerpt.Quote(nearest)}?";
        return new InputException($"{Path}: has no tensor {Excerpt.Quote(name)}.{hint}");
    }
}
