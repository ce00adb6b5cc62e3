namespace Tombola.Faults;

/// <summary>Trials that come to nothing end with their status, and leave the others alone.</summary>
public sealed class TrialTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void A_learning_rate_that_explodes_ends_its_variant_and_no_other()
    {
        Append("""
            variants:
              - name: calm
              - name: wild
                set:
                  training.optimizer: {name: sgd, learning-rate: 1e30}
            """);
        var result = Cli.Run(_shop.Folder, "run", "small.yaml", "--sparse", "on");
        result.ExitCode.ShouldBe(0, result.Error);
        var rows = Rows();
        rows.Where(row => row.StartsWith("small/calm,", StringComparison.Ordinal))
            .ShouldAllBe(row => row.Contains(",completed,"));
        string[] wild = [.. rows.Where(row => row.StartsWith("small/wild,", StringComparison.Ordinal))];
        wild.Length.ShouldBe(10);
        wild.Count(row => row.Contains(",diverged at step ")).ShouldBe(2);
        wild.Count(row => row.Contains("not run: The training diverged at step ")).ShouldBe(8);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public void A_layer_that_loses_its_last_weight_ends_the_trial_at_that_level(string sparse)
    {
        var result = Cli.Run(
            _shop.Folder, "run", "small.yaml", "--sparse", sparse, "--set", "pruning.output-rate=0.95");
        result.ExitCode.ShouldBe(0, result.Error);
        var rows = Rows();
        rows.Count(row => row.Contains(",completed,")).ShouldBe(2 * 3);
        rows.Count(row => row.Contains(",not run: Layer collapse: pruning left fc3.weight no weights;"))
            .ShouldBe(2 * 2);
    }

    [Fact]
    public void Where_nothing_finished_the_exit_code_says_so()
    {
        var result = Cli.Run(
            _shop.Folder, "run", "small.yaml", "--set", "training.optimizer={name: sgd, learning-rate: 1e30}");
        result.ExitCode.ShouldBe(1);
        Rows().ShouldNotContain(row => row.Contains(",completed,"));
    }

    private void Append(string text) => File.AppendAllText(_shop.Path("small.yaml"), $"\n{text}\n");

    private string[] Rows() => File.ReadAllLines(Path.Combine(_shop.RunFolder(), "results.csv"))[1..];
}
