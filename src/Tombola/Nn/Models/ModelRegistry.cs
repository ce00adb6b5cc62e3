using System.Collections.Frozen;
using Tombola.Nn.Initialisers;
using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>The architectures by name.</summary>
public static class ModelRegistry
{
    private static readonly ModelInput Plane = new(new Shape(28, 28), 10);
    private static readonly ModelInput Cifar = new(new Shape(3, 32, 32), 10);
    private static readonly ModelInput ImageNet = new(new Shape(3, 224, 224), 1000);

    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["lenet-300-100"] = new(
            "fully connected, 300 and 100 hidden units (LeCun et al. 1998; Frankle and Carbin 2019)", false,
            (options, shape, classes, initialiser) =>
                Perceptron.Create(options.Name, [300, 100], shape, classes, initialiser), Plane),
        ["mlp"] = new(
            "fully connected, hidden layers of the sizes in model.hidden", true,
            (options, shape, classes, initialiser) =>
                Perceptron.Create(options.Name, options.Hidden, shape, classes, initialiser)),
        ["conv-2"] = Image("two 3 × 3 convolutions of 64 channels, pooling, 256 and 256 units "
            + "(Frankle and Carbin 2019)", (o, s, c, i) => ConvNet.Create(o, 1, s, c, i)),
        ["conv-4"] = Image("Conv-2 with two convolutions of 128 channels more (ibid.)",
            (o, s, c, i) => ConvNet.Create(o, 2, s, c, i)),
        ["conv-6"] = Image("Conv-4 with two convolutions of 256 channels more (ibid.)",
            (o, s, c, i) => ConvNet.Create(o, 3, s, c, i)),
        ["resnet-8"] = ResNetForCifar(8),
        ["resnet-14"] = ResNetForCifar(14),
        ["resnet-20"] = ResNetForCifar(20),
        ["resnet-32"] = ResNetForCifar(32),
        ["resnet-44"] = ResNetForCifar(44),
        ["resnet-56"] = ResNetForCifar(56),
        ["resnet-110"] = ResNetForCifar(110),
        ["resnet-218"] = ResNetForCifar(218),
        ["resnet-434"] = ResNetForCifar(434),
        ["resnet-866"] = ResNetForCifar(866),
        ["resnet-18-cifar"] = ResNetForCifar(20),
        ["resnet-18"] = Image("residual network of 18 layers for images of ImageNet's size (He et al. 2015)",
            (o, s, c, i) => ResNet.CreateForImageNet(o, [2, 2, 2, 2], false, s, c, i), ImageNet),
        ["resnet-50"] = Image("residual network of 50 layers, bottleneck blocks (ibid.)",
            (o, s, c, i) => ResNet.CreateForImageNet(o, [3, 4, 6, 3], true, s, c, i), ImageNet),
        ["vgg-11"] = Vgg(11, [1, 1, 2, 2, 2]),
        ["vgg-13"] = Vgg(13, [2, 2, 2, 2, 2]),
        ["vgg-16"] = Vgg(16, [2, 2, 3, 3, 3]),
        ["vgg-19"] = Vgg(19, [2, 2, 4, 4, 4]),
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

    /// <summary>Tells whether a network takes images of several channels, where others take any features.</summary>
    /// <param name="options">Which network.</param>
    /// <exception cref="InputException">The model is unknown.</exception>
    public static bool TakesImages(ModelOptions options)
    {
        Validate(options);
        return Table[options.Name].Usual?.Example.Rank == 3;
    }

    /// <summary>Returns what a network is usually shown.</summary>
    /// <param name="name">As in <see cref="All"/>.</param>
    /// <returns>Null for a network that has no sizes of its own.</returns>
    /// <exception cref="InputException">The model is unknown.</exception>
    public static ModelInput? UsualInput(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Table.TryGetValue(name, out var entry)
            ? entry.Usual
            : throw InputException.UnknownName("model", name, Table.Keys.Order(StringComparer.Ordinal));
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

        if (options.Width is not (> 0 and <= 64))
            throw new InputException("model.width: expected a factor of more than 0, at most 64.");
        if (options.Dropout is not (>= 0 and < 1))
            throw new InputException("model.dropout: expected a probability from 0 to less than 1.");
        if (options.Dropout > 0 && !options.Name.StartsWith("conv-", StringComparison.Ordinal))
            throw new InputException($"model.dropout: {options.Name} has none; conv-2, conv-4 and conv-6 have.");
        if (options.Hidden.Any(units => units is < 1 or > 1_000_000))
            throw new InputException("model.hidden: expected sizes from 1 to 1,000,000.");
        _ = InitialiserRegistry.Parse(options.Initialiser);
    }

    private static Entry Image(string description, Factory create, ModelInput? usual = null) =>
        new(description, false, create, usual ?? Cifar);

    private static Entry ResNetForCifar(int depth) =>
        Image(
            $"residual network of {depth} layers for images of CIFAR's size (He et al. 2015)",
            (options, shape, classes, initialiser) =>
                ResNet.CreateForCifar(options, depth, shape, classes, initialiser));

    private static Entry Vgg(int depth, int[] convolutions) =>
        Image(
            $"VGG-{depth} with batch norm for images of CIFAR's size (Simonyan and Zisserman 2014)",
            (options, shape, classes, initialiser) =>
                VggNet.Create(options, convolutions, shape, classes, initialiser));

    private delegate Model Factory(ModelOptions options, Shape exampleShape, int classes, IInitialiser initialiser);

    private sealed record Entry(string Description, bool TakesHidden, Factory Create, ModelInput? Usual = null);
}
