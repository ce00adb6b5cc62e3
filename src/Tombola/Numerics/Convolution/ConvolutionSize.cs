using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>
/// The extents of a convolution at work on a batch; images and kernels are square-strided, dilation is 1.
/// </summary>
/// <param name="Outputs">Channels that go out.</param>
/// <param name="Inputs">Channels that come in.</param>
/// <param name="Height">Rows of an incoming image.</param>
/// <param name="Width">Columns of an incoming image.</param>
/// <param name="Kernel">Rows and columns of the kernel.</param>
/// <param name="Stride">Pixels from one output to the next.</param>
/// <param name="Padding">Zeros around the image.</param>
/// <param name="Batch">Examples.</param>
internal readonly record struct ConvolutionSize(
    int Outputs, int Inputs, int Height, int Width, int Kernel, int Stride, int Padding, int Batch)
{
    /// <summary>Rows of an outgoing image.</summary>
    public int OutputHeight => ((Height + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>Columns of an outgoing image.</summary>
    public int OutputWidth => ((Width + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>Pixels of an incoming image.</summary>
    public int InputPixels => Height * Width;

    /// <summary>Pixels of an outgoing image.</summary>
    public int OutputPixels => OutputHeight * OutputWidth;

    /// <summary>Weights between one channel that comes in and one that goes out.</summary>
    public int Taps => Kernel * Kernel;

    /// <summary>Lanes with which a pixel is stored: the batch padded to 16.</summary>
    public int Lanes => VectorWidth.Padded(Batch);
}
