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

    /// <summary>What draws the initial weights, as <see cref="Initialisers.InitialiserRegistry"/> reads it.</summary>
    /// <value>Default <c>glorot-normal</c> (Frankle and Carbin 2019).</value>
    public string Initialiser { get; init; } = "glorot-normal";
}
