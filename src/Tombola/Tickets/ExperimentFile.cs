using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Formats;
using Tombola.Nn;
using Tombola.Nn.Models;
using Tombola.Optim;
using Tombola.Pruning;
using Tombola.Pruning.Units;
using Tombola.Tickets.Controls;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>Reads an experiment from its YAML description.</summary>
public static class ExperimentFile
{
    private static readonly TicketExperiment Defaults = new() { Name = "" };

    private static readonly string[] Scopes = ["layer-wise", "global"];

    private static readonly Dictionary<string, PruningSchedule> Schedules = new()
    {
        ["iterative"] = PruningSchedule.Iterative,
        ["iterative-continued"] = PruningSchedule.IterativeContinued,
        ["one-shot"] = PruningSchedule.OneShot,
    };

    private static readonly Dictionary<string, RetrainingMethod> RetrainingMethods = new()
    {
        ["weight-rewinding"] = RetrainingMethod.WeightRewinding,
        ["learning-rate-rewinding"] = RetrainingMethod.LearningRateRewinding,
        ["fine-tuning"] = RetrainingMethod.FineTuning,
    };

    private static readonly Dictionary<string, TrainedPart> TrainedParts = new()
    {
        ["all"] = TrainedPart.All,
        ["batch-norm"] = TrainedPart.BatchNorm,
        ["output"] = TrainedPart.Output,
    };

    private static readonly Dictionary<string, LayerKind> Kinds = new()
    {
        ["fully-connected"] = LayerKind.FullyConnected,
        ["output"] = LayerKind.Output,
        ["convolution"] = LayerKind.Convolution,
        ["shortcut"] = LayerKind.Shortcut,
    };

    /// <summary>
    /// The keys that a description knows, dotted, in alphabetical order, for example <c>training.steps</c>.
    /// </summary>
    /// <remarks>Those of the items of <c>controls</c> are not among them; they depend on their number.</remarks>
    public static IReadOnlyList<string> Keys { get; } = FindKeys();

    /// <summary>Binds a parsed description with its variants.</summary>
    /// <param name="root">From <see cref="ConfigReader"/>, with the settings of the command line applied.</param>
    /// <exception cref="InputException">A key is unknown, missing, or its value malformed or out of range.</exception>
    public static TicketStudy BindStudy(ConfigNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        TicketExperiment[] variants =
            [.. VariantFile.Expand(root).Select(variant => Bind(variant.Root) with { Variant = variant.Name })];
        return new TicketStudy(variants[0].Name, variants[0].Description, variants);
    }

    /// <summary>Binds a parsed description of one experiment, without variants.</summary>
    /// <param name="root">From <see cref="ConfigReader"/>, with the settings of the command line applied.</param>
    /// <exception cref="InputException">A key is unknown, missing, or its value malformed or out of range.</exception>
    public static TicketExperiment Bind(ConfigNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var file = new ConfigSection(root);
        ExperimentKind.Expect(file, ExperimentKind.Tickets);
        var experiment = Read(file);
        file.RejectUnknownKeys();
        ExperimentRules.Check(experiment, FileOf(root.Origin));
        return experiment;
    }

    private static TicketExperiment Read(ConfigSection file) => new()
    {
        Name = file.Text("name", null),
        Description = file.Text("description", ""),
        Seed = new Seed((ulong)file.Integer("seed", (long)Defaults.Seed.Value, 0)),
        Trials = (int)file.Integer("trials", Defaults.Trials, 1, 100_000),
        Levels = (int)file.Integer("levels", Defaults.Levels, 0, 1_000),
        Data = BindData(file.Section("data")),
        Model = BindModel(file.Section("model")),
        Training = BindTraining(file.Section("training")),
        Pruning = BindPruning(file.Section("pruning")),
        RewindStep = file.Integer("rewind-step", Defaults.RewindStep, 0),
        RewindEpoch = file.OptionalNumber("rewind-epoch", 0),
        Retraining = BindRetraining(file.Section("retraining")),
        Controls = [.. file.Sections("controls").Select(BindControl)],
    };

    private static string[] FindKeys()
    {
        var file = new ConfigSection(ConfigReader.Parse("name: keys", "keys"));
        ExperimentKind.Expect(file, ExperimentKind.Tickets);
        Read(file);
        return [.. file.AskedKeys().Append(VariantFile.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>Returns the file of a place <c>file:line:column</c>.</summary>
    private static string FileOf(string origin)
    {
        var parts = origin.Split(':');
        return parts.Length > 2 ? string.Join(':', parts[..^2]) : origin;
    }

    private static DataOptions BindData(ConfigSection section) => new()
    {
        Name = section.Text("name", Defaults.Data.Name),
        Validation = (int)section.Integer("validation", Defaults.Data.Validation, 1, int.MaxValue),
        Normalisation = section.Choice("normalisation", Defaults.Data.Normalisation, Normalisation.Names),
        Augment = section.Choice(
            "augment", Defaults.Data.Augment, AugmentationRegistry.All.Select(augmentation => augmentation.Name)),
    };

    private static ModelOptions BindModel(ConfigSection section) => new()
    {
        Name = section.Choice("name", Defaults.Model.Name, ModelRegistry.All.Select(model => model.Name)),
        Hidden = [.. section.Integers("hidden", 1).Select(units => (int)Math.Min(units, int.MaxValue))],
        Width = section.Number("width", Defaults.Model.Width, 0, 64),
        Dropout = section.Number("dropout", Defaults.Model.Dropout, 0, 1),
        Initialiser = section.Text("initialiser", Defaults.Model.Initialiser),
        BatchNormScale = section.Choice("batch-norm-scale", "one", ["one", "uniform"]) == "uniform"
            ? BatchNormScale.Uniform
            : BatchNormScale.One,
    };

    private static TrainingOptions BindTraining(ConfigSection section) => new()
    {
        Steps = section.Integer("steps", Defaults.Training.Steps, 1),
        Batch = (int)section.Integer("batch", Defaults.Training.Batch, 1, 1_000_000),
        EvaluateEvery = section.Integer("evaluate-every", Defaults.Training.EvaluateEvery, 1),
        EarlyStop = section.Choice(
            "early-stop", Defaults.Training.EarlyStop, EarlyStopRule.All.Select(rule => rule.Name)),
        TrainOnly = TrainedParts[section.Choice("train-only", "all", TrainedParts.Keys)],
        Optimizer = BindOptimizer(section.Section("optimizer")),
        Schedule = BindSchedule(section.Section("schedule")),
    };

    private static OptimizerOptions BindOptimizer(ConfigSection section)
    {
        var defaults = Defaults.Training.Optimizer;
        return new OptimizerOptions
        {
            Name = section.Choice("name", defaults.Name, OptimizerRegistry.All.Select(optimizer => optimizer.Name)),
            LearningRate = section.Number("learning-rate", defaults.LearningRate),
            Momentum = section.Number("momentum", defaults.Momentum),
            Nesterov = section.Boolean("nesterov", defaults.Nesterov),
            WeightDecay = section.Number("weight-decay", defaults.WeightDecay),
            Beta1 = section.Number("beta1", defaults.Beta1),
            Beta2 = section.Number("beta2", defaults.Beta2),
            Epsilon = section.Number("epsilon", defaults.Epsilon),
            Alpha = section.Number("alpha", defaults.Alpha),
        };
    }

    private static ScheduleOptions BindSchedule(ConfigSection section)
    {
        var defaults = Defaults.Training.Schedule;
        return new ScheduleOptions
        {
            Name = section.Choice("name", defaults.Name, LearningRateSchedule.All.Select(schedule => schedule.Name)),
            Milestones = section.Integers("milestones", 1),
            Factor = section.Number("factor", defaults.Factor),
            WarmUp = section.Integer("warm-up", defaults.WarmUp, 0),
            Final = section.Number("final", defaults.Final),
        };
    }

    private static PruningOptions BindPruning(ConfigSection section)
    {
        var defaults = Defaults.Pruning;
        var known = CriterionRegistry.All.Select(criterion => criterion.Name);
        return new PruningOptions
        {
            Criterion = section.Choice("criterion", defaults.Criterion, known),
            Scope = section.Choice("scope", Scopes[0], Scopes) == "global"
                ? PruningScope.Global
                : PruningScope.LayerWise,
            Schedule = Schedules[section.Choice("schedule", "iterative", Schedules.Keys)],
            Granularity = section.Choice("granularity", "weight", ["weight", "unit"]) == "unit"
                ? PruningGranularity.Unit
                : PruningGranularity.Weight,
            UnitScore = section.Choice("unit-score", defaults.UnitScore, UnitScoreRegistry.Names),
            Layers = [.. section.Choices("layers", Kinds.Keys).Select(name => Kinds[name])],
            FullyConnectedRate = section.Number("fully-connected-rate", defaults.FullyConnectedRate, 0, 1),
            ConvolutionRate = section.Number("convolution-rate", defaults.ConvolutionRate, 0, 1),
            OutputRate = section.Number("output-rate", defaults.OutputRate, 0, 1),
        };
    }

    private static RetrainingOptions? BindRetraining(ConfigSection section)
    {
        var options = new RetrainingOptions
        {
            Method = RetrainingMethods[section.Choice("method", "weight-rewinding", RetrainingMethods.Keys)],
            Steps = section.OptionalInteger("steps", 1),
        };
        return options == new RetrainingOptions() ? null : options;
    }

    private static ControlOptions BindControl(ConfigSection section) => new()
    {
        Name = section.Choice("name", "", ControlRegistry.All.Select(control => control.Name)) is { Length: > 0 } name
            ? name
            : section.Text("name", null),
        Draws = (int)section.Integer("draws", 1, 1, 1_000),
        Scale = section.OptionalNumber("scale", 0),
        KeepSigns = section.Boolean("keep-signs", false),
        OtherOrder = section.Boolean("other-order", false),
    };
}
