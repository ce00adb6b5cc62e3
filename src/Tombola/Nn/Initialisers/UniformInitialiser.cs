using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Nn.Initialisers;

/// <summary>Draws from a uniform distribution around 0 whose bound depends on the shape alone.</summary>
/// <param name="bound">The bound a of [−a, a) for given fans.</param>
internal sealed class UniformInitialiser(Func<Fans, double> bound) : IInitialiser
{
    public void Fill(Span<float> values, Shape shape, RandomStream random)
    {
        var a = (float)bound(Fans.Of(shape));
        random.FillUniform(values, -a, a);
    }
}
