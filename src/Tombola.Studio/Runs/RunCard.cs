using Tombola.Experiments;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Studio.Runs;

/// <summary>What the list of experiments shows of a run.</summary>
/// <param name="Id">The name of its folder.</param>
/// <param name="Name">The name of the experiment.</param>
/// <param name="Kind"><c>tickets</c> or <c>xor</c>.</param>
/// <param name="Description">One line for people; may be empty.</param>
/// <param name="State">Whether it goes on, and how it ended.</param>
/// <param name="Model">The network; of a study, of its first variant.</param>
/// <param name="Data">The data set.</param>
/// <param name="Trials">Trials of each level.</param>
/// <param name="Levels">Rounds of pruning.</param>
/// <param name="Variants">Number of variants; 0 for one experiment alone.</param>
/// <param name="Updated">When something was last written.</param>
/// <param name="Version">Another one whenever a file of the run was written.</param>
/// <param name="ResultsVersion">Another one whenever its results were written.</param>
internal sealed record RunCard(
    string Id, string Name, string Kind, string Description, RunCardState State, string Model, string Data, int Trials,
    int Levels, int Variants, DateTimeOffset Updated, string Version, string ResultsVersion)
{
    // A run writes its status at least every few seconds, on a busy disk a little later.
    private static readonly TimeSpan Silence = 4 * StatusFile.Heartbeat;

    /// <summary>How far it is; null for runs of older versions.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>The smallest winning ticket so far; null where there is none.</summary>
    public BestTicket? Best { get; init; }

    /// <summary>Test accuracy of the dense network at its early stop, mean over trials; null where there is none.
    /// </summary>
    public double? DenseAccuracy { get; init; }

    /// <summary>Why the run cannot be read; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Reads a run folder; one that is damaged says so.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="version">The state of its files.</param>
    internal static RunCard Read(string folder, string version)
    {
        var card = new RunCard(
            Path.GetFileName(folder), Path.GetFileName(folder), ExperimentKind.Tickets, "", RunCardState.Failed, "", "",
            0, 0, 0, LastWrite(folder), version, RunFiles.ResultsVersionOf(folder));
        try
        {
            var status = StatusFile.Read(folder);
            card = card with
            {
                Kind = ExperimentKind.OfRun(folder), Status = status,
                State = status is null ? RunCardState.Finished : Enum.Parse<RunCardState>(status.State.ToString()),
            };
            return card.Kind == ExperimentKind.Xor ? OfXor(card, folder) : OfTickets(card, folder);
        }
        catch (Exception exception) when (
            exception is InputException or IOException or UnauthorizedAccessException)
        {
            return card with { Problem = exception.Message };
        }
    }

    /// <summary>Looks at the run at a time: one that has been silent for long was killed.</summary>
    internal RunCard At(DateTimeOffset now) =>
        State == RunCardState.Running && now - Status!.Updated > Silence
            ? this with { State = RunCardState.Stalled }
            : this;

    private static RunCard OfTickets(RunCard card, string folder)
    {
        var study = RunFolder.ReadStudy(folder);
        var first = study.Variants[0];
        var summary = RunFolder.ReadSummary(folder);
        // Of several variants, the one with the smallest ticket speaks for all.
        var best = (summary.Variants.Count == 0 ? [summary] : summary.Variants)
            .OrderBy(variant => variant.SmallestWinningTicket?.Density ?? 2)
            .ThenBy(variant => variant.SmallestMatchingTicket?.Density ?? 2).First();
        return card with
        {
            Name = study.Name, Description = study.Description, Model = first.Model.Name, Data = first.Data.Name,
            Trials = first.Trials, Levels = first.Levels,
            Variants = study.Variants is [{ Variant: "" }] ? 0 : study.Variants.Count,
            Best = BestTicket.Of(best),
            DenseAccuracy = best.Levels.FirstOrDefault(level => level.Level == 0)?.EarlyStopTestAccuracy?.Mean,
        };
    }

    private static RunCard OfXor(RunCard card, string folder)
    {
        var experiment = XorRunFolder.ReadSummary(folder).Experiment;
        return card with
        {
            Name = experiment.Name, Description = experiment.Description, Model = "two-layer", Data = "xor",
            Trials = experiment.Trials,
        };
    }

    private static DateTimeOffset LastWrite(string folder) => new(
        new[] { RunFiles.Description, RunFiles.Summary, RunFiles.Status }
            .Select(file => File.GetLastWriteTimeUtc(Path.Combine(folder, file))).Max(), TimeSpan.Zero);
}

/// <summary>The smallest ticket that wins, or else that matches.</summary>
/// <param name="Verdict">Winning or matching.</param>
/// <param name="Level">Rounds of pruning.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="WeightsRemaining">Survivors.</param>
/// <param name="Accuracy">Test accuracy at the early stop, mean over trials.</param>
internal sealed record BestTicket(Verdict Verdict, int Level, double Density, long WeightsRemaining, double Accuracy)
{
    /// <summary>Finds it; null where none wins or matches.</summary>
    internal static BestTicket? Of(RunSummary summary) =>
        (summary.SmallestWinningTicket ?? summary.SmallestMatchingTicket) is { } best
            ? new BestTicket(
                best.Verdict!.Value, best.Level, best.Density, best.WeightsRemaining, best.EarlyStopTestAccuracy!.Mean)
            : null;
}
