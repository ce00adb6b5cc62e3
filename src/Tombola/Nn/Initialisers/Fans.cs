using Tombola.Tensors;

namespace Tombola.Nn.Initialisers;

/// <summary>How many inputs a unit has and how many units an input reaches.</summary>
/// <param name="In">Inputs of a unit: inputs × kernel positions.</param>
/// <param name="Out">Units that an input reaches: outputs × kernel positions.</param>
internal readonly record struct Fans(int In, int Out)
{
    /// <summary>Reads the fans off a shape.</summary>
    /// <param name="shape">[outputs, inputs] or [outputs, inputs, height, width]; a vector counts as one input.</param>
    internal static Fans Of(Shape shape)
    {
        var outputs = shape.Rank > 0 ? shape[0] : 1;
        var inputs = shape.Rank > 1 ? shape[1] : 1;
        var positions = 1;
        for (var axis = 2; axis < shape.Rank; axis++)
            positions *= shape[axis];
        return new Fans(inputs * positions, outputs * positions);
    }
}
