using System.Diagnostics;
using Tombola.Numerics.Random;

namespace Tombola.Faults;

/// <summary>A small experiment that is run, killed and run again, and what must come of it.</summary>
internal sealed class Bench : IDisposable
{
    private const int SecondsColumn = 17;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Workshop _shop = new();
    private readonly RandomStream _random;
    private int _draws;

    /// <summary>Prepares the experiment.</summary>
    /// <param name="seed">Decides the moments of kills.</param>
    /// <param name="steps">Steps of each of its ten trainings, which decide how long it takes.</param>
    public Bench(ulong seed, int steps = 3_000)
    {
        _random = new RandomStream(new Seed(seed), "test/kills", 0);
        Arguments =
        [
            "run", "small.yaml", "--sparse", "on", "--jobs", "2", "--checkpoint-every", "0.05",
            "--set", $"training.steps={steps}", "--set", "training.evaluate-every=1000", "--set", "rewind-step=500",
        ];
    }

    public string Folder => _shop.Folder;

    /// <summary>The command line that everything is tried on.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public string this[params string[] parts] => _shop.Path(parts);

    public void Dispose() => _shop.Dispose();

    /// <summary>Draws a number of milliseconds.</summary>
    public int Milliseconds(int least, int most) => least + _random.Below(most - least, _draws++);

    /// <summary>Draws which of several.</summary>
    public int Choice(int count) => _random.Below(count, _draws++);

    /// <summary>Runs the experiment to its end.</summary>
    public ProcessResult Run(string store, params string[] more) =>
        Cli.Run(Folder, [.. Arguments, "--out", store, .. more]);

    /// <summary>Starts the experiment; its lines are kept.</summary>
    public Process Launch(string store, List<string>? lines = null, params string[] more) =>
        Listen(Cli.Launch("dotnet", Folder, [Cli.Path, .. Arguments, "--out", store, .. more]), lines);

    /// <summary>Reads what a process writes, so that it never waits for a reader.</summary>
    public static Process Listen(Process process, List<string>? lines)
    {
        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (lines is null || line.Data is null)
                return;
            lock (lines)
                lines.Add(line.Data);
        }

        process.ErrorDataReceived += Keep;
        process.OutputDataReceived += Keep;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Waits until something is so.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        var time = Stopwatch.StartNew();
        while (!condition())
        {
            time.Elapsed.ShouldBeLessThan(Patience, what);
            Thread.Sleep(5);
        }
    }

    /// <summary>Tells whether a training of a store was begun and not finished.</summary>
    public bool IsAtWork(string store) =>
        Directory.Exists(this[store, "work"]) && Directory.GetDirectories(this[store, "work"]).Length > 0;

    /// <summary>Tells whether a checkpoint lies in a store.</summary>
    public bool HasCheckpoint(string store) =>
        Directory.Exists(this[store, "work"])
        && Directory.GetDirectories(this[store, "work"]).Any(work =>
            Directory.Exists(work) && Directory.GetDirectories(work, "checkpoint-*").Length > 0);

    /// <summary>Holds two stores to the same results: tensors by the bit, tables apart from the seconds.</summary>
    public void ShouldBeTheSame(string store, string reference)
    {
        string[] files = [.. Results(reference)];
        files.ShouldContain(file => file.EndsWith("final.safetensors", StringComparison.Ordinal));
        Results(store).ShouldBe(files);
        foreach (var file in files)
        {
            if (file.EndsWith(".safetensors", StringComparison.Ordinal))
                File.ReadAllBytes(this[store, file]).ShouldBe(File.ReadAllBytes(this[reference, file]), file);
            else
                WithoutSeconds(this[store, file]).ShouldBe(WithoutSeconds(this[reference, file]), file);
        }
    }

    /// <summary>Holds a store to be sound and, once cleared, without anything that was not finished.</summary>
    public void ShouldBeClean(string store)
    {
        Cli.Run(Folder, "runs", "verify", "--out", store).ExitCode.ShouldBe(0);
        Cli.Run(Folder, "runs", "gc", "--out", store).ExitCode.ShouldBe(0);
        Directory.GetFileSystemEntries(this[store, "work"]).ShouldBeEmpty();
        Directory.GetFileSystemEntries(this[store, "stages"], ".*").ShouldBeEmpty();
        Directory.Exists(this[store, "damaged"]).ShouldBeFalse();
        string[] known = ["experiment.json", "results.csv", "stages.csv", "status.json", "summary.json"];
        Directory.GetFiles(_shop.RunFolder(store)).Select(Path.GetFileName).ShouldBe(known, ignoreOrder: true);
    }

    private IEnumerable<string> Results(string store) =>
        new[] { this[store, "stages"], _shop.RunFolder(store) }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".safetensors" or ".csv")
            .Select(file => Path.GetRelativePath(this[store], file)).Order(StringComparer.Ordinal);

    private static string[] WithoutSeconds(string table)
    {
        var columns = File.ReadLines(table).First().Split(',');
        var seconds = Array.IndexOf(columns, "seconds");
        seconds.ShouldBeOneOf(-1, SecondsColumn, columns.Length - 1);
        return
        [
            .. File.ReadLines(table).Select(row => seconds < 0
                ? row
                : string.Join(',', row.Split(',').Where((_, column) => column != seconds))),
        ];
    }
}
