namespace Tombola.EndToEnd;

/// <summary>Every sort of bad input ends in one clear line, exit code 2, and nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("Did you mean 'quickstart'", "run", "quikstart")]
    [InlineData("no such file", "run", "missing.yaml")]
    [InlineData("unknown key 'training.step'. Did you mean 'steps'", "run", "small.yaml", "--set", "training.step=5")]
    [InlineData("a whole number of at least 1, got 'many'", "run", "small.yaml", "--set", "training.steps=many")]
    [InlineData("--trials: expected a whole number from 1 to 100000, got '0'", "run", "small.yaml", "--trials", "0")]
    [InlineData("model.name: expected one of", "run", "small.yaml", "--set", "model.name=lenet")]
    [InlineData("controls.0.name: expected one of", "run", "small.yaml", "--set", "controls.0.name=reinit")]
    [InlineData("Did you mean 'mnist'", "run", "small.yaml", "--set", "data.name=mnis")]
    [InlineData("optimizer.momentum", "run", "small.yaml", "--set", "training.optimizer.momentum=2")]
    [InlineData("validation", "run", "small.yaml", "--set", "data.validation=600")]
    [InlineData("batch", "run", "small.yaml", "--set", "training.batch=5000")]
    [InlineData("retraining.steps", "run", "small.yaml", "--set", "retraining.method=fine-tuning")]
    [InlineData("no batch norm", "run", "small.yaml", "--set", "training.train-only=batch-norm")]
    [InlineData("list models --level N", "list", "criteria", "--level", "3")]
    [InlineData("rewind-step", "run", "small.yaml", "--set", "rewind-step=60")]
    [InlineData("expected key=value", "run", "small.yaml", "--set", "nonsense")]
    [InlineData("no run store", "show", "small")]
    [InlineData("--jobs: expected a whole number from 1 to 1024, got '0'", "run", "small.yaml", "--jobs", "0")]
    [InlineData("--levels: expected a whole number from 0 to 1000, got '2.5'", "run", "small.yaml", "--levels", "2.5")]
    [InlineData("Did you mean '--jobs'", "run", "small.yaml", "--jbos", "2")]
    [InlineData("--checkpoint-every: expected a number above 0", "run", "small.yaml", "--checkpoint-every", "0")]
    [InlineData("--take-over-after: expected a number above 0", "run", "small.yaml", "--take-over-after", "soon")]
    [InlineData("Did you mean 'slurm'", "run", "small.yaml", "--executor", "slrum")]
    [InlineData("--slurm-time: has no meaning here", "run", "small.yaml", "--slurm-time", "1:00:00")]
    [InlineData("--slurm-cpus: expected a", "run", "small.yaml", "--executor", "slurm", "--slurm-cpus", "0")]
    [InlineData("no run store", "status", "small")]
    [InlineData("no run store", "cancel", "small")]
    [InlineData("no run store", "runs", "verify")]
    [InlineData("no run store", "runs", "gc")]
    [InlineData("no run store", "runs", "show", "small")]
    [InlineData("Did you mean '--trials'", "run", "--trails", "small.yaml")]
    [InlineData("'tombola run' needs <experiment>", "run")]
    [InlineData("<experiment>: expected some text", "run", "")]
    [InlineData("--out: expected some text", "run", "small.yaml", "--out", "")]
    [InlineData("has no place for 'other.yaml'", "run", "small.yaml", "other.yaml")]
    [InlineData("Did you mean 'auto'", "run", "small.yaml", "--sparse", "autp")]
    [InlineData("Did you mean 'models'", "list", "modls")]
    [InlineData("Did you mean 'mnist'", "data", "get", "mnits")]
    [InlineData("Did you mean 'bash'", "completion", "bas")]
    [InlineData("--density: expected a number above 0 and at most 1", "bench", "train", "--density", "0")]
    [InlineData("'tombola data' needs one of list, get, verify", "data")]
    [InlineData("cannot be written", "run", "small.yaml", "--out", "/proc/tombola")]
    public void Says_what_is_wrong(string expected, params string[] arguments) =>
        ShouldRefuse(Cli.Run(_shop.Folder, arguments), expected);

    [SkippableFact]
    public void Says_that_there_is_no_cluster()
    {
        Skip.If(OperatingSystem.IsWindows(), "Programs are found by another path.");
        var result = Cli.Start(
            "/usr/bin/env", _shop.Folder, "PATH=/nowhere", Environment.ProcessPath!, Cli.Path, "run", "small.yaml",
            "--executor", "slurm");
        ShouldRefuse(result, "--executor slurm: 'squeue' cannot be started");
    }

    [Theory]
    [InlineData("name: x\ntrials: [1", "bad.yaml:", "not valid YAML")]
    [InlineData("name: x\nlevels: 3\nlevels: 4", "bad.yaml:3:1", "given twice")]
    [InlineData("name: x\ntraining:\n  steps: 1.5", "bad.yaml:3:10", "training.steps: expected a whole number")]
    [InlineData("name: x\ntraining: 7", "bad.yaml:2:11", "expected a mapping")]
    [InlineData("name: x\ncontrols: &a [*a]", "bad.yaml:2", "anchors and aliases")]
    [InlineData("trials: 3", "bad.yaml", "name is missing")]
    [InlineData("", "bad.yaml", "expected a mapping")]
    public void Names_the_place_in_a_file(string yaml, params string[] expected)
    {
        File.WriteAllText(_shop.Path("bad.yaml"), yaml);
        ShouldRefuse(Cli.Run(_shop.Folder, "run", "bad.yaml"), expected);
    }

    [Fact]
    public void Names_a_missing_data_file()
    {
        File.Delete(_shop.Path("data", "t10k-labels-idx1-ubyte"));
        ShouldRefuse(Cli.Run(_shop.Folder, "run", "small.yaml"), "t10k-labels-idx1-ubyte");
    }

    [Fact]
    public void Names_a_damaged_compressed_file()
    {
        File.Delete(_shop.Path("data", "train-labels-idx1-ubyte"));
        byte[] beginningOnly = [31, 139, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        File.WriteAllBytes(_shop.Path("data", "train-labels-idx1-ubyte.gz"), beginningOnly);
        ShouldRefuse(Cli.Run(_shop.Folder, "run", "small.yaml"), "train-labels-idx1-ubyte.gz");
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", 3, 9, "magic")]
    [InlineData("t10k-labels-idx1-ubyte", 100, 77, "label")]
    [InlineData("t10k-labels-idx1-ubyte", 7, 3, "t10k-labels")]
    public void Names_the_damaged_data_file(string file, int offset, byte value, string expected)
    {
        var path = _shop.Path("data", file);
        var bytes = File.ReadAllBytes(path);
        bytes[offset] = value;
        File.WriteAllBytes(path, bytes);
        ShouldRefuse(Cli.Run(_shop.Folder, "run", "small.yaml"), file, expected);
    }

    [Fact]
    public void A_truncated_data_file_leaves_earlier_results_alone()
    {
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet").ExitCode.ShouldBe(0);
        var results = Path.Combine(_shop.RunFolder(), "results.csv");
        var before = File.ReadAllText(results);
        var images = _shop.Path("data", "t10k-images-idx3-ubyte");
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..1000]);
        ShouldRefuse(Cli.Run(_shop.Folder, "run", "small.yaml"), "t10k-images-idx3-ubyte");
        File.ReadAllText(results).ShouldBe(before);
    }

    [Fact]
    public void An_unknown_command_is_refused()
    {
        var result = Cli.Run(_shop.Folder, "runn");
        ShouldRefuse(result, "Did you mean 'run'?");
    }

    private static void ShouldRefuse(ProcessResult result, params string[] expected)
    {
        result.ExitCode.ShouldBe(2, result.Error);
        result.Output.ShouldBeEmpty();
        var complaint = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        complaint.ShouldStartWith("tombola: ");
        foreach (var part in expected)
            complaint.ShouldContain(part);
        result.Error.ShouldNotContain("   at ");
    }
}
