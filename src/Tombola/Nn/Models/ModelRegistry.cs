using System.Collections.Frozen;
using Tombola.Nn.Initialisers;
using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>The architectures by name.</summary>
public static class ModelRegistry
{
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["lenet-300-100"] = new(
            "fully connected, 300 and 100 hidden units (LeCun et al. 1998; Frankle and Carbin 2019)", false,
            (options, shape, classes, initialiser) =>
                Perceptron.Create(options.Name, [300, 100], shape, classes, initialiser)),
        ["mlp"] = new(
            "fully connected, hidden layers of the sizes in model.hidden", true,
            (options, shape, classes, initialiser) =>
                Perceptron.Create(options.Name, options.Hidden, shape, classes, initialiser)),
    }.ToFrozenDictionary();

    /// <summary>The names, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [.. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Description))];

    /// <summary>Builds a network, its parameters zero until it is initialised.</summary>
    /// <param name="options">Which network.</param>
    /// <param name="exampleShape">The shape of an example, without the batch.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="InputException">An option is unknown, missing or out of range.</exception>
    public static Model Create(ModelOptions options, Shape exampleShape, int classes)
    {
        Validate(options);
        ArgumentNullException.ThrowIfNull(exampleShape);
        var initialiser = InitialiserRegistry.Parse(options.Initialiser);
        return Table[options.Name].Create(options, exampleShape, classes, initialiser);
    }

    /// <summary>Checks options without building anything.</summary>
    /// <param name="options">Which network.</param>
    /// <exception cref="InputException">An option is unknown, missing or out of range.</exception>
    public static void Validate(ModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Table.TryGetValue(options.Name, out var entry))
            throw InputException.UnknownName("model", options.Name, Table.Keys.Order(StringComparer.Ordinal));
        if (entry.TakesHidden && options.Hidden.Count == 0)
        {
            throw new InputException(
                $"model.hidden: {options.Name} needs the sizes of its hidden layers, for example [300, 100].");
        }

        if (!entry.TakesHidden && options.Hidden.Count > 0)
        {
            throw new InputException(
                $"model.hidden: {options.Name} has fixed layers; use the model 'mlp' to choose them.");
        }

        if (options.Hidden.Any(units => units is < 1 or > 1_000_000))
            throw new InputException("model.hidden: expected sizes from 1 to 1,000,000.");
        _ = InitialiserRegistry.Parse(options.Initialiser);
    }

    private delegate Model Factory(ModelOptions options, Shape exampleShape, int classes, IInitialiser initialiser);

    private sealed record Entry(string Description, bool TakesHidden, Factory Create);
}
