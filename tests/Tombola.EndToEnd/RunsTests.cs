using System.Text.Json;

namespace Tombola.EndToEnd;

/// <summary>Lists, checks and clears a run store through the built command.</summary>
public sealed class RunsTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void A_store_is_listed_verified_and_cleared()
    {
        string[] small = ["run", "small.yaml", "--sparse", "off", "--trials", "1", "--levels", "1", "--quiet"];
        Cli.Run(_shop.Folder, small).ExitCode.ShouldBe(0);
        Cli.Run(_shop.Folder, "runs", "list").Output.ShouldBe(Cli.Run(_shop.Folder, "list", "runs").Output);
        var shown = Cli.Run(_shop.Folder, "runs", "show", "small").Output;
        shown.ShouldContain("winning-ticket · trial 1 · level 1");
        shown.ShouldContain("4 sound");

        var stages = _shop.Path("tombola-runs", "stages");
        var curve = Directory.GetFiles(stages, "curves.csv", SearchOption.AllDirectories)[0];
        File.AppendAllText(curve, "x");
        foreach (var verify in new string[][] { ["runs", "verify"], ["runs", "verify", "small"] })
        {
            var verdict = Cli.Run(_shop.Folder, verify);
            verdict.ExitCode.ShouldBe(1);
            verdict.Output.ShouldContain("curves.csv is not what was written");
            verdict.Output.ShouldContain("3 stages are sound, 1 damaged");
        }

        var again = Cli.Run(_shop.Folder, small);
        again.ExitCode.ShouldBe(0);
        Cli.Run(_shop.Folder, "runs", "verify").ExitCode.ShouldBe(0);
        Directory.GetDirectories(_shop.Path("tombola-runs", "damaged")).ShouldHaveSingleItem();

        // Another run shares three of its four stages; they stay when the first is removed.
        Cli.Run(_shop.Folder, [.. small, "--set", "controls=[]"]).ExitCode.ShouldBe(0);
        var folder = JsonDocument.Parse(Cli.Run(_shop.Folder, "runs", "list", "--json").Output).RootElement
            .EnumerateArray().Select(row => row.GetProperty("name").GetString()!).ToArray();
        folder.Length.ShouldBe(2);
        var controlled = folder.Single(name => Cli.Run(_shop.Folder, "runs", "show", name).Output.Contains("reinit"));
        var unasked = Cli.Run(_shop.Folder, "runs", "remove", controlled);
        (unasked.ExitCode, Directory.Exists(_shop.Path("tombola-runs", controlled))).ShouldBe((2, true));
        unasked.Error.ShouldContain("--yes");
        Cli.Run(_shop.Folder, "runs", "remove", controlled, "--yes").ExitCode.ShouldBe(0);
        Cli.Run(_shop.Folder, "runs", "gc", "--dry-run").Output.ShouldContain("Would remove 1 stages");
        Cli.Run(_shop.Folder, "runs", "gc").Output.ShouldContain("Removed 1 stages");
        Cli.Run(_shop.Folder, "runs", "gc").Output.ShouldContain("Removed 0 stages");
        Cli.Run(_shop.Folder, "runs", "verify").Output.ShouldContain("3 stages are sound, 0 damaged");
        Directory.GetDirectories(_shop.Path("tombola-runs", "damaged")).ShouldHaveSingleItem();
    }
}
