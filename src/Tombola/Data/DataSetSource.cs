using Tombola.Tensors;

namespace Tombola.Data;

/// <summary>Describes a data set that Tombola knows by name, and loads it.</summary>
/// <param name="Name">Its name on the command line and in recipes.</param>
/// <param name="Description">One line on what it is and where it comes from.</param>
/// <param name="ExampleShape">The shape of one example: <c>[28, 28]</c>, or <c>[3, 32, 32]</c> with channels.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="TrainCount">Number of training examples, of which an experiment sets some aside for validation.</param>
/// <param name="TestCount">Number of test examples.</param>
/// <param name="Standard">
/// The normalisation commonly used with it; null where there is none, so that it is computed from the training
/// examples.
/// </param>
public abstract record DataSetSource(
    string Name,
    string Description,
    Shape ExampleShape,
    int Classes,
    int TrainCount,
    int TestCount,
    Normalisation? Standard)
{
    /// <summary>Loads the set.</summary>
    /// <param name="folders">Where files are looked for.</param>
    /// <exception cref="InputException">The files are not found, or one of them is damaged.</exception>
    public abstract DataSet Load(DataFolders folders);

    /// <summary>Checks that the set on this machine is the published one.</summary>
    /// <param name="folders">Where files are looked for.</param>
    /// <returns>What was found of each file, or of the set as a whole where it has no files.</returns>
    /// <exception cref="InputException">No folder has any of its files.</exception>
    public abstract IReadOnlyList<FileVerdict> Verify(DataFolders folders);
}
