using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Training;

/// <summary>Masks without meaning, to time what weights of a density cost.</summary>
internal static class RandomMask
{
    /// <summary>Draws a mask with as many survivors as the density says, any set of them equally likely.</summary>
    /// <remarks>Weight by weight, by how many are still to be chosen of how many (Knuth, 3.4.2, algorithm S).</remarks>
    /// <param name="weight">Whose shape and name are taken.</param>
    /// <param name="density">Survivors as a fraction.</param>
    internal static Mask Draw(Parameter weight, double density)
    {
        var numbers = new float[weight.Shape.Count];
        new RandomStream(new Seed(3), "bench/" + weight.Name).FillUniform(numbers, 0, 1);
        var survives = new bool[numbers.Length];
        var wanted = (int)Math.Round(density * numbers.Length, MidpointRounding.AwayFromZero);
        for (var i = 0; i < numbers.Length; i++)
        {
            survives[i] = numbers[i] * (numbers.Length - i) < wanted;
            wanted -= survives[i] ? 1 : 0;
        }

        return new Mask(weight.Shape, survives);
    }
}
