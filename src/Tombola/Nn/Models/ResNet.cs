using Tombola.Nn.Initialisers;
using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>Builds residual networks (He et al. 2015).</summary>
internal static class ResNet
{
    /// <summary>
    /// Builds one of 6n + 2 layers for images of CIFAR's size: a convolution to 16 channels, three stages of n blocks
    /// with 16, 32 and 64, the mean, and the classes. Shortcuts that change the shape are 1 × 1 convolutions.
    /// </summary>
    internal static Model CreateForCifar(
        ModelOptions options, int depth, Shape example, int classes, IInitialiser initialiser)
    {
        var network = new ImageNetwork(ImageNetwork.ImageOf(example), initialiser, options.BatchNormScale);
        network.ConvolveNormalised(
            "conv", ImageNetwork.Wide(16, options.Width), kernel: 3, stride: 1, rectify: true, LayerKind.Convolution);
        for (var stage = 0; stage < 3; stage++)
        {
            for (var block = 0; block < (depth - 2) / 6; block++)
            {
                var channels = ImageNetwork.Wide(16 << stage, options.Width);
                AddBasic(network, $"stage{stage + 1}.{block + 1}", channels, stage > 0 && block == 0 ? 2 : 1);
            }
        }

        network.AveragePool();
        network.FullyConnected([], classes);
        return network.ToModel(options.Name);
    }

    /// <summary>
    /// Builds ResNet-18 or ResNet-50 for images of ImageNet's size: a 7 × 7 convolution with stride 2, pooling, four
    /// stages of basic or bottleneck blocks, the mean, and the classes.
    /// </summary>
    internal static Model CreateForImageNet(
        ModelOptions options, int[] blocks, bool bottleneck, Shape example, int classes, IInitialiser initialiser)
    {
        var network = new ImageNetwork(ImageNetwork.ImageOf(example), initialiser, options.BatchNormScale);
        network.ConvolveNormalised(
            "conv", ImageNetwork.Wide(64, options.Width), kernel: 7, stride: 2, rectify: true, LayerKind.Convolution);
        network.MaxPool();
        for (var stage = 0; stage < blocks.Length; stage++)
        {
            for (var block = 0; block < blocks[stage]; block++)
            {
                var channels = ImageNetwork.Wide(64 << stage, options.Width);
                var stride = stage > 0 && block == 0 ? 2 : 1;
                if (bottleneck)
                    AddBottleneck(network, $"stage{stage + 1}.{block + 1}", channels, stride);
                else
                    AddBasic(network, $"stage{stage + 1}.{block + 1}", channels, stride);
            }
        }

        network.AveragePool();
        network.FullyConnected([], classes);
        return network.ToModel(options.Name);
    }

    private static void AddBasic(ImageNetwork network, string name, int channels, int stride) =>
        network.Residual(
            body =>
            {
                body.ConvolveNormalised(name + ".conv1", channels, 3, stride, rectify: true, LayerKind.Convolution);
                body.ConvolveNormalised(name + ".conv2", channels, 3, 1, rectify: false, LayerKind.Convolution);
            },
            Shortcut(network, name, channels, stride));

    private static void AddBottleneck(ImageNetwork network, string name, int channels, int stride)
    {
        const int expansion = 4;
        network.Residual(
            body =>
            {
                body.ConvolveNormalised(name + ".conv1", channels, 1, 1, rectify: true, LayerKind.Convolution);
                body.ConvolveNormalised(name + ".conv2", channels, 3, stride, rectify: true, LayerKind.Convolution);
                body.ConvolveNormalised(
                    name + ".conv3", expansion * channels, 1, 1, rectify: false, LayerKind.Convolution);
            },
            Shortcut(network, name, expansion * channels, stride));
    }

    private static Action<ImageNetwork>? Shortcut(ImageNetwork network, string name, int channels, int stride) =>
        stride == 1 && network.Shape[0] == channels
            ? null
            : past => past.ConvolveNormalised(
                name + ".shortcut", channels, 1, stride, rectify: false, LayerKind.Shortcut);
}
