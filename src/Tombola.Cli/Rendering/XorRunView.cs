using System.Globalization;
using Spectre.Console;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Cli.Rendering;

/// <summary>Shows the results of an experiment on XOR: a table a strategy, and the set-up they hold for.</summary>
internal static class XorRunView
{
    private const string None = "–";

    /// <summary>Writes everything.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="summary">The results.</param>
    /// <param name="folder">The folder of the run.</param>
    internal static void Write(IAnsiConsole console, XorSummary summary, string folder)
    {
        foreach (var strategy in summary.Rows.GroupBy(row => row.Strategy))
            console.Write(TableOf(strategy.Key, [.. strategy], console.Profile.Width));
        foreach (var row in summary.Rows.Where(row => row.ZeroLoss is null))
            console.MarkupLineInterpolated($"[yellow]{row.Strategy}, {row.Units} units: {row.Status}[/]");
        foreach (var line in SetUp(summary.Experiment))
            console.MarkupLineInterpolated($"{line}");
        console.MarkupLineInterpolated($"[grey]{folder}[/]");
    }

    /// <summary>Says in one line what came of an experiment.</summary>
    internal static string Conclude(XorSummary summary) =>
        summary.Rows.LastOrDefault(row => row.ZeroLoss is not null) is { } last
            ? Text($"{last.Strategy}, {last.Hidden} to {last.Units} units: decision boundary ")
                + $"{Percent(last.DecisionBoundary)}, zero loss {Percent(last.ZeroLoss)}"
            : "nothing was run";

    /// <summary>Writes what would be computed.</summary>
    internal static void WritePlan(IAnsiConsole console, XorPlan plan)
    {
        console.WriteLine(Text(
            $"{plan.Trainings} populations of {plan.Trials:N0} networks, {plan.InStore} already there; ")
            + $"{Durations.Of(plan.EstimatedSeconds)} to go.");
        console.MarkupLineInterpolated($"[grey]{plan.Folder}[/]");
    }

    private static Table TableOf(string strategy, XorRow[] rows, int width) =>
        new NarrowingTable<XorRow>(strategy)
            .Add("units", row => Text($"{row.Units}"))
            .Add("boundary", row => Percent(row.DecisionBoundary))
            .Add("95 %", row => Interval(row.DecisionBoundary), dropOrder: 2)
            .Add("published", row => Published(row.Published?.DecisionBoundary))
            .Add("no ties", row => Percent(row.DecisionBoundaryStrict), dropOrder: 1)
            .Add("zero loss", row => Percent(row.ZeroLoss))
            .Add("95 %", row => Interval(row.ZeroLoss), dropOrder: 3)
            .Add("published", row => Published(row.Published?.ZeroLoss))
            .Fit(rows, width);

    private static IEnumerable<string> SetUp(XorExperiment experiment)
    {
        var (training, scoring) = (experiment.Training, experiment.Scoring);
        var biases = training.HiddenBiases ? "biases from 0" : "no hidden biases";
        yield return Text($"{experiment.Trials:N0} networks a row, seed {experiment.Seed}; weights N(0, ")
            + Text($"{training.Deviation}²) within two deviations, {biases}; {training.Steps:N0} steps of gradient ")
            + Text($"descent on all four points at rate {training.LearningRate}.");
        yield return Text($"Boundary: every point on its side of p = 0.5, or within {scoring.Tolerance} of it; ")
            + Text($"zero loss: mean cross-entropy below {scoring.ZeroLoss}. Intervals are Wilson's. ")
            + "Published: Frankle and Carbin 2018.";
    }

    private static string Percent(Proportion? proportion) =>
        proportion is null ? None : Text($"{100 * proportion.Rate:0.0} %");

    private static string Interval(Proportion? proportion) =>
        proportion is null ? None : Text($"{100 * proportion.Low:0.0}–{100 * proportion.High:0.0}");

    private static string Published(double? rate) => rate is null ? None : Text($"{100 * rate:0.0} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
