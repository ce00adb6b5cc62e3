using Tombola.Nn.Initialisers;
using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>Builds Conv-2, Conv-4 and Conv-6: small VGG-like networks (Frankle and Carbin 2019, figure 2).</summary>
internal static class ConvNet
{
    private static readonly int[] Channels = [64, 128, 256];

    /// <summary>
    /// Builds one: pairs of 3 × 3 convolutions with biases, each pair followed by max pooling, then layers of 256, 256
    /// and the classes; dropout, where wanted, before each of these.
    /// </summary>
    internal static Model Create(ModelOptions options, int pairs, Shape example, int classes, IInitialiser initialiser)
    {
        var network = new ImageNetwork(ImageNetwork.ImageOf(example), initialiser);
        for (var i = 0; i < 2 * pairs; i++)
        {
            var channels = ImageNetwork.Wide(Channels[i / 2], options.Width);
            var last = i % 2 == 1;
            network.Convolve(
                $"conv{i + 1}", channels, new ConvolutionOptions(Rectify: !last), LayerKind.Convolution);
            if (!last)
                continue;
            // ReLU of the largest is the largest of ReLUs, and has a quarter of the pixels to go through.
            network.MaxPool();
            network.Add(new Relu());
        }

        var units = ImageNetwork.Wide(256, options.Width);
        network.FullyConnected([units, units], classes, options.Dropout);
        return network.ToModel(options.Name);
    }
}
