using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Population;

/// <summary>The extents of a population of networks with one hidden layer and one output.</summary>
/// <remarks>
/// The weights of all networks are one buffer [<see cref="Rows"/>, <see cref="Lanes"/>], a row a weight and a lane a
/// network. Unit by unit come its incoming weights, its bias and its outgoing weight; the last row is the output bias.
/// </remarks>
/// <param name="Networks">Number of networks, one or more.</param>
/// <param name="Inputs">Inputs of each.</param>
/// <param name="Units">Hidden units of each.</param>
/// <param name="Points">Examples, the same for all.</param>
internal readonly record struct PopulationSize(int Networks, int Inputs, int Units, int Points)
{
    /// <summary>Networks, padded to whole groups of 16.</summary>
    internal int Lanes => VectorWidth.Padded(Networks);

    /// <summary>Rows of a unit: its incoming weights, its bias, its outgoing weight.</summary>
    internal int UnitRows => Inputs + 2;

    /// <summary>Weights and biases of a network.</summary>
    internal int Rows => (Units * UnitRows) + 1;

    /// <summary>The row of a unit's weight from an input.</summary>
    internal int Incoming(int unit, int input) => (unit * UnitRows) + input;

    /// <summary>The row of a unit's bias.</summary>
    internal int Bias(int unit) => (unit * UnitRows) + Inputs;

    /// <summary>The row of a unit's weight to the output.</summary>
    internal int Outgoing(int unit) => (unit * UnitRows) + Inputs + 1;

    /// <summary>The row of the output's bias.</summary>
    internal int OutputBias => Rows - 1;
}
