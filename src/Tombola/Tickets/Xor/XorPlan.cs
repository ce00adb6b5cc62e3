using System.Diagnostics;
using Tombola.Experiments;
using Tombola.Numerics.Threads;

namespace Tombola.Tickets.Xor;

/// <summary>What an experiment on XOR would compute: the content of a dry run.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Folder">The folder of the run.</param>
/// <param name="Trials">Networks of each population.</param>
/// <param name="Trainings">Populations to train in all, those between the sizes reported included.</param>
/// <param name="InStore">How many of them the store has already.</param>
/// <param name="EstimatedSeconds">Wall time of the others.</param>
public sealed record XorPlan(
    string Experiment, string Folder, int Trials, int Trainings, int InStore, double EstimatedSeconds)
{
    private const int SampleSteps = 500;
    private const int SampleTrials = 256;
    private const int SampleUnits = 8;
    private const int Samples = 3;

    /// <summary>Plans a run; measures for a moment where anything is left to compute.</summary>
    /// <param name="run">The run, prepared.</param>
    /// <param name="settings">Where and with what it would be computed.</param>
    public static XorPlan Of(XorRun run, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(settings);
        var store = Directory.Exists(settings.Output) ? new RunStore(settings.Output) : null;
        Stage[] missing =
            [.. run.Stages.Where(stage => store is null || !Directory.Exists(store.FolderOf(stage.Id)))];
        return new XorPlan(
            run.Experiment.Name, run.Folder, run.Experiment.Trials, run.Stages.Count,
            run.Stages.Count - missing.Length, missing.Length == 0 ? 0 : Estimate(run.Experiment, settings, missing));
    }

    private static double Estimate(XorExperiment experiment, RunSettings settings, Stage[] missing)
    {
        var ids = missing.Select(stage => stage.Id).ToHashSet();
        var cores = Math.Max(1, Environment.ProcessorCount / settings.Threads);
        var chain = missing.Max(ChainOf);
        var shared = missing.Sum(stage => stage.Work) / Math.Min(settings.Jobs, cores);
        return SecondsPerWork(experiment, settings.Threads) * Math.Max(chain, shared);

        double ChainOf(Stage stage) =>
            ids.Contains(stage.Id) ? stage.Work + stage.Parents.Select(ChainOf).DefaultIfEmpty(0).Max() : 0;
    }

    /// <summary>Measures a training of a few networks; the last of several counts, the others warm up.</summary>
    private static double SecondsPerWork(XorExperiment experiment, int threads)
    {
        using var team = new ThreadTeam(threads);
        using var population = XorNetworks
            .Draw(experiment.Seed, SampleTrials, SampleUnits, experiment.Training.Deviation).ToPopulation();
        var seconds = 0.0;
        for (var sample = 0; sample < Samples; sample++)
        {
            var watch = Stopwatch.StartNew();
            population.Descend(
                team, SampleSteps, experiment.Training.LearningRate, experiment.Training.HiddenBiases);
            seconds = watch.Elapsed.TotalSeconds;
        }

        return seconds / ((double)SampleSteps * SampleTrials * SampleUnits);
    }
}
