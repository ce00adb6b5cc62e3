namespace Tombola.Nn.Models;

/// <summary>What sort of layer a prunable weight belongs to; pruning rates go by it.</summary>
public enum LayerKind
{
    /// <summary>A fully connected layer that is not the last.</summary>
    FullyConnected,

    /// <summary>The last layer, whose units are the classes.</summary>
    Output,

    /// <summary>A convolution on the way through the network.</summary>
    Convolution,

    /// <summary>A convolution that brings a shortcut to the shape of the residual it is added to.</summary>
    Shortcut,
}
