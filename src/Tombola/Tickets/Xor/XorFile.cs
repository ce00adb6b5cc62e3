using Tombola.Formats;
using Tombola.Pruning.Units;

namespace Tombola.Tickets.Xor;

/// <summary>Reads an experiment on XOR from its YAML description.</summary>
public static class XorFile
{
    private const int MostSteps = 100_000_000;

    private static readonly XorExperiment Defaults = new() { Name = "" };

    private static readonly string[] Schedules = ["iterative", "one-shot"];

    /// <summary>The keys that a description knows, dotted, in alphabetical order.</summary>
    /// <remarks>Those of the items of <c>pruning.strategies</c> are not among them; they depend on their number.
    /// </remarks>
    public static IReadOnlyList<string> Keys { get; } = FindKeys();

    /// <summary>Binds a parsed description.</summary>
    /// <param name="root">From <see cref="ConfigReader"/>, with the settings of the command line applied.</param>
    /// <exception cref="InputException">A key is unknown, missing, or its value malformed or out of range.</exception>
    public static XorExperiment Bind(ConfigNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var file = new ConfigSection(root);
        ExperimentKind.Expect(file, ExperimentKind.Xor);
        var experiment = Read(file);
        file.RejectUnknownKeys();
        XorRules.Check(experiment, root.Source);
        return experiment;
    }

    private static XorExperiment Read(ConfigSection file) => new()
    {
        Name = file.Text("name", null),
        Description = file.Text("description", ""),
        Seed = new Seed((ulong)file.Integer("seed", (long)Defaults.Seed.Value, 0)),
        Trials = (int)file.Integer("trials", Defaults.Trials, 1, XorRules.MostTrials),
        Hidden = Units(file, "hidden") is { Count: > 0 } hidden ? hidden : Defaults.Hidden,
        Training = BindTraining(file.Section("training")),
        Scoring = BindScoring(file.Section("scoring")),
        Pruning = BindPruning(file.Section("pruning")),
    };

    private static string[] FindKeys()
    {
        var file = new ConfigSection(ConfigReader.Parse("name: keys", "keys"));
        ExperimentKind.Expect(file, ExperimentKind.Xor);
        Read(file);
        return [.. file.AskedKeys().Order(StringComparer.Ordinal)];
    }

    private static XorTrainingOptions BindTraining(ConfigSection section) => new()
    {
        Steps = (int)section.Integer("steps", Defaults.Training.Steps, 1, MostSteps),
        LearningRate = section.Number("learning-rate", Defaults.Training.LearningRate, 0, leastExcluded: true),
        Deviation = section.Number("deviation", Defaults.Training.Deviation, 0, leastExcluded: true),
        HiddenBiases = section.Boolean("hidden-biases", Defaults.Training.HiddenBiases),
    };

    private static XorScoringOptions BindScoring(ConfigSection section) => new()
    {
        Tolerance = section.Number("tolerance", Defaults.Scoring.Tolerance, 0, 0.5, mostExcluded: true),
        ZeroLoss = section.Number("zero-loss", Defaults.Scoring.ZeroLoss, 0, leastExcluded: true),
    };

    private static XorPruningOptions BindPruning(ConfigSection section) => new()
    {
        To = Units(section, "to"),
        Strategies = [.. section.Sections("strategies").Select(BindStrategy)],
    };

    private static XorStrategy BindStrategy(ConfigSection section) => new(
        section.Choice("schedule", Schedules[0], Schedules) == "one-shot"
            ? PruningSchedule.OneShot
            : PruningSchedule.Iterative,
        section.Choice("score", "", UnitScoreRegistry.Names) is { Length: > 0 } score
            ? score
            : section.Text("score", null));

    private static IReadOnlyList<int> Units(ConfigSection section, string key) =>
        [.. section.Integers(key, 1).Select(units => (int)Math.Min(units, XorRules.MostUnits + 1))];
}
