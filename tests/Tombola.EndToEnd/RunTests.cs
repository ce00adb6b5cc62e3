using System.Diagnostics;
using System.Text.Json;

namespace Tombola.EndToEnd;

/// <summary>Runs small experiments through the built command.</summary>
public sealed class RunTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Leaves_the_files_that_the_documentation_promises()
    {
        var result = Cli.Run(_shop.Folder, "run", "small.yaml");
        result.ExitCode.ShouldBe(0, result.Error);
        var folder = _shop.RunFolder();
        var rows = File.ReadAllLines(Path.Combine(folder, "results.csv"));
        rows[0].ShouldBe(
            "experiment,branch,trial,level,weights_remaining,weights_total,density,multiply_adds,early_stop_step,"
            + "early_stop_val_loss,early_stop_val_accuracy,early_stop_test_accuracy,early_stop_train_accuracy,"
            + "final_step,final_val_loss,final_test_accuracy,final_train_accuracy,seconds,status,stage");
        rows.Length.ShouldBe(1 + (2 * 3) + (2 * 2));
        rows[1..].ShouldAllBe(row => row.StartsWith("small,", StringComparison.Ordinal) && row.Contains(",completed,"));
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "summary.json")));
        summary.RootElement.GetProperty("levels").GetArrayLength().ShouldBe(5);
        using var description = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "experiment.json")));
        description.RootElement.GetProperty("training").GetProperty("steps").GetInt64().ShouldBe(60);
        var stages = Directory.GetDirectories(Path.Combine(folder, "stages"));
        stages.Length.ShouldBe(10);
        File.ReadLines(Path.Combine(stages[0], "curves.csv")).First().ShouldBe(
            "step,learning_rate,train_loss,val_loss,val_accuracy,test_loss,test_accuracy,seconds");
    }

    [Fact]
    public void Gives_the_same_bits_for_any_number_of_jobs_and_threads()
    {
        Cli.Run(_shop.Folder,
            "run", "small.yaml", "--sparse", "on", "--jobs", "1", "--out", "one").ExitCode.ShouldBe(0);
        Cli.Run(_shop.Folder, "run", "small.yaml", "--sparse", "on", "--jobs", "2", "--threads", "2", "--out", "two")
            .ExitCode.ShouldBe(0);
        WithoutSeconds(_shop.RunFolder("one")).ShouldBe(WithoutSeconds(_shop.RunFolder("two")));
        foreach (var file in Directory.EnumerateFiles(
            _shop.Path("one", "stages"), "*.safetensors", SearchOption.AllDirectories))
        {
            var other = file.Replace(_shop.Path("one"), _shop.Path("two"), StringComparison.Ordinal);
            File.ReadAllBytes(other).ShouldBe(File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void A_second_run_computes_nothing_and_says_the_same()
    {
        var first = Cli.Run(_shop.Folder, "run", "small.yaml", "--json", "--quiet");
        var second = Cli.Run(_shop.Folder, "run", "small.yaml", "--json");
        second.Output.ShouldBe(first.Output);
        second.Error.ShouldContain("already there");
        second.Error.ShouldNotContain("test ");
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public void Goes_on_after_an_interruption(string signal)
    {
        string[] arguments = ["run", "small.yaml", "--sparse", "off", "--jobs", "1", "--set", "training.steps=1500"];
        Cli.Run(_shop.Folder, [.. arguments, "--out", "whole"]).ExitCode.ShouldBe(0);
        using (var process = Cli.Launch("dotnet", _shop.Folder, [Cli.Path, .. arguments]))
        {
            // Once the first training has ended there is something to keep.
            while (process.StandardError.ReadLine() is { } line && !line.StartsWith("[1/", StringComparison.Ordinal))
            {
            }

            Cli.Start("kill", _shop.Folder, signal, $"{process.Id}").ExitCode.ShouldBe(0);
            var rest = process.StandardError.ReadToEnd();
            process.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue();
            process.ExitCode.ShouldBe(130);
            rest.ShouldContain("the same command goes on from there");
        }

        var resumed = Cli.Run(_shop.Folder, arguments);
        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Error.ShouldContain("already there");
        WithoutSeconds(_shop.RunFolder()).ShouldBe(WithoutSeconds(_shop.RunFolder("whole")));
    }

    [Fact]
    public void A_killed_training_goes_on_from_its_checkpoint_and_ends_with_the_same_bits()
    {
        string[] arguments =
        [
            "run", "small.yaml", "--sparse", "on", "--jobs", "1", "--trials", "1", "--levels", "1",
            "--set", "training.steps=20000", "--set", "training.evaluate-every=5000", "--checkpoint-every", "0.05",
        ];
        Cli.Run(_shop.Folder, [.. arguments, "--out", "whole"]).ExitCode.ShouldBe(0);
        using (var process = Cli.Launch("dotnet", _shop.Folder, [Cli.Path, .. arguments]))
        {
            var work = _shop.Path("tombola-runs", "work");
            var patience = Stopwatch.StartNew();
            while (!Directory.Exists(work)
                || Directory.GetDirectories(work, "checkpoint-*", SearchOption.AllDirectories).Length < 2)
            {
                patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
                Thread.Sleep(5);
            }

            process.Kill();
            process.WaitForExit();
        }

        var resumed = Cli.Run(_shop.Folder, arguments);
        resumed.ExitCode.ShouldBe(0, resumed.Error);
        WithoutSeconds(_shop.RunFolder()).ShouldBe(WithoutSeconds(_shop.RunFolder("whole")));
        foreach (var file in Directory.EnumerateFiles(
            _shop.Path("whole", "stages"), "*.safetensors", SearchOption.AllDirectories))
        {
            var other = file.Replace(_shop.Path("whole"), _shop.Path("tombola-runs"), StringComparison.Ordinal);
            File.ReadAllBytes(other).ShouldBe(File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void A_diverging_trial_leaves_its_status_and_no_failure_of_the_others()
    {
        var result = Cli.Run(
            _shop.Folder, "run", "small.yaml", "--set", "training.optimizer={name: sgd, learning-rate: 1e30}");
        result.ExitCode.ShouldBe(1);
        var rows = File.ReadAllLines(Path.Combine(_shop.RunFolder(), "results.csv"));
        rows[1].ShouldContain("diverged at step");
        rows[2].ShouldContain("not run: The training diverged");
    }

    [Fact]
    public void Shows_and_lists_what_was_run()
    {
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet").Output.ShouldContain("winning-ticket");
        var shown = Cli.Run(_shop.Folder, "show", "small");
        shown.ExitCode.ShouldBe(0);
        shown.Output.ShouldContain("64.");
        shown.Output.ShouldNotContain("\u001b");
        Cli.Run(_shop.Folder, "show", "small", "--json").Output.ShouldContain("\"smallest_");
        Cli.Run(_shop.Folder, "list", "runs").Output.ShouldContain("small-");
        Cli.Run(_shop.Folder, "show", "small", "--level", "1").Output.ShouldContain("random-reinit");
        using var level = JsonDocument.Parse(Cli.Run(_shop.Folder, "show", "small", "--level", "2", "--json").Output);
        level.RootElement.GetArrayLength().ShouldBe(4);
        level.RootElement[0].GetProperty("early_stop_step").GetInt64().ShouldBeGreaterThan(0);
        var missing = Cli.Run(_shop.Folder, "show", "small", "--level", "3");
        missing.ExitCode.ShouldBe(2);
        missing.Error.ShouldContain("levels 0 to 2 only");
        File.WriteAllText(Path.Combine(_shop.RunFolder(), "summary.json"), "{");
        Cli.Run(_shop.Folder, "show", "small").ExitCode.ShouldBe(2);
        Cli.Run(_shop.Folder, "list", "runs").Output.ShouldContain("small-");
    }

    [Fact]
    public void A_dry_run_computes_nothing()
    {
        var result = Cli.Run(_shop.Folder, "run", "small.yaml", "--dry-run", "--json");
        result.ExitCode.ShouldBe(0, result.Error);
        using var plan = JsonDocument.Parse(result.Output);
        plan.RootElement.GetProperty("trainings").GetInt32().ShouldBe(10);
        plan.RootElement.GetProperty("estimated_seconds").GetDouble().ShouldBeGreaterThan(0);
        Directory.Exists(_shop.Path("tombola-runs", "stages")).ShouldBeFalse();
    }

    /// <summary>The table without the wall times, which alone may differ.</summary>
    private static string[] WithoutSeconds(string folder) =>
        [.. File.ReadAllLines(Path.Combine(
            folder, "results.csv")).Select(row => string.Join(',', row.Split(',').Where((_, i) => i != 17)))];
}
