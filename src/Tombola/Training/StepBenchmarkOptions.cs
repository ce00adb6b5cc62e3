using Tombola.Nn.Models;
using Tombola.Tensors;

namespace Tombola.Training;

/// <summary>What to time: a network at a density, and how it is trained.</summary>
public sealed record StepBenchmarkOptions
{
    /// <summary>The network.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>Batch, optimizer and schedule; steps and evaluation interval are ignored.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Fraction of the weights of each layer that survives, drawn at random; more than 0, at most 1.</summary>
    public double Density { get; init; } = 1;

    /// <summary>The masks of the network's weights by their names, in place of random ones.</summary>
    /// <value>Default null: drawn at random with <see cref="Density"/>.</value>
    public IReadOnlyDictionary<string, Mask>? Masks { get; init; }

    /// <summary>Threads of the training.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How long to measure.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);
}
