using Tombola.Formats;
using Tombola.Nn;
using Tombola.Tensors;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>A subnetwork with its early values: weights and, for each prunable parameter, a mask.</summary>
/// <remarks>Source: Frankle and Carbin 2019, §1: a ticket is f(x; m ⊙ θ₀). Immutable.</remarks>
/// <param name="Weights">The values to start from: those of the initialisation or of the rewinding step.</param>
/// <param name="Masks">The mask of each pruned parameter by its name; parameters without one are whole.</param>
public sealed record Ticket(Weights Weights, IReadOnlyDictionary<string, Mask> Masks)
{
    private const string MaskSuffix = ".mask";

    /// <summary>Number of surviving weights of the masked parameters.</summary>
    public long WeightsRemaining => Masks.Values.Sum(mask => (long)mask.Survivors);

    /// <summary>Number of weights of the masked parameters.</summary>
    public long WeightsTotal => Masks.Values.Sum(mask => (long)mask.Shape.Count);

    /// <summary>Survivors as a fraction of the weights.</summary>
    public double Density => WeightsTotal == 0 ? 1 : (double)WeightsRemaining / WeightsTotal;

    /// <summary>Sets the weights and masks of a network.</summary>
    /// <param name="model">A network of the architecture that the ticket was found in.</param>
    /// <exception cref="InputException">The ticket belongs to another architecture.</exception>
    public void ApplyTo(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var parameter in model.Parameters)
        {
            if (Masks.TryGetValue(parameter.Name, out var mask) && !mask.Shape.Equals(parameter.Shape))
            {
                throw new InputException(
                    $"The ticket holds a {mask.Shape} mask of '{parameter.Name}' where the model has "
                    + $"{parameter.Shape}: it belongs to another model.");
            }
        }

        foreach (var parameter in model.Parameters)
            parameter.SetMask(Masks.GetValueOrDefault(parameter.Name));
        Weights.Restore(model);
    }

    /// <summary>Prepares the ticket for use: the network with its surviving weights alone.</summary>
    /// <param name="model">A network of the architecture that the ticket was found in; owned from now on.</param>
    /// <param name="exampleShape">
    /// The shape of one example, for networks that need more than its length, such as convolutional ones; or null.
    /// </param>
    /// <returns>What answers for single examples and for batches.</returns>
    /// <exception cref="InputException">The ticket belongs to another architecture.</exception>
    public CompiledTicket Compile(Module model, Shape? exampleShape = null)
    {
        ApplyTo(model);
        model.Compress(weight => weight.Mask!.Density <= CompiledTicket.CompressBelow);
        return new CompiledTicket(model, exampleShape);
    }

    /// <summary>Writes weights and masks into one safetensors file.</summary>
    /// <param name="path">The file, overwritten.</param>
    public void Save(string path)
    {
        var weights = Weights.ToTensors();
        var masks = Masks.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(
            pair => NamedTensor.OfBooleans(pair.Key + MaskSuffix, pair.Value.Shape, pair.Value.Survives));
        Safetensors.Write(path, [.. weights, .. masks]);
    }

    /// <summary>Reads a ticket written by <see cref="Save"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static Ticket Load(string path)
    {
        var tensors = Safetensors.Read(path).Tensors.ToLookup(
            tensor => tensor.Name.EndsWith(MaskSuffix, StringComparison.Ordinal));
        return new Ticket(Weights.FromTensors(tensors[false]), MasksOf(tensors[true]));
    }

    /// <summary>Writes masks alone into a safetensors file.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="masks">By parameter name.</param>
    internal static void SaveMasks(string path, IEnumerable<(string Name, Mask Mask)> masks) =>
        Safetensors.Write(path, [.. masks.Select(
            pair => NamedTensor.OfBooleans(pair.Name + MaskSuffix, pair.Mask.Shape, pair.Mask.Survives))]);

    /// <summary>Reads masks written by <see cref="SaveMasks"/>.</summary>
    /// <param name="path">The file.</param>
    internal static IReadOnlyDictionary<string, Mask> LoadMasks(string path) =>
        MasksOf(Safetensors.Read(path).Tensors);

    // Files hold masks in the order of the forward pass, which readers of tables expect to meet again.
    private static OrderedDictionary<string, Mask> MasksOf(IEnumerable<NamedTensor> tensors) =>
        new(tensors.Select(tensor => KeyValuePair.Create(
            tensor.Name[..^MaskSuffix.Length], new Mask(tensor.Shape, tensor.ToBooleans()))));
}
