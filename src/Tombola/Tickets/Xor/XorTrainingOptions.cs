namespace Tombola.Tickets.Xor;

/// <summary>How the networks of an XOR experiment are initialised and trained.</summary>
/// <remarks>Full-batch gradient descent on the mean cross-entropy of the four points.</remarks>
public sealed record XorTrainingOptions
{
    /// <summary>Steps of a training.</summary>
    /// <value>Default 10,000; 1 to 100,000,000.</value>
    public int Steps { get; init; } = 10_000;

    /// <summary>The learning rate.</summary>
    /// <value>Default 0.1; above 0.</value>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The standard deviation of initial weights, normal and drawn again beyond two deviations.</summary>
    /// <value>Default 0.1; above 0. Biases begin at 0.</value>
    public double Deviation { get; init; } = 0.1;

    /// <summary>Whether hidden units have biases; the output always has.</summary>
    /// <value>Default true.</value>
    public bool HiddenBiases { get; init; } = true;
}
