using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Nn.Initialisers;

/// <summary>Sets every element to one number.</summary>
/// <param name="value">The number.</param>
internal sealed class ConstantInitialiser(double value) : IInitialiser
{
    public void Fill(Span<float> values, Shape shape, RandomStream random) => values.Fill((float)value);
}
