using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Nn.Initialisers;

/// <summary>Draws from a normal distribution of mean 0, again wherever a value lies beyond two deviations.</summary>
/// <remarks>Source: the initialisation of Frankle and Carbin 2018.</remarks>
/// <param name="deviation">The standard deviation before truncation.</param>
internal sealed class TruncatedNormalInitialiser(double deviation) : IInitialiser
{
    private const float Bound = 2;

    public void Fill(Span<float> values, Shape shape, RandomStream random) =>
        random.FillTruncatedNormal(values, (float)deviation, Bound);
}
