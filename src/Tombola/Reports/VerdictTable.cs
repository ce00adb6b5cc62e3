using System.Globalization;
using System.Text;
using Tombola.Tickets;

namespace Tombola.Reports;

/// <summary>Writes the verdicts of a run as a table of HTML, controls beside the tickets.</summary>
internal static class VerdictTable
{
    /// <summary>Writes the conclusion and the table; of a study, one for each variant.</summary>
    /// <param name="named">Whether to head it with the run's name.</param>
    internal static void Write(StringBuilder page, ReportRun run, bool named)
    {
        if (run.Summary.Variants.Count == 0)
        {
            WriteOne(page, run.Summary, named ? run.Summary.Experiment : "Verdicts");
            return;
        }

        foreach (var variant in run.Summary.Variants)
            WriteOne(page, variant, variant.Experiment);
    }

    private static void WriteOne(StringBuilder page, RunSummary summary, string title)
    {
        string[] controls =
        [
            .. summary.Levels.Select(level => level.Branch).Distinct()
                .Where(branch => branch != ReportRow.MainBranch),
        ];
        page.Append(CultureInfo.InvariantCulture, $"<h2>{ReportPage.Text(title)}</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"verdict\">{Conclude(summary)}</p>\n");
        page.Append("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr><th>level<th>weights<th>early stop");
        page.Append("<th>test accuracy<th>at end");
        foreach (var control in controls)
            page.Append(CultureInfo.InvariantCulture, $"<th>{ReportPage.Text(control)}");
        page.Append("<th>verdict</tr></thead>\n<tbody>\n");
        foreach (var level in summary.Levels.Where(level => level.Branch == ReportRow.MainBranch))
            WriteRow(page, level, [.. controls.Select(control => summary.Levels.FirstOrDefault(
                other => other.Branch == control && other.Level == level.Level))]);
        page.Append("</tbody></table></div>\n");
    }

    private static void WriteRow(StringBuilder page, LevelSummary level, LevelSummary?[] controls)
    {
        var verdict = level.Level == 0 ? "dense" : level.Verdict?.ToString().ToLowerInvariant() ?? "–";
        page.Append(CultureInfo.InvariantCulture, $"<tr><td>{level.Level}<td>{100 * level.Density:0.0} %");
        page.Append(CultureInfo.InvariantCulture, $"<td>{Step(level.EarlyStopStep)}");
        page.Append(CultureInfo.InvariantCulture, $"<td>{Accuracy(level.EarlyStopTestAccuracy, range: true)}");
        page.Append(CultureInfo.InvariantCulture, $"<td>{Accuracy(level.FinalTestAccuracy, range: false)}");
        foreach (var control in controls)
            page.Append(CultureInfo.InvariantCulture, $"<td>{Accuracy(control?.EarlyStopTestAccuracy, range: false)}");
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"{verdict}\">{verdict}</tr>\n");
    }

    private static string Conclude(RunSummary summary) => summary switch
    {
        { SmallestWinningTicket: { } best } => Text(
            $"The smallest winning ticket keeps <b>{100 * best.Density:0.0} %</b> of the weights (level {best.Level}, ")
            + Text($"{best.WeightsRemaining:N0} of {best.WeightsTotal:N0})."),
        { SmallestMatchingTicket: { } match } => Text(
            $"No ticket wins; the smallest that matches keeps {100 * match.Density:0.0} % of the weights."),
        _ => "No ticket wins.",
    };

    private static string Step(Spread? step) => step is null ? "–" : Text($"{step.Mean:N0}");

    private static string Accuracy(Spread? accuracy, bool range)
    {
        if (accuracy is null)
            return "–";
        var mean = Text($"{100 * accuracy.Mean:0.00} %");
        return range
            ? mean + Text($" <span class=\"range\">{100 * accuracy.Min:0.00}–{100 * accuracy.Max:0.00}</span>")
            : mean;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
