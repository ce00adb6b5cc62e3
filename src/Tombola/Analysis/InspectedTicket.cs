using Tombola.Data;
using Tombola.Nn.Models;
using Tombola.Tensors;
using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Analysis;

/// <summary>One training of a run, opened to be looked at: its mask, weights before and after, recipe.</summary>
/// <remarks>Nothing is written. Weights are read anew at each call and not kept. Not thread-safe.</remarks>
public sealed class InspectedTicket
{
    private readonly AnalysedRun _run;

    private InspectedTicket(AnalysedRun run, AnalysedTraining training, TicketExperiment experiment)
    {
        (_run, Training, Experiment) = (run, training, experiment);
        Layers = run.MasksOf(training);
    }

    /// <summary>The training.</summary>
    public AnalysedTraining Training { get; }

    /// <summary>The experiment that it belongs to; of a study, its variant.</summary>
    public TicketExperiment Experiment { get; }

    /// <summary>The prunable layers in the order of the forward pass, with their masks; full ones if dense.</summary>
    public IReadOnlyList<LayerMask> Layers { get; }

    /// <summary>Opens a training of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stage">The id of the training's stage.</param>
    /// <exception cref="InputException">The run has no such training, or a file is missing or damaged.</exception>
    public static InspectedTicket Open(AnalysedRun run, string stage)
    {
        ArgumentNullException.ThrowIfNull(run);
        var training = run.Trainings.FirstOrDefault(training => training.Stage.Value == stage)
            ?? throw new InputException($"{run.Name}: no training that went through has the stage '{stage}'.");
        var experiment = RunFolder.ReadStudy(run.Folder).Variants
            .FirstOrDefault(variant => variant.FullName == training.Experiment)
            ?? throw new InputException(
                $"{run.Name}: its description has no experiment '{training.Experiment}', as its results have.");
        return new InspectedTicket(run, training, experiment);
    }

    /// <summary>Reads the ticket: the weights that its training started from, and the mask.</summary>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public Ticket ReadStart() => new(_run.StartOf(Training), Masks());

    /// <summary>Reads the trained network: the weights at the end of training, and the mask.</summary>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public Ticket ReadTrained() => new(_run.FinalOf(Training), Masks());

    /// <summary>Prepares the trained network for use.</summary>
    /// <param name="example">The shape of one example.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>What answers; the caller disposes of it.</returns>
    /// <exception cref="InputException">The network was trained on examples of another shape.</exception>
    public CompiledTicket Compile(Shape example, int classes) =>
        ReadTrained().Compile(ModelRegistry.Create(Experiment.Model, example, classes), example);

    /// <summary>Reads how pixels became inputs of the training.</summary>
    public Normalisation ReadNormalisation() => _run.RecipeOf(Training).Data.Normalisation;

    /// <summary>Times a training step of this network here.</summary>
    /// <param name="data">Its examples, or others of their shape.</param>
    /// <param name="duration">How long to measure.</param>
    /// <param name="breakEven">Decides which layers are compressed.</param>
    public StepTiming Time(DataSplit data, TimeSpan duration, BreakEven breakEven) => StepBenchmark.Run(
        new StepBenchmarkOptions
        {
            Model = Experiment.Model, Training = Experiment.Training, Masks = Masks(), Duration = duration,
        },
        data, peak: double.NaN, breakEven);

    private Dictionary<string, Mask> Masks() =>
        Training.Level == 0 ? [] : Layers.ToDictionary(layer => layer.Name, layer => layer.Mask);
}
