using Spectre.Console;
using Tombola.Cli.Rendering;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Tests.Cli.Rendering;

/// <summary>Results on XOR as a person sees them.</summary>
public sealed class XorRunViewTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal_and_rates_stay(int width)
    {
        var lines = Show(Summary(Completed), width);
        lines.ShouldAllBe(line => line.Length <= width);
        var row = lines.Single(line => line.StartsWith("│     2", StringComparison.Ordinal));
        foreach (var rate in new[] { "51.5 %", "49.1 %", "17.5 %", "17.6 %" })
            row.ShouldContain(rate);
    }

    [Fact]
    public void The_set_up_stands_below_the_table()
    {
        var text = string.Join('\n', Show(Summary(Completed), 1000));
        text.ShouldContain("1,000 networks a row, seed 1; weights N(0, 0.1²) within two deviations, biases from 0");
        text.ShouldContain("10,000 steps of gradient descent on all four points at rate 0.1.");
        text.ShouldContain("or within 0.001 of it; zero loss: mean cross-entropy below 0.01.");
    }

    [Fact]
    public void A_row_that_was_not_run_says_why()
    {
        var missing = Completed with
        {
            DecisionBoundary = null, DecisionBoundaryStrict = null, ZeroLoss = null, MeanLoss = null,
            Published = null, Status = "failed: the disk is full",
        };
        var text = string.Join('\n', Show(Summary(missing), 120));
        text.ShouldContain("unpruned, 2 units: failed: the disk is full");
        XorRunView.Conclude(Summary(missing)).ShouldBe("nothing was run");
        XorRunView.Conclude(Summary(Completed))
            .ShouldBe("unpruned, 2 to 2 units: decision boundary 51.5 %, zero loss 17.5 %");
    }

    private static XorRow Completed => new(
        "unpruned", 2, 2, Proportion.Of(515, 1000), Proportion.Of(175, 1000), Proportion.Of(175, 1000), 0.42,
        new XorPublished(0.491, 0.176), "completed", "0123456789");

    private static XorSummary Summary(XorRow row) => new(new XorExperiment { Name = "x" }, [row]);

    private static string[] Show(XorSummary summary, int width)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = width;
        XorRunView.Write(console, summary, "runs/x");
        return writer.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
    }
}
