using System.Text.Json.Serialization;

namespace Tombola.Nn.Models;

/// <summary>Which network, and its freedoms.</summary>
public sealed record ModelOptions
{
    /// <summary>The architecture, by its name in <see cref="ModelRegistry"/>.</summary>
    /// <value>Default <c>lenet-300-100</c>.</value>
    public string Name { get; init; } = "lenet-300-100";

    /// <summary>Units of each hidden layer.</summary>
    /// <value>Default none; required by <c>mlp</c>, not allowed elsewhere.</value>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>Factor of the channels and hidden units of convolutional networks.</summary>
    /// <value>Default 1; more than 0, at most 64. Ignored by fully connected networks.</value>
    public double Width { get; init; } = 1;

    /// <summary>Probability with which inputs of fully connected layers are dropped in training.</summary>
    /// <value>Default 0: no dropout; less than 1. For conv-2, conv-4 and conv-6.</value>
    public double Dropout { get; init; }

    /// <summary>What γ of batch normalisation starts from.</summary>
    /// <value>Default 1 everywhere. Ignored by networks without batch norm.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BatchNormScale BatchNormScale { get; init; }

    /// <summary>What draws the initial weights, as <see cref="Initialisers.InitialiserRegistry"/> reads it.</summary>
    /// <value>Default <c>glorot-normal</c> (Frankle and Carbin 2019).</value>
    public string Initialiser { get; init; } = "glorot-normal";
}
