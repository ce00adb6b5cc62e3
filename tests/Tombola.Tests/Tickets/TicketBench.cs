using Tombola.Nn.Models;
using Tombola.Optim;
using Tombola.Tests.Training;
using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

/// <summary>A folder with small pictures, and a small experiment on them.</summary>
internal sealed class TicketBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TicketBench()
    {
        Quarters.Write(_folder["data"]);
        Experiment = new TicketExperiment
        {
            Name = "small",
            Trials = 2,
            Levels = 2,
            Data = new DataOptions { Name = _folder["data"], Validation = 80 },
            Model = new ModelOptions { Name = "mlp", Hidden = [12] },
            Training = new TrainingOptions
            {
                Steps = 40,
                Batch = 20,
                EvaluateEvery = 20,
                Optimizer = new OptimizerOptions { LearningRate = 1e-2 },
            },
            Controls = [new ControlOptions { Name = "random-reinit" }],
        };
    }

    public TicketExperiment Experiment { get; }

    public string this[string name] => _folder[name];

    /// <summary>Settings with a store of its own; compression is fixed, so that ids are the same everywhere.</summary>
    public RunSettings Settings(string store = "runs", int jobs = 2) =>
        new() { Output = _folder[store], Jobs = jobs, Sparse = SparseMode.Off };

    public TicketRun Prepare(TicketExperiment? experiment = null, string store = "runs") =>
        TicketRun.Prepare(experiment ?? Experiment, Settings(store));

    public void Dispose() => _folder.Dispose();
}
