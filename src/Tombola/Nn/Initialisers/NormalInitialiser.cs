using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Nn.Initialisers;

/// <summary>Draws from a normal distribution of mean 0 whose deviation depends on the shape alone.</summary>
/// <param name="deviation">The standard deviation for given fans.</param>
internal sealed class NormalInitialiser(Func<Fans, double> deviation) : IInitialiser
{
    public void Fill(Span<float> values, Shape shape, RandomStream random) =>
        random.FillNormal(values, (float)deviation(Fans.Of(shape)));
}
