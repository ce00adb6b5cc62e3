using Tombola.Numerics.Random;

namespace Tombola.Data;

/// <summary>Holds a data set as published: its training and its test examples.</summary>
/// <param name="Name">The name in the registry, or that of the folder it was read from.</param>
/// <param name="Train">The training examples, from which <see cref="Split"/> takes the validation examples.</param>
/// <param name="Test">The test examples, of the same shape and classes.</param>
public sealed record DataSet(string Name, ImageSet Train, ImageSet Test)
{
    private const string Purpose = "validation-split";

    /// <summary>Sets aside some training examples for validation, chosen by seed.</summary>
    /// <remarks>
    /// The choice is uniform without regard to the label and depends on the seed alone. Both parts keep the order of
    /// the original. Frankle and Carbin (2019) use 5,000 of MNIST's 60,000.
    /// </remarks>
    /// <param name="validation">Number of validation examples: at least 1 and less than the training examples.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <returns>The three parts; the test set is shared, not copied.</returns>
    /// <exception cref="InputException">The number is out of range.</exception>
    public DataSplit Split(int validation, Seed seed)
    {
        if (validation < 1 || validation >= Train.Count)
            throw new InputException(
                $"{validation} validation examples cannot be taken from the {Train.Count} training examples of "
                + $"'{Name}'; give a number from 1 to {Train.Count - 1}.");
        var order = new int[Train.Count];
        new RandomStream(seed, Purpose).FillPermutation(order);
        var chosen = order.AsSpan(0, validation);
        var rest = order.AsSpan(validation);
        chosen.Sort();
        rest.Sort();
        return new DataSplit(Name, Train.Select(rest), Train.Select(chosen), Test);
    }
}
