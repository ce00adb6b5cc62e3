using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Nn.Initialisers;

/// <summary>Draws the initial values of a parameter.</summary>
/// <remarks>One initialiser is one file here and one line in <see cref="InitialiserRegistry"/>.</remarks>
public interface IInitialiser
{
    /// <summary>Fills a parameter.</summary>
    /// <param name="values">One entry an element, overwritten.</param>
    /// <param name="shape">[outputs, inputs] or [outputs, inputs, height, width]; decides the fans.</param>
    /// <param name="random">The parameter's own stream.</param>
    void Fill(Span<float> values, Shape shape, RandomStream random);
}
