namespace Tombola.Optim;

/// <summary>Which optimizer, and its hyper-parameters.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The optimizer, by its name in <see cref="OptimizerRegistry"/>.</summary>
    /// <value>Default <c>adam</c>.</value>
    public string Name { get; init; } = "adam";

    /// <summary>The learning rate that the schedule starts from.</summary>
    /// <value>Default 1.2e-3 (Frankle and Carbin 2019, LeNet); more than 0.</value>
    public double LearningRate { get; init; } = 1.2e-3;

    /// <summary>How much of the last update is carried on.</summary>
    /// <value>Default 0; from 0 to less than 1. Ignored by adam and adamw.</value>
    public double Momentum { get; init; }

    /// <summary>Whether the gradient is looked up ahead of the momentum step.</summary>
    /// <value>Default false. Only for sgd.</value>
    public bool Nesterov { get; init; }

    /// <summary>Pull of the weights towards zero: added to the gradient, or for adamw applied to the weights.</summary>
    /// <value>Default 0; zero or more.</value>
    public double WeightDecay { get; init; }

    /// <summary>Decay of the mean of gradients.</summary>
    /// <value>Default 0.9; from 0 to less than 1. Only for adam and adamw.</value>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients.</summary>
    /// <value>Default 0.999; from 0 to less than 1. Only for adam and adamw.</value>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps divisions finite.</summary>
    /// <value>Default 1e-8; from 1e-30 to 1. Ignored by sgd.</value>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Decay of the mean of squared gradients.</summary>
    /// <value>Default 0.99; from 0 to less than 1. Only for rmsprop.</value>
    public double Alpha { get; init; } = 0.99;
}
