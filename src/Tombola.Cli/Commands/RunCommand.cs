using System.CommandLine;
using System.Globalization;
using Tombola.Cli.Rendering;
using Tombola.Data;
using Tombola.Formats;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola run</c>: computes an experiment and shows what came of it.</summary>
internal static class RunCommand
{
    private const int MostAtATime = 1_024;

    private static readonly Argument<string> Experiment = new("experiment")
    {
        Description = "A preset ('tombola list experiments'), or the path of a YAML file.",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Changes a key of the description, for example training.steps=2000; may be repeated.",
        HelpName = "key=value",
    };

    private static readonly Option<int?> Trials = new("--trials")
    {
        Description = "Short for --set trials=N.",
        HelpName = "N",
        CustomParser = result => Requirement.Whole(result, "--trials", 1, 100_000),
    };

    private static readonly Option<int?> Levels = new("--levels")
    {
        Description = "Short for --set levels=N.",
        HelpName = "N",
        CustomParser = result => Requirement.Whole(result, "--levels", 0, 1_000),
    };

    private static readonly Option<int?> Seed = new("--seed")
    {
        Description = "Short for --set seed=N.",
        HelpName = "N",
        CustomParser = result => Requirement.Whole(result, "--seed", 0),
    };

    private static readonly Option<double> Scale = new("--scale")
    {
        Description = "Shrinks steps and trials to this fraction for a quick look; marked in the result's name.",
        DefaultValueFactory = _ => 1,
        CustomParser = result => Requirement.Number(result, "--scale", 0, 1),
    };

    private static readonly Option<int> Jobs = new("--jobs")
    {
        Description = "Trainings at a time; by default as many as cores.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        CustomParser = result => Requirement.Whole(result, "--jobs", 1, MostAtATime),
    };

    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Threads of each training; results do not depend on it.",
        DefaultValueFactory = _ => 1,
        CustomParser = result => Requirement.Whole(result, "--threads", 1, MostAtATime),
    };

    private static readonly Option<double> CheckpointEvery = new("--checkpoint-every")
    {
        Description = "Seconds between checkpoints of a training, from which the same command goes on.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
        CustomParser = result => Requirement.Number(result, "--checkpoint-every", 0, 86_400),
    };

    private static readonly Option<double> TakeOverAfter = new("--take-over-after")
    {
        Description = "Seconds without a sign of life after which another process's training is taken over.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 90,
        CustomParser = result => Requirement.Number(result, "--take-over-after", 0, 86_400),
    };

    private static readonly Option<string> Sparse = new("--sparse")
    {
        Description = "Compress pruned weights: auto (below the measured break-even density), on or off.",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Lists what would run, with an estimate of the time, and computes nothing.",
    };

    private static readonly Option<bool> Download = new("--download")
    {
        Description = "Downloads the data set first where it is missing.",
    };

    private static readonly Option<bool> Studio = new("--studio")
    {
        Description = "Shows the run on a page while it is computed ('tombola studio'); the page stays until Ctrl-C.",
    };

    private static readonly Option<bool> Quiet = new("--quiet") { Description = "No progress, only the result." };

    static RunCommand()
    {
        Experiment.CompletionSources.Add(_ => Presets.Names.Select(Completion.Item));
        Set.CompletionSources.Add(context =>
            KeysOf(context.ParseResult.GetValue(Experiment)).Select(key => Completion.Item($"{key}=")));
        Requirement.NotEmpty(Experiment);
        Requirement.OneOf(Sparse, ["auto", "on", "off"]);
    }

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var command = new Command("run", "Finds tickets: trains, prunes, rewinds and trains again, level after level.")
        {
            Experiment, Set, Trials, Levels, Seed, Scale, Jobs, Threads, Sparse, CheckpointEvery,
            TakeOverAfter,
            SharedOptions.Output, SharedOptions.Data,
            Download, DryRun, SharedOptions.Json, Quiet, Studio,
        };
        SlurmOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            Task.Run(() => RunAsync(parsed, terminal, cancellation), CancellationToken.None));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, AnsiTerminal terminal, CancellationToken cancellation)
    {
        var (description, scale) = (Describe(parsed), parsed.GetValue(Scale));
        var manner = new RunManner(
            parsed.GetValue(DryRun), parsed.GetValue(SharedOptions.Json), parsed.GetValue(Quiet));
        if (ExperimentKind.Of(description) == ExperimentKind.Xor)
        {
            var experiment = XorFile.Bind(description).Scaled(scale);
            return await BesideStudioAsync(
                parsed, terminal,
                () => XorCommand.Run(experiment, SettingsOf(parsed), manner, terminal, cancellation), cancellation)
                .ConfigureAwait(false);
        }

        var study = ExperimentFile.BindStudy(description).Scaled(scale);
        var folders = SharedOptions.Folders(parsed);
        foreach (var name in study.Variants.Select(variant => variant.Data.Name).Distinct())
        {
            var missing = DataSetRegistry.Find(name) is PublishedDataSet set && set.FindFolder(folders) is null;
            if (missing && parsed.GetValue(Download))
                await DataCommand.GetAsync(name, folders, terminal, cancellation).ConfigureAwait(false);
        }

        return await BesideStudioAsync(
            parsed, terminal, () => Run(study, SettingsOf(parsed), manner, terminal, cancellation), cancellation)
            .ConfigureAwait(false);
    }

    private static async Task<int> BesideStudioAsync(
        ParseResult parsed, AnsiTerminal terminal, Func<int> run, CancellationToken cancellation) =>
        parsed.GetValue(Studio) && !parsed.GetValue(DryRun)
            ? await StudioCommand.BesideAsync(parsed, terminal, run, cancellation).ConfigureAwait(false)
            : run();

    private static RunSettings SettingsOf(ParseResult parsed) => new()
    {
        Output = parsed.GetValue(SharedOptions.Output)!,
        Data = SharedOptions.Folders(parsed),
        Jobs = parsed.GetValue(Jobs),
        Threads = parsed.GetValue(Threads),
        CheckpointEvery = TimeSpan.FromSeconds(parsed.GetValue(CheckpointEvery)),
        TakeOverAfter = TimeSpan.FromSeconds(parsed.GetValue(TakeOverAfter)),
        Cluster = SlurmOptions.Of(parsed, parsed.GetValue(Threads)),
        Sparse = Enum.Parse<SparseMode>(parsed.GetValue(Sparse)!, ignoreCase: true),
        BreakEvenFile = SharedOptions.BreakEvenFile,
        Command = "tombola " + string.Join(
            ' ', parsed.Tokens.Select(token => token.Value).Where(word => word != Studio.Name).Select(Quoted)),
    };

    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:,+@%".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static int Run(
        TicketStudy study, RunSettings settings, RunManner manner, AnsiTerminal terminal,
        CancellationToken cancellation)
    {
        var run = StudyRun.Prepare(study, settings);
        if (manner.DryRun)
            return ShowPlan(RunPlan.Of(run, settings), manner, terminal);
        DetachedException.Guard(run.Folder, settings, () => RunProgress.Watch(
            run.Stages, observer => run.Execute(observer, cancellation), manner.Quiet ? null : terminal));
        if (manner.Json)
            terminal.WriteRaw(CanonicalJson.Pretty(run.Summary));
        else
            SummaryView.Write(terminal.Out, run.Summary, run.Folder);
        foreach (var failure in run.Failures)
            Application.WriteError(terminal, failure.Message);
        var done = run.AnyCompleted && run.Failures.Count == 0;
        return done ? Application.Done : Application.Failed;
    }

    private static int ShowPlan(RunPlan plan, RunManner manner, AnsiTerminal terminal)
    {
        if (manner.Json)
            terminal.WriteRaw(CanonicalJson.Pretty(plan));
        else
            PlanView.Write(terminal.Out, plan);
        return Application.Done;
    }

    // A file is taken for the usual kind: it may not be readable yet while its command line is being typed.
    private static IReadOnlyList<string> KeysOf(string? experiment) =>
        experiment is not null && Presets.Names.Contains(experiment)
            && ExperimentKind.Of(Presets.Open(experiment)) == ExperimentKind.Xor
            ? XorFile.Keys
            : ExperimentFile.Keys;

    private static ConfigNode Describe(ParseResult parsed)
    {
        var root = Presets.Open(parsed.GetValue(Experiment)!);
        foreach (var setting in parsed.GetValue(Set) ?? [])
        {
            var (key, value) = setting.Split('=', 2) is [{ Length: > 0 } k, var v]
                ? (k, v)
                : throw new InputException($"--set {setting}: expected key=value, for example training.steps=2000.");
            root.Set(key, value);
        }

        SetNumber(root, "trials", parsed.GetValue(Trials));
        SetNumber(root, "levels", parsed.GetValue(Levels));
        SetNumber(root, "seed", parsed.GetValue(Seed));
        return root;
    }

    private static void SetNumber(ConfigNode root, string key, IFormattable? value)
    {
        if (value is not null)
            root.Set(key, value.ToString(null, CultureInfo.InvariantCulture));
    }
}
