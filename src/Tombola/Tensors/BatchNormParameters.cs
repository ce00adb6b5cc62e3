namespace Tombola.Tensors;

/// <summary>What batch normalisation of a number of channels holds.</summary>
/// <param name="Scale">γ, [channels].</param>
/// <param name="Shift">β, [channels].</param>
/// <param name="RunningMean">[channels], not trainable: moved by forward passes in training.</param>
/// <param name="RunningVariance">[channels], not trainable: moved by forward passes in training.</param>
public sealed record BatchNormParameters(
    Parameter Scale, Parameter Shift, Parameter RunningMean, Parameter RunningVariance);
