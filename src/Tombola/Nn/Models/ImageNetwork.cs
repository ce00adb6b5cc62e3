using Tombola.Nn.Initialisers;
using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>Strings modules for images together and keeps track of their shapes and prunable layers.</summary>
internal sealed class ImageNetwork(
    Shape input, IInitialiser initialiser, BatchNormScale scale = BatchNormScale.One)
{
    private readonly Shape _input = input;
    private readonly List<Module> _modules = [];
    private readonly List<LayerInfo> _layers = [];

    /// <summary>[channels, height, width] of what the last module puts out.</summary>
    internal Shape Shape { get; private set; } = input;

    /// <summary>Multiplies channels by a width and rounds, to one or more.</summary>
    internal static int Wide(int channels, double width) =>
        Math.Max(1, (int)Math.Round(channels * width, MidpointRounding.AwayFromZero));

    /// <summary>Reads an example's shape as that of an image: a plane is one channel.</summary>
    internal static Shape ImageOf(Shape example) =>
        example.Rank switch
        {
            3 => example,
            2 => new Shape(1, example[0], example[1]),
            _ => throw new ShapeException("a network for images", "[channels, height, width]", example),
        };

    /// <summary>Adds a convolution; 3 × 3 with padding 1 where nothing else is said.</summary>
    internal void Convolve(string name, int channels, ConvolutionOptions options, LayerKind kind)
    {
        var convolution = new Convolution(name, Shape, channels, options, initialiser);
        _layers.Add(new LayerInfo(convolution.Weight, kind, convolution.Output[1] * convolution.Output[2]));
        _modules.Add(convolution);
        Shape = convolution.Output;
    }

    /// <summary>Adds a convolution without bias, batch norm and, where wanted, ReLU.</summary>
    internal void ConvolveNormalised(string name, int channels, int kernel, int stride, bool rectify, LayerKind kind)
    {
        Convolve(name, channels, new ConvolutionOptions(kernel, stride, kernel / 2, Bias: false), kind);
        _modules.Add(new BatchNorm(name + ".bn", channels, rectify, scale));
    }

    /// <summary>Adds a module that keeps the shape.</summary>
    internal void Add(Module module) => _modules.Add(module);

    /// <summary>Adds max pooling by two.</summary>
    internal void MaxPool()
    {
        var pool = new MaxPool(Shape);
        _modules.Add(pool);
        Shape = pool.Output;
    }

    /// <summary>Adds a residual block of two branches that start from here.</summary>
    internal void Residual(Action<ImageNetwork> body, Action<ImageNetwork>? shortcut)
    {
        var main = new ImageNetwork(Shape, initialiser, scale);
        body(main);
        var past = shortcut is null ? null : new ImageNetwork(Shape, initialiser, scale);
        if (past is not null)
            shortcut!(past);
        _layers.AddRange([.. main._layers, .. past?._layers ?? []]);
        _modules.Add(new Residual(new Sequential(main._modules), past is null ? null : new Sequential(past._modules)));
        Shape = main.Shape;
    }

    /// <summary>Adds the mean over all pixels.</summary>
    internal void AveragePool()
    {
        _modules.Add(new GlobalAveragePool(Shape));
        Shape = new Shape(Shape[0], 1, 1);
    }

    /// <summary>Adds fully connected layers, with ReLU between them.</summary>
    internal void FullyConnected(int[] units, int classes, double dropout = 0)
    {
        _modules.Add(new Flatten(Shape));
        var inputs = Shape.Count;
        for (var i = 0; i <= units.Length; i++)
        {
            var last = i == units.Length;
            if (dropout > 0)
                _modules.Add(new Dropout($"fc{i + 1}", dropout));
            var linear = new Linear($"fc{i + 1}", inputs, last ? classes : units[i], initialiser);
            _layers.Add(new LayerInfo(linear.Weight, last ? LayerKind.Output : LayerKind.FullyConnected));
            _modules.Add(linear);
            if (!last)
                _modules.Add(new Relu());
            inputs = last ? classes : units[i];
        }
    }

    /// <summary>Makes the model.</summary>
    internal Model ToModel(string name) => new(name, new Sequential(_modules), _layers, _input);
}
