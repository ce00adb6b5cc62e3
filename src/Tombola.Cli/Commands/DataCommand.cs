using System.CommandLine;
using Spectre.Console;
using Tombola.Cli.Rendering;
using Tombola.Data;
using Tombola.Formats;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola data</c>: which data sets there are, downloads and checks.</summary>
internal static class DataCommand
{
    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal) =>
        new("data", "Lists, downloads and verifies data sets.")
        {
            CreateList(terminal), CreateGet(terminal), CreateVerify(terminal),
        };

    private static Command CreateList(AnsiTerminal terminal)
    {
        var command = new Command("list", "Lists the known data sets and where they were found.")
        {
            SharedOptions.Data, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var folders = SharedOptions.Folders(parsed);
            var rows = DataSetRegistry.Sources.Select(source => Describe(source, folders)).ToArray();
            if (parsed.GetValue(SharedOptions.Json))
            {
                terminal.WriteRaw(CanonicalJson.Pretty(rows));
                return Application.Done;
            }

            var table = new Table().Border(TableBorder.Rounded)
                .AddColumns("name", "examples", "shape", "found in", "description");
            foreach (var row in rows)
            {
                table.AddRow(
                    row.Name, $"{row.Train:N0} + {row.Test:N0}", Markup.Escape(row.Shape),
                    row.Folder is null ? "[yellow]not here[/]" : Markup.Escape(row.Folder),
                    Markup.Escape(row.Description));
            }

            terminal.Out.Write(table);
            return Application.Done;
        });
        return command;
    }

    private static Command CreateGet(AnsiTerminal terminal)
    {
        var names = new Argument<string[]>("name")
        {
            Description = "The data sets to download.", Arity = ArgumentArity.OneOrMore,
        };
        names.CompletionSources.Add(_ => DataSetRegistry.Names.Select(Completion.Item));
        var command = new Command("get", "Downloads data sets into the cache, verifies them, and puts them in place.")
        {
            names,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            foreach (var name in parsed.GetValue(names)!)
                await GetAsync(name, SharedOptions.Folders(parsed), terminal, cancellation).ConfigureAwait(false);
            return Application.Done;
        });
        return command;
    }

    /// <summary>Downloads one data set into the cache.</summary>
    internal static async Task GetAsync(
        string name, DataFolders folders, AnsiTerminal terminal, CancellationToken cancellation)
    {
        if (DataSetRegistry.Get(name) is not PublishedDataSet set)
        {
            terminal.Error.MarkupLineInterpolated($"{name} is part of Tombola; there is nothing to download.");
            return;
        }

        var folder = await DownloadProgressView.GetAsync(
            set, folders.Cache, terminal, cancellation).ConfigureAwait(false);
        terminal.Error.MarkupLineInterpolated($"{name}: complete in {folder}");
    }

    private static Command CreateVerify(AnsiTerminal terminal)
    {
        var name = new Argument<string>("name") { Description = "The data set to check." };
        name.CompletionSources.Add(_ => DataSetRegistry.Names.Select(Completion.Item));
        var command = new Command("verify", "Checks a data set's files against the published hashes.")
        {
            name, SharedOptions.Data, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var verdicts = DataSetRegistry.Get(parsed.GetValue(name)!).Verify(SharedOptions.Folders(parsed));
            if (parsed.GetValue(SharedOptions.Json))
                terminal.WriteRaw(CanonicalJson.Pretty(verdicts));
            else
                Write(terminal.Out, verdicts);
            return verdicts.All(verdict => verdict.State is FileState.Verified or FileState.Sound)
                ? Application.Done
                : Application.Failed;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, IEnumerable<FileVerdict> verdicts)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("file", "state", "detail", "path");
        foreach (var verdict in verdicts)
        {
            var color = verdict.State is FileState.Verified or FileState.Sound ? "green" : "red";
            table.AddRow(
                Markup.Escape(verdict.Name), $"[{color}]{StateText.Of(verdict.State)}[/]",
                Markup.Escape(verdict.Detail), Markup.Escape(verdict.Path));
        }

        console.Write(table);
    }

    private static DataSetRow Describe(DataSetSource source, DataFolders folders)
    {
        var folder = source is PublishedDataSet set ? set.FindFolder(folders) : "(built in)";
        return new DataSetRow(
            source.Name, source.TrainCount, source.TestCount, source.ExampleShape.ToString(), folder,
            source.Description);
    }

    private sealed record DataSetRow(
        string Name, int Train, int Test, string Shape, string? Folder, string Description);
}
