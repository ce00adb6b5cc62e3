using System.Text.Json;

namespace Tombola.EndToEnd;

/// <summary>A small residual network pruned and trained again in the three ways, from the command line.</summary>
public sealed class RetrainingTests : IDisposable
{
    private static readonly string[] Net =
    [
        "--set", "model={name: resnet-8, width: 0.25}", "--set", "controls=[]", "--set",
        "training.schedule={name: step, milestones: [30]}", "--quiet",
    ];

    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("fine-tuning", "60", "80")]
    [InlineData("learning-rate-rewinding", "40", "60")]
    public void Survivors_are_trained_on_alike_with_any_number_of_jobs_and_threads(
        string method, string first, string last)
    {
        string[] way = [.. Net, "--set", $"retraining={{method: {method}, steps: 20}}"];
        Run("one", [.. way, "--jobs", "1"]);
        Run("two", [.. way, "--jobs", "2", "--threads", "2"]);
        var one = File.ReadAllLines(Path.Combine(_shop.RunFolder("one"), "results.csv"));
        one.Length.ShouldBe(1 + (2 * 3));
        WithoutSeconds("two").ShouldBe(WithoutSeconds("one"));
        var curve = File.ReadAllLines(Path.Combine(
            _shop.RunFolder("one"), "stages", "winning-ticket-trial-1-level-2", "curves.csv"));
        curve[1].ShouldStartWith(first + ",");
        curve[^1].ShouldStartWith(last + ",");
    }

    [Fact]
    public void A_level_tells_its_multiply_adds()
    {
        Run("one", Net);
        var run = _shop.RunFolder("one");
        long Of(string level)
        {
            using var rows = JsonDocument.Parse(
                Cli.Run(_shop.Folder, "show", run, "--out", "one", "--level", level, "--json").Output);
            return rows.RootElement[0].GetProperty("multiply_adds").GetInt64();
        }

        Of("2").ShouldBeLessThan(Of("0"));
        Cli.Run(_shop.Folder, "show", run, "--out", "one", "--level", "2").Output
            .ShouldContain(FormattableString.Invariant($"{Of("2"):N0} multiply-adds an example"));
    }

    private void Run(string store, string[] options)
    {
        var result = Cli.Run(_shop.Folder, ["run", "small.yaml", "--out", store, "--sparse", "on", .. options]);
        result.ExitCode.ShouldBe(0, result.Error);
    }

    private string[] WithoutSeconds(string store) =>
    [
        .. File.ReadAllLines(Path.Combine(_shop.RunFolder(store), "results.csv"))
            .Select(line => line.Split(',')).Select(fields => string.Join(',', [.. fields[..17], .. fields[18..]])),
    ];
}
