using System.CommandLine;
using Spectre.Console;
using Tombola.Cli.Rendering;
using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola runs</c>: what the run store holds, whether it is sound, and what can go.</summary>
internal static class RunsCommand
{
    private static readonly Option<bool> Yes = new("--yes") { Description = "Does not ask." };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Says what would be removed, and removes nothing.",
    };

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal) =>
        new("runs", "Lists, checks and clears the runs and stages of the run store.")
        {
            CreateList(terminal), CreateShow(terminal), CreateVerify(terminal), CreateRemove(terminal),
            CreateGarbage(terminal),
        };

    private static Command CreateList(AnsiTerminal terminal)
    {
        var command = new Command("list", "Lists the runs, as 'tombola list runs' does.")
        {
            SharedOptions.Output, SharedOptions.Json,
        };
        command.SetAction(parsed => ListCommand.Show(ListCommand.Runs(parsed), parsed, terminal));
        return command;
    }

    private static Command CreateShow(AnsiTerminal terminal)
    {
        var run = RunArgument();
        var command = new Command("show", "Shows the stages of a run and how they lie in the store.")
        {
            run, SharedOptions.Output, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var rows = StagesOf(parsed, run).ToArray();
            Write(rows, parsed, terminal);
            return Application.Done;
        });
        return command;
    }

    private static Command CreateVerify(AnsiTerminal terminal)
    {
        var run = RunArgument();
        run.Arity = ArgumentArity.ZeroOrOne;
        var command = new Command("verify", "Hashes every file of the store's stages, or of one run's, again.")
        {
            run, SharedOptions.Output, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var root = Root(parsed);
            var rows = parsed.GetValue(run) is null
                ? [.. StageState.All(root).Select(state => StageRow.Of(state, "", ""))]
                : StagesOf(parsed, run).ToArray();
            var damaged = rows.Where(row => row.Condition == StageCondition.Damaged).ToArray();
            if (parsed.GetValue(SharedOptions.Json))
                terminal.WriteRaw(CanonicalJson.Pretty(rows));
            else
                WriteVerdict(rows, damaged, terminal);
            return damaged.Length == 0 ? Application.Done : Application.Failed;
        });
        return command;
    }

    private static Command CreateRemove(AnsiTerminal terminal)
    {
        var run = RunArgument();
        var command = new Command("remove", "Removes a run; its stages stay for others until 'tombola runs gc'.")
        {
            run, SharedOptions.Output, Yes,
        };
        command.SetAction(parsed =>
        {
            var folder = RunFolder.Find(parsed.GetValue(SharedOptions.Output)!, parsed.GetValue(run)!);
            if (!parsed.GetValue(Yes) && !Confirm($"Remove {folder}?", terminal))
            {
                terminal.Error.MarkupLineInterpolated($"{folder} stays.");
                return Application.Failed;
            }

            Directory.Delete(folder, recursive: true); // Links to stages go, the stages stay.
            terminal.Error.MarkupLineInterpolated($"{folder} is removed; 'tombola runs gc' removes its stages.");
            return Application.Done;
        });
        return command;
    }

    private static Command CreateGarbage(AnsiTerminal terminal)
    {
        var command = new Command(
            "gc", "Removes stages that no run refers to, and what killed processes left half-written.")
        {
            DryRun, SharedOptions.Output, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var garbage = StoreGarbage.Find(Root(parsed));
            var dry = parsed.GetValue(DryRun);
            var sum = new GarbageRow(
                garbage.Stages.Count, garbage.Work.Count, garbage.Strays.Count, garbage.Bytes, !dry);
            if (!dry)
                garbage.Remove();
            if (parsed.GetValue(SharedOptions.Json))
                terminal.WriteRaw(CanonicalJson.Pretty(sum));
            else
                terminal.Out.MarkupLineInterpolated($"{sum}");
            return Application.Done;
        });
        return command;
    }

    private static Argument<string?> RunArgument()
    {
        var run = new Argument<string?>("run")
        {
            Description = "A run ('tombola runs list'), the beginning of its name, or its folder.",
        };
        run.CompletionSources.Add(Completion.Runs(SharedOptions.Output));
        return run;
    }

    private static string Root(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(SharedOptions.Output)!);

    private static IEnumerable<StageRow> StagesOf(ParseResult parsed, Argument<string?> run)
    {
        var folder = RunFolder.Find(parsed.GetValue(SharedOptions.Output)!, parsed.GetValue(run)!);
        var root = Path.GetDirectoryName(folder)!;
        return RunStages.Read(folder).Select(stage =>
            StageRow.Of(StageState.Of(root, stage.Id), stage.Kind, stage.Label));
    }

    // Where nobody can answer, nothing is removed unasked.
    private static bool Confirm(string question, AnsiTerminal terminal) =>
        terminal.Live && !Console.IsInputRedirected
            ? terminal.Error.Confirm(Markup.Escape(question), defaultValue: false)
            : throw new InputException($"{question} Nobody is there to ask; --yes answers.");

    private static void Write(StageRow[] rows, ParseResult parsed, AnsiTerminal terminal)
    {
        if (parsed.GetValue(SharedOptions.Json))
            terminal.WriteRaw(CanonicalJson.Pretty(rows));
        else
            StagesView.Write(terminal.Out, rows);
    }

    private static void WriteVerdict(StageRow[] rows, StageRow[] damaged, AnsiTerminal terminal)
    {
        if (damaged.Length > 0)
            StagesView.Write(terminal.Out, damaged);
        var sound = rows.Count(row => row.Condition == StageCondition.Sound);
        terminal.Out.MarkupLineInterpolated($"{sound} stages are sound, {damaged.Length} damaged.");
        if (damaged.Length > 0)
            terminal.Out.WriteLine("'tombola run' sets damaged ones aside and computes them again.");
    }

    private sealed record GarbageRow(int Stages, int Work, int Strays, long Bytes, bool Removed)
    {
        public override string ToString() => FormattableString.Invariant(
            $"{(Removed ? "Removed" : "Would remove")} {Stages} stages that no run refers to, work on {Work} that ")
            + FormattableString.Invariant(
                $"are finished or not wanted, {Strays} files and folders left half-written: {Bytes / 1e6:0.0} MB.");
    }
}
