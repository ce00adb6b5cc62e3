using System.CommandLine;
using Spectre.Console;
using Tombola.Analysis;
using Tombola.Cli.Rendering;
using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Formats;
using Tombola.Nn.Models;
using Tombola.Pruning;
using Tombola.Tickets;
using Tombola.Tickets.Controls;
using Tombola.Tickets.Xor;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola list</c>: what there is to choose from.</summary>
internal static class ListCommand
{
    private const string Models = "models";

    private delegate IEnumerable<(string Name, string Description)> Source(ParseResult parsed);

    private static readonly Dictionary<string, Source> Tables = new()
    {
        ["experiments"] = _ => Presets.Names.Select(
            name => (name, DescribePreset(Presets.Open(name)))),
        [Models] = _ => ModelRegistry.All,
        ["datasets"] = _ => DataSetRegistry.Sources.Select(source => (source.Name, source.Description)),
        ["augmentations"] = _ => AugmentationRegistry.All,
        ["criteria"] = _ => CriterionRegistry.All,
        ["controls"] = _ => ControlRegistry.All,
        ["analyses"] = _ => AnalysisRegistry.All,
        ["runs"] = Runs,
    };

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var what = new Argument<string>("what") { Description = string.Join(", ", Tables.Keys) };
        Requirement.OneOf(what, "thing to list", Tables.Keys);
        var level = new Option<int?>("--level")
        {
            Description = "For models: what is left after so many rounds of pruning at the papers' rates.",
            HelpName = "N",
            CustomParser = result => Requirement.Whole(result, "--level", 0, 1_000),
        };
        var command = new Command(
            "list", "Lists experiments, models, data sets, augmentations, criteria, controls, analyses or runs.")
        {
            what, level, SharedOptions.Output, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(what)!;
            if (name == Models)
                return ShowModels(parsed.GetValue(level), parsed, terminal);
            if (parsed.GetValue(level) is not null)
                throw new InputException($"--level: {name} have none; 'tombola list models --level N' has.");
            return Show(Tables[name](parsed), parsed, terminal);
        });
        return command;
    }

    /// <summary>Lists the runs of the store that the command line names.</summary>
    internal static IEnumerable<(string Name, string Description)> Runs(ParseResult parsed) =>
        RunFolder.List(parsed.GetValue(SharedOptions.Output)!).Select(DescribeRun);

    /// <summary>Writes names with a line of description each.</summary>
    internal static int Show(
        IEnumerable<(string Name, string Description)> rows, ParseResult parsed, AnsiTerminal terminal)
    {
        if (parsed.GetValue(SharedOptions.Json))
            terminal.WriteRaw(CanonicalJson.Pretty(rows.Select(row => new Row(row.Name, row.Description))));
        else
            Write(terminal.Out, rows);
        return Application.Done;
    }

    private static int ShowModels(int? level, ParseResult parsed, AnsiTerminal terminal)
    {
        ModelSize[] models = [.. ModelSize.All(level)];
        if (parsed.GetValue(SharedOptions.Json))
            terminal.WriteRaw(CanonicalJson.Pretty(models));
        else
            ModelView.Write(terminal.Out, models);
        return Application.Done;
    }

    private static void Write(IAnsiConsole console, IEnumerable<(string Name, string Description)> rows)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, description) in rows)
            grid.AddRow(new Text(name, new Style(Color.Aqua)), new Text(description));
        console.Write(grid);
    }

    private static string DescribePreset(ConfigNode preset) =>
        ExperimentKind.Of(preset) == ExperimentKind.Xor
            ? XorFile.Bind(preset).Description
            : ExperimentFile.BindStudy(preset).Description;

    private static (string Name, string Description) DescribeRun(string folder) =>
        (Path.GetFileName(folder), DescribeSummary(folder));

    private static string DescribeSummary(string folder)
    {
        try
        {
            if (ExperimentKind.OfRun(folder) == ExperimentKind.Xor)
                return XorRunView.Conclude(XorRunFolder.ReadSummary(folder));
            return RunFolder.ReadSummary(folder) switch
            {
                { Variants.Count: > 0 } study => FormattableString.Invariant($"{study.Variants.Count} variants"),
                { SmallestWinningTicket: { } best } => FormattableString.Invariant(
                    $"smallest winning ticket: level {best.Level}, {100 * best.Density:0.0} % of the weights"),
                _ => "no winning ticket",
            };
        }
        catch (InputException exception)
        {
            return exception.Message; // One damaged run must not hide the others.
        }
    }

    private sealed record Row(string Name, string Description);
}
