using System.Globalization;
using Tombola.Formats;
using Tombola.Nn.Models;
using Tombola.Optim;
using Tombola.Pruning;
using Tombola.Pruning.Units;
using Tombola.Tickets.Controls;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>Says whether an experiment makes sense, be it read from a file or built in C#.</summary>
internal static class ExperimentRules
{
    /// <summary>Checks all that can be checked without the data.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="source">Its file or name, for the message.</param>
    /// <exception cref="InputException">An option is unknown, out of range, or contradicts another.</exception>
    internal static void Check(TicketExperiment experiment, string source)
    {
        CheckName(experiment.Name, source);
        var (training, pruning) = (experiment.Training, experiment.Pruning);
        Require(experiment.Trials >= 1, source, "trials", "1 or more", experiment.Trials);
        Require(experiment.Levels >= 0, source, "levels", "0 or more", experiment.Levels);
        Require(training.Steps >= 1, source, "training.steps", "1 or more", training.Steps);
        Require(training.EvaluateEvery >= 1, source, "training.evaluate-every", "1 or more", training.EvaluateEvery);
        RequireRate(source, "pruning.fully-connected-rate", pruning.FullyConnectedRate);
        RequireRate(source, "pruning.convolution-rate", pruning.ConvolutionRate);
        RequireRate(source, "pruning.output-rate", pruning.OutputRate);
        Require(experiment.RewindStep >= 0, source, "rewind-step", "0 or more", experiment.RewindStep);
        Require(
            experiment.RewindStep < training.Steps, source, "rewind-step",
            $"less than training.steps ({training.Steps.ToString(CultureInfo.InvariantCulture)})",
            experiment.RewindStep);
        CheckRetraining(experiment, source);
        CheckControls(experiment.Controls, source);
        try
        {
            _ = CriterionRegistry.Get(pruning.Criterion);
            _ = UnitScoreRegistry.Get(pruning.UnitScore);
            ModelRegistry.Validate(experiment.Model);
            OptimizerRegistry.Validate(training.Optimizer);
            LearningRateSchedule.Validate(training.Schedule);
            EarlyStopRule.Validate(training.EarlyStop);
        }
        catch (InputException exception)
        {
            throw new InputException($"{source}: {exception.Message}", exception);
        }
    }

    /// <summary>Checks the name of an experiment, which begins the name of its run folder.</summary>
    /// <param name="name">The name.</param>
    /// <param name="source">The experiment's file or name, for the message.</param>
    /// <exception cref="InputException">The name has other characters than it may.</exception>
    internal static void CheckName(string name, string source)
    {
        if (name.Length == 0 || name[0] == '.' || !name.All(IsNameCharacter))
        {
            throw new InputException(
                $"{source}: name: expected letters, digits and hyphens, got {Excerpt.Quote(name)}.");
        }
    }

    private static void CheckRetraining(TicketExperiment experiment, string source)
    {
        if (experiment.RewindEpoch is { } epoch)
        {
            Require(epoch >= 0 && double.IsFinite(epoch), source, "rewind-epoch", "0 or more", epoch);
            Require(
                experiment.RewindStep == 0, source, "rewind-step", "none beside rewind-epoch", experiment.RewindStep);
        }

        if (experiment.Retraining is not { } retraining)
            return;
        var (method, steps) = (retraining.Method, experiment.Training.Steps);
        if (method == RetrainingMethod.FineTuning && retraining.Steps is null)
            throw new InputException($"{source}: retraining.steps: fine-tuning needs the number of its steps.");
        if (retraining.Steps is { } t)
        {
            var most = method == RetrainingMethod.FineTuning ? long.MaxValue - steps : steps;
            Require(t >= 1 && t <= most, source, "retraining.steps", Range(most), t);
            if (experiment.RewindStep > 0 || experiment.RewindEpoch is not null)
            {
                throw new InputException(
                    $"{source}: retraining.steps: says where to rewind to; leave out rewind-step and rewind-epoch.");
            }
        }

        if (method != RetrainingMethod.WeightRewinding
            && experiment.Pruning.Schedule == PruningSchedule.IterativeContinued)
        {
            throw new InputException(
                $"{source}: pruning.schedule: 'iterative-continued' never rewinds and knows weight rewinding alone; "
                + "use 'iterative' or 'one-shot' with other ways of retraining.");
        }
    }

    private static string Range(long most) =>
        most > long.MaxValue / 2 ? "1 or more" : FormattableString.Invariant($"1 to training.steps ({most})");

    private static void CheckControls(IReadOnlyList<ControlOptions> controls, string source)
    {
        foreach (var control in controls)
        {
            _ = ControlRegistry.Get(control.Name);
            Require(control.Draws >= 1, source, $"draws of control '{control.Name}'", "1 or more", control.Draws);
            var scale = control.Scale ?? 1;
            Require(scale >= 0, source, $"scale of control '{control.Name}'", "0 or more", scale);
        }

        var twice = controls.GroupBy(control => control.Branch).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new InputException($"{source}: controls: '{twice.Key}' is listed twice; use its draws instead.");
    }

    private static void RequireRate(string source, string key, double rate) =>
        Require(rate is >= 0 and <= 1, source, key, "0 to 1", rate);

    private static void Require(bool met, string source, string key, string expected, double found)
    {
        if (!met)
        {
            throw new InputException(
                FormattableString.Invariant($"{source}: {key}: expected {expected}, got {found}."));
        }
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
