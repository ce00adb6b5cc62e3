using Spectre.Console;
using Tombola.Data;
using Tombola.Data.Download;

namespace Tombola.Cli.Rendering;

/// <summary>Downloads a data set under a bar a file, or with lines where nobody watches.</summary>
internal static class DownloadProgressView
{
    /// <summary>Downloads.</summary>
    /// <returns>The folder of the data set.</returns>
    internal static async Task<string> GetAsync(
        PublishedDataSet set, string root, AnsiTerminal terminal, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var downloader = new Downloader(client, new DownloadOptions());
        if (!terminal.Live)
            return await downloader.GetAsync(set, root, new Lines(terminal.Error), cancellation).ConfigureAwait(false);
        return await terminal.Error.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(context =>
                downloader.GetAsync(set, root, new Bars(context, terminal.Error), cancellation)).ConfigureAwait(false);
    }

    private sealed class Bars(ProgressContext context, IAnsiConsole console) : IProgress<DownloadProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(DownloadProgress value)
        {
            if (!_tasks.TryGetValue(value.File, out var task))
                _tasks[value.File] = task = context.AddTask(value.File);
            if (value.Trouble is not null)
                console.MarkupLineInterpolated($"[yellow]{value.Trouble}[/]");
            task.MaxValue = value.Total ?? Math.Max(task.MaxValue, value.Received);
            task.Value = value.Received;
        }
    }

    private sealed class Lines(IAnsiConsole console) : IProgress<DownloadProgress>
    {
        private readonly HashSet<string> _begun = [];

        public void Report(DownloadProgress value)
        {
            if (value.Trouble is not null)
                console.WriteLine($"{value.File}: {value.Trouble}");
            else if (_begun.Add(value.File))
                console.WriteLine($"{value.File}: {(value.Mirror is null ? "already there" : $"from {value.Mirror}")}");
        }
    }
}
