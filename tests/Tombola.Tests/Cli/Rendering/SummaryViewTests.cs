using Spectre.Console;
using Tombola.Cli.Rendering;
using Tombola.Tickets;

namespace Tombola.Tests.Cli.Rendering;

/// <summary>Tables and plots fit the terminal, however many levels there are.</summary>
public sealed class SummaryViewTests
{
    private const int Weights = 266_200;

    [Theory]
    [InlineData(80, 5)]
    [InlineData(80, 25)]
    [InlineData(100, 25)]
    [InlineData(60, 25)]
    [InlineData(200, 3)]
    public void No_line_is_wider_than_the_terminal(int width, int levels)
    {
        var lines = Show(Summarise(levels), width);
        lines.ShouldAllBe(line => line.Length <= width);
        // Folded cells would make more lines than levels.
        lines.Count(line => line.StartsWith('│')).ShouldBe(2 + levels + (levels - 1));
        lines.Count(line => line.Contains("verdict", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void A_wide_terminal_shows_every_column()
    {
        var header = Show(Summarise(3), 120).First(line => line.Contains("level", StringComparison.Ordinal));
        foreach (var title in new[] { "weights", "early stop", "test", "min–max", "at end", "train", " s ", "verdict" })
            header.ShouldContain(title);
    }

    [Fact]
    public void A_narrow_terminal_does_without_the_least_important_columns()
    {
        var header = Show(Summarise(3), 80).First(line => line.Contains("level", StringComparison.Ordinal));
        header.ShouldNotContain(" s ");
        header.ShouldContain("early stop");
        header.ShouldContain("min–max");
    }

    [Theory]
    [InlineData(80, 25)]
    [InlineData(80, 8)]
    [InlineData(40, 8)]
    public void Labels_of_the_axis_are_whole_and_apart(int width, int levels)
    {
        var lines = Show(Summarise(levels), width);
        var axis = Array.FindIndex(lines, line => line.Contains('└'));
        var labels = lines[axis + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = Enumerable.Range(0, levels).Select(level => LabelOf(Density(level))).ToArray();
        labels[0].ShouldBe("100");
        labels.ShouldAllBe(label => known.Contains(label));
    }

    [Fact]
    public void Marks_at_one_place_stand_side_by_side()
    {
        var level = Level("winning-ticket", 1, 0.9, 500);
        var summary = new RunSummary("x", [level, level with { Branch = "random-reinit" }], null, null);
        Show(summary, 80).ShouldContain(line => line.Contains("○●", StringComparison.Ordinal));
    }

    [Fact]
    public void Levels_without_a_training_that_counts_are_dashes()
    {
        var level = new LevelSummary(
            "winning-ticket", 0, Weights, Weights, 1, 0, 2, null, null, null, null, null, null);
        var row = Show(new RunSummary("x", [level], null, null), 100).Last(line => line.StartsWith('│'));
        row.ShouldContain("–");
        row.ShouldContain("dense (2 failed)");
    }

    private static string[] Show(RunSummary summary, int width)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = width;
        SummaryView.Write(console, summary, "runs/x");
        return writer.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
    }

    private static RunSummary Summarise(int levels)
    {
        var tickets = Enumerable.Range(0, levels)
            .Select(level => Level("winning-ticket", level, 0.95 + (0.0012 * level), 40_000 - (700 * level)));
        var controls = Enumerable.Range(1, levels - 1)
            .Select(level => Level("random-reinit", level, 0.95 - (0.004 * level), 40_000 + (300 * level)));
        return new RunSummary("x", [.. tickets, .. controls], null, null);
    }

    private static LevelSummary Level(string branch, int level, double accuracy, double step)
    {
        var spread = new Spread(accuracy, accuracy - 0.01, accuracy + 0.01);
        return new LevelSummary(
            branch, level, (long)(Weights * Density(level)), Weights, Density(level), 2, 0,
            new Spread(step, step, step), spread, spread, spread, new Spread(123.4, 120, 130),
            level == 0 ? null : Verdict.Matching);
    }

    private static double Density(int level) => Math.Pow(0.8, level);

    private static string LabelOf(double density) =>
        FormattableString.Invariant($"{100 * density:0.0}") is var text && 100 * density >= 9.95
            ? FormattableString.Invariant($"{100 * density:0}")
            : text;
}
