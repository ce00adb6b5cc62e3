using Tombola.Analysis;
using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Tensors;
using Tombola.Tickets;

namespace Tombola.Tests.Analysis;

/// <summary>A run whose weights and masks are written out by the test, in a store as real runs leave it.</summary>
/// <remarks>Two layers, <c>fc1.weight</c> [3, 4] and <c>fc2.weight</c> [2, 3]: 18 numbers a network, row by row.
/// </remarks>
internal sealed class HandmadeRun : IDisposable
{
    private static readonly (string Name, Shape Shape)[] Layers =
        [("fc1.weight", new Shape(3, 4)), ("fc2.weight", new Shape(2, 3))];

    private readonly TemporaryFolder _folder = new();
    private readonly RunStore _store;
    private readonly List<object?[]> _rows = [];
    private int _stages;

    public HandmadeRun() => _store = new RunStore(_folder.Path);

    /// <summary>The folder of the run, for a name of one's own choice.</summary>
    public string FolderOf(string name) => _folder[name];

    /// <summary>Adds a dense training.</summary>
    public Stage AddDense(int trial, float[] initial, float[] final, string experiment = "handmade") =>
        AddRow(experiment, "winning-ticket", trial, 0, 18, Complete("train", [], Order(trial), folder =>
        {
            WriteWeights(Path.Combine(folder, "start.safetensors"), initial);
            WriteWeights(Path.Combine(folder, "final.safetensors"), final);
        }));

    /// <summary>Adds a pruning and the training of its ticket.</summary>
    /// <param name="dense">The dense training of the trial.</param>
    /// <param name="mask">18 digits, 1 for a survivor; blanks do not count.</param>
    public Stage AddTicket(
        Stage dense, int trial, int level, string mask, float[]? final = null, string experiment = "handmade")
    {
        var prune = Complete("prune", [dense, dense], Order(trial), folder => WriteMask(folder, mask));
        AddTraining(
            dense, prune, "winning-ticket", trial, level, mask, final, ownMask: false, experiment, Order(trial));
        return prune;
    }

    /// <summary>Adds a control of the ticket that a pruning made, with the ticket's mask or one of its own.</summary>
    /// <param name="order">The seed of its data order; the trial's, unless given.</param>
    public void AddControl(
        Stage dense, Stage prune, string control, int trial, int level, string mask, float[]? final = null,
        bool ownMask = false, int? order = null) =>
        AddTraining(
            dense, prune, order is null ? control : control + "-other-order", trial, level, mask, final, ownMask,
            "handmade", Order(order ?? trial) with { Control = control, ControlSeed = new Seed((ulong)trial) });

    /// <summary>Adds a training that was not run to its end.</summary>
    public void AddFailed(int trial, int level) =>
        AddRow(
            "handmade", "winning-ticket", trial, level, 9, Complete("train", [], Order(trial), _ => { }),
            "diverged at step 3");

    /// <summary>Adds a row without files, for analyses that read <c>results.csv</c> alone.</summary>
    public void AddAccuracies(string branch, int trial, int level, int survivors, double train, double test) =>
        AddRow(
            "handmade", branch, trial, level, survivors, Complete("train", [], Order(trial), _ => { }),
            accuracies: [train - 0.25, test - 0.25, train, test]);

    /// <summary>Writes the files of the run folder that analyses read, and opens the run.</summary>
    public AnalysedRun Open(string name = "handmade-0123")
    {
        Directory.CreateDirectory(_folder[name]);
        File.WriteAllText(Path.Combine(_folder[name], "experiment.json"), """{"name": "handmade"}""");
        using (var csv = new CsvWriter(Path.Combine(_folder[name], "results.csv"), ResultsTable.Columns))
        {
            foreach (var row in _rows)
                csv.Write(row);
        }

        _rows.Clear();
        return AnalysedRun.Open(_folder[name]);
    }

    public void Dispose() => _folder.Dispose();

    private void AddTraining(
        Stage dense, Stage prune, string branch, int trial, int level, string mask, float[]? final, bool ownMask,
        string experiment, TrainRecipe recipe)
    {
        var stage = Complete("train", [prune, dense], recipe, folder =>
        {
            WriteWeights(Path.Combine(folder, "final.safetensors"), final ?? new float[18]);
            if (ownMask)
                WriteMask(folder, mask);
        });
        AddRow(experiment, branch, trial, level, mask.Count(c => c == '1'), stage);
    }

    private static TrainRecipe Order(int seed) => new() { DataOrder = new Seed((ulong)seed) };

    // A number tells stages apart that would else be the same.
    private Stage Complete(string kind, Stage[] parents, TrainRecipe recipe, Action<string> write)
    {
        var numbered = recipe with { Initialisation = new Seed((ulong)++_stages) };
        var stage = new Stage(kind, "", CanonicalJson.Write(numbered, new TrainRecipe()), parents, 0, _ => { });
        var folder = _store.Begin(stage.Id);
        write(folder);
        _store.Complete(stage, folder);
        return stage;
    }

    private Stage AddRow(
        string experiment, string branch, int trial, int level, int survivors, Stage stage,
        string status = "completed", double[]? accuracies = null)
    {
        var (density, a) = (survivors / 18.0, accuracies ?? [1, 1, 1, 1]);
        _rows.Add([
            experiment, branch, trial, level, survivors, 18, density, null, 5, 0.5, 0.5, a[1], a[0], 9, 0.5, a[3], a[2],
            1.5, status, stage.Id.Value]);
        return stage;
    }

    private static void WriteWeights(string path, float[] weights) => Safetensors.Write(
        path,
        [
            NamedTensor.OfFloats(Layers[0].Name, Layers[0].Shape, weights.AsSpan(0, 12)),
            NamedTensor.OfFloats(Layers[1].Name, Layers[1].Shape, weights.AsSpan(12)),
        ]);

    private static void WriteMask(string folder, string mask)
    {
        bool[] survives = [.. mask.Where(c => c != ' ').Select(c => c == '1')];
        Ticket.SaveMasks(
            Path.Combine(folder, "mask.safetensors"),
            [
                (Layers[0].Name, new Mask(Layers[0].Shape, survives.AsSpan(0, 12))),
                (Layers[1].Name, new Mask(Layers[1].Shape, survives.AsSpan(12))),
            ]);
    }
}
