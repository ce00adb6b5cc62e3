using Tombola.Nn.Initialisers;
using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>Builds fully connected networks with ReLU between the layers.</summary>
internal static class Perceptron
{
    /// <summary>Builds one; its layers are <c>fc1</c>, <c>fc2</c>, ….</summary>
    /// <param name="name">The name of the architecture.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="exampleShape">The shape of an example; its elements are the inputs.</param>
    /// <param name="classes">Units of the output layer.</param>
    /// <param name="initialiser">Draws the weights.</param>
    internal static Model Create(
        string name, IReadOnlyList<int> hidden, Shape exampleShape, int classes, IInitialiser initialiser)
    {
        var modules = new List<Module>();
        var layers = new List<LayerInfo>();
        var inputs = exampleShape.Count;
        for (var i = 0; i <= hidden.Count; i++)
        {
            var last = i == hidden.Count;
            var linear = new Linear($"fc{i + 1}", inputs, last ? classes : hidden[i], initialiser);
            layers.Add(new LayerInfo(linear.Weight, last ? LayerKind.Output : LayerKind.FullyConnected));
            modules.Add(linear);
            if (!last)
            {
                modules.Add(new Relu());
                inputs = hidden[i];
            }
        }

        return new Model(name, new Sequential(modules), layers);
    }
}
