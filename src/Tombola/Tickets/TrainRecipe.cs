using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Nn.Models;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>Everything that the outcome of a training stage depends on, its parents apart.</summary>
/// <remarks>Defaults are frozen: fields at their default are left out of the hash that names the stage.</remarks>
internal sealed record TrainRecipe
{
    public DataRecipe Data { get; init; } = new();

    public ModelOptions Model { get; init; } = new();

    public TrainingOptions Training { get; init; } = new();

    public Seed Initialisation { get; init; }

    public Seed DataOrder { get; init; }

    /// <summary>The step at which the training starts, with the weights of that step from a parent.</summary>
    public long FirstStep { get; init; }

    /// <summary>The step whose weights are kept for rewinding; 0 for those before training.</summary>
    public long? KeepStep { get; init; }

    /// <summary>For each weight the density at and below which it is compressed; none where it never is.</summary>
    /// <remarks>Part of the recipe since gradients of compressed weights differ in their last bits.</remarks>
    public SortedDictionary<string, double> CompressBelow { get; init; } = [];

    public string Control { get; init; } = "";

    public Seed ControlSeed { get; init; }

    public double ControlScale { get; init; } = 1;

    public bool ControlKeepsSigns { get; init; }

    /// <summary>Whether the parent's weights are those after its training, not those that tickets rewind to.</summary>
    public bool FromTrained { get; init; }
}

/// <summary>The examples of a training stage.</summary>
internal sealed record DataRecipe
{
    /// <summary>SHA-256 over all pixels and labels: the same name may hold other examples elsewhere.</summary>
    public string Content { get; init; } = "";

    public int Validation { get; init; }

    public Seed Split { get; init; }

    public Normalisation Normalisation { get; init; } = Normalisation.Unit;

    public string Augment { get; init; } = AugmentationRegistry.None;
}
