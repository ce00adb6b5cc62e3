using System.Collections.Frozen;

namespace Tombola.Reports.Published;

/// <summary>What the papers state of the experiments that Tombola repeats, as marks for figures.</summary>
/// <remarks>
/// Only what the papers' text says; curves are not read off pictures. Most numbers are relative to the dense network,
/// whose own early-stop step the text does not give, so they are placed relative to the measured one.
/// </remarks>
internal static class PublishedValues
{
    private const string Ticket = "winning ticket";
    private const string Reinit = "random-reinit";
    private const string Figure4 = "Frankle and Carbin 2019, §2 and figure 4a";
    private const string Figure4c = "Frankle and Carbin 2019, §2 and figure 4c";

    private static readonly FrozenDictionary<string, PublishedValue[]> Table = new Dictionary<string, PublishedValue[]>
    {
        ["lenet-mnist"] =
        [
            new("early-stop-accuracy", Ticket, 1, PublishedRelation.Absolute, 0.98,
                "dense 98.0 ± 0.2 % (Frankle et al. 2019, Stabilizing)"),
            new("early-stop-accuracy", Ticket, 0.135, PublishedRelation.PlusDense, 0.003,
                $"more than 0.3 points above dense ({Figure4})"),
            new("early-stop-accuracy", Ticket, 0.036, PublishedRelation.PlusDense, 0, $"back to dense ({Figure4})"),
            new("early-stop-accuracy", Reinit, 0.211, PublishedRelation.PlusDense, 0,
                $"reinitialised: falls below dense from here ({Figure4})"),
            new("early-stop-step", Ticket, 0.211, PublishedRelation.TimesDense, 0.62,
                $"38 % earlier than dense ({Figure4})"),
            new("early-stop-step", Ticket, 0.036, PublishedRelation.TimesDense, 1, $"back to dense ({Figure4})"),
            new("early-stop-step", Reinit, 0.211, PublishedRelation.TimesDense, 0.62 * 2.51,
                $"reinitialised: 2.51 times as late as the ticket ({Figure4})"),
        ],
        ["lenet-oneshot"] =
        [
            new("early-stop-accuracy", Ticket, 0.0517, PublishedRelation.PlusDense, 0,
                $"above dense down to here ({Figure4c})"),
            new("early-stop-step", Ticket, 0.675, PublishedRelation.TimesDense, 1,
                $"earlier than dense from here ({Figure4c})"),
            new("early-stop-step", Ticket, 0.176, PublishedRelation.TimesDense, 1, $"… to here ({Figure4c})"),
        ],
    }.ToFrozenDictionary();

    /// <summary>Returns the marks of a figure.</summary>
    /// <param name="run">The run that is drawn.</param>
    /// <param name="figure">The figure's name.</param>
    /// <param name="measured">What was measured, for what is relative to it and for which lines there are.</param>
    internal static IReadOnlyList<SeriesPoint> For(
        ReportRun run, string figure, IReadOnlyList<SeriesPoint> measured)
    {
        if (!Table.TryGetValue(run.Name, out var values)
            || measured.FirstOrDefault(point => point.Level == 0) is not { } dense)
            return [];
        var lowest = measured.Min(point => point.Density);
        return
        [
            .. values.Where(value => value.Figure == figure && value.Density >= 0.9 * lowest)
                .Where(value => measured.Any(point => point.Series == value.Series))
                .Select(value => Place(value, dense.Mean)),
        ];
    }

    private static SeriesPoint Place(PublishedValue value, double dense)
    {
        var y = value.Relation switch
        {
            PublishedRelation.PlusDense => dense + value.Value,
            PublishedRelation.TimesDense => dense * value.Value,
            _ => value.Value,
        };
        return new SeriesPoint(value.Series, "published", null, value.Density, y, y, y, 0, value.Source);
    }
}
