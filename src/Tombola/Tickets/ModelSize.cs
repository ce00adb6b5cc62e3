using System.Text.Json.Serialization;
using Tombola.Nn.Models;
using Tombola.Pruning;

namespace Tombola.Tickets;

/// <summary>How large a network is, dense and at a level of its paper.</summary>
/// <remarks>Numbers are null for networks without sizes of their own.</remarks>
/// <param name="Name">The model, as in <see cref="ModelRegistry"/>.</param>
/// <param name="Description">A line about it.</param>
/// <param name="Parameters">Trainable numbers: weights, biases, γ and β of batch norm.</param>
/// <param name="PrunableWeights">Weights that densities are counted over, those that are left alone included.</param>
/// <param name="MultiplyAdds">Those of a forward pass of one example of the usual shape.</param>
/// <param name="AtLevel">The same at a level; null where none was asked for.</param>
public sealed record ModelSize(
    string Name, string Description, long? Parameters, long? PrunableWeights, long? MultiplyAdds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ModelLevel? AtLevel)
{
    /// <summary>Measures every model of the registry.</summary>
    /// <param name="level">Rounds of pruning at the rates of <see cref="PruningOf"/>; null for none.</param>
    public static IEnumerable<ModelSize> All(int? level = null) =>
        ModelRegistry.All.Select(model => Of(model.Name, model.Description, level));

    /// <summary>Says how the papers prune a network: scope, layers and rates.</summary>
    /// <remarks>
    /// LeNet and Conv-2/4/6 layer by layer, residual networks and VGG by their convolutions together, without shortcuts
    /// and output layer (Frankle and Carbin 2019, figure 2). Theirs is what the presets of these networks do.
    /// </remarks>
    /// <param name="name">As in <see cref="ModelRegistry"/>.</param>
    public static PruningOptions PruningOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            "conv-6" => new PruningOptions { ConvolutionRate = 0.15 },
            "conv-2" or "conv-4" => new PruningOptions { ConvolutionRate = 0.1 },
            _ when ModelRegistry.UsualInput(name)?.Example.Rank == 3 => new PruningOptions
            {
                Scope = PruningScope.Global, Layers = [LayerKind.Convolution],
            },
            _ => new PruningOptions(),
        };
    }

    private static ModelSize Of(string name, string description, int? level)
    {
        if (ModelRegistry.UsualInput(name) is not { } input)
            return new ModelSize(name, description, null, null, null, null);
        using var model = ModelRegistry.Create(new ModelOptions { Name = name }, input.Example, input.Classes);
        var layers = PrunableLayer.Of(model);
        return new ModelSize(
            name, description,
            model.Parameters.Where(parameter => parameter.Trainable).Sum(parameter => (long)parameter.Shape.Count),
            layers.Sum(layer => (long)layer.Shape.Count), model.MultiplyAdds(),
            level is { } rounds ? At(layers, PruningOf(name), rounds) : null);
    }

    private static ModelLevel At(IReadOnlyList<PrunableLayer> layers, PruningOptions options, int level)
    {
        var remaining = PrunableLayer.WeightsRemaining(layers, options, level);
        return new ModelLevel(
            level, remaining[level], (double)remaining[level] / remaining[0],
            PrunableLayer.MultiplyAdds(layers, options, level)[level]);
    }
}

/// <summary>How large a network is after a number of rounds of pruning.</summary>
/// <param name="Level">Rounds of pruning.</param>
/// <param name="WeightsRemaining">Surviving prunable weights.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="MultiplyAdds">As <see cref="PrunableLayer.MultiplyAdds"/> reckons them.</param>
public sealed record ModelLevel(int Level, long WeightsRemaining, double Density, long MultiplyAdds);
