using Tombola.Nn.Initialisers;
using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>
/// Builds VGG with batch norm for images of CIFAR's size (Simonyan and Zisserman 2014; Liu et al. 2019).
/// </summary>
internal static class VggNet
{
    private static readonly int[] Channels = [64, 128, 256, 512, 512];

    /// <summary>
    /// Builds one: groups of 3 × 3 convolutions with batch norm and ReLU, max pooling after the first four, the mean of
    /// what is left, and the classes.
    /// </summary>
    /// <param name="convolutions">Convolutions of each group, five.</param>
    internal static Model Create(
        ModelOptions options, int[] convolutions, Shape example, int classes, IInitialiser initialiser)
    {
        var network = new ImageNetwork(ImageNetwork.ImageOf(example), initialiser, options.BatchNormScale);
        for (var group = 0; group < convolutions.Length; group++)
        {
            for (var i = 0; i < convolutions[group]; i++)
            {
                network.ConvolveNormalised(
                    $"conv{group + 1}-{i + 1}", ImageNetwork.Wide(Channels[group], options.Width), kernel: 3, stride: 1,
                    rectify: true, LayerKind.Convolution);
            }

            if (group < convolutions.Length - 1)
                network.MaxPool();
        }

        network.AveragePool();
        network.FullyConnected([], classes);
        return network.ToModel(options.Name);
    }
}
