using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tombola.Analysis;
using Tombola.Data;
using Tombola.Studio.Runs;
using Tombola.Studio.Web;
using Tombola.Tickets;

namespace Tombola.Studio.Playground;

/// <summary>Has drawn digits read by a dense network and by a ticket of the same run.</summary>
internal sealed class DigitRoutes(RunCatalogue catalogue, StudioOptions options, ComputeGate gate)
{
    private static readonly string[] DigitSets = ["digits", "mnist"];

    private readonly DigitReaders _readers = new();
    private readonly Lazy<ImageSet> _samples = new(() => DataSetLoader.Load(DigitSets[0], options.Data).Test);

    /// <summary>Adds the routes.</summary>
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/playground/networks", ListNetworks);
        routes.MapGet("/api/playground/sample/{number:int}", (int number, CancellationToken aborted) =>
            gate.RunAsync(() => Sample(number), aborted));
        routes.MapPost("/api/playground/digit", (DigitRequest request, CancellationToken aborted) =>
            gate.RunAsync(() => Read(request), aborted));
    }

    private IEnumerable<NetworkChoice> ListNetworks() =>
        from card in catalogue.List()
        where card is { Kind: ExperimentKind.Tickets, Problem: null, Best: not null } && DigitSets.Contains(card.Data)
        let levels = TicketsOf(card.Id)
        where levels.Length > 1
        select new NetworkChoice(card.Id, card.Name, card.Data, levels);

    private TicketChoice[] TicketsOf(string id)
    {
        try
        {
            return
            [
                .. MainLine(AnalysedRun.Open(catalogue.FolderOf(id))).Select(training => new TicketChoice(
                    training.Stage.Value, training.Level, training.Density, training.EarlyStop.Test)),
            ];
        }
        catch (InputException)
        {
            return []; // A damaged run is no choice; its own page says what is wrong with it.
        }
    }

    private static IEnumerable<AnalysedTraining> MainLine(AnalysedRun run)
    {
        var first = run.Trainings.FirstOrDefault(training => training.IsTicket);
        return run.Trainings.Where(training =>
            training.IsTicket && training.Experiment == first?.Experiment && training.Trial == first.Trial);
    }

    private DigitSample Sample(int number)
    {
        var set = _samples.Value;
        var index = (int)((uint)number % set.Count);
        return new DigitSample(
            set.Pixels.Slice(index * set.Features, set.Features).ToArray(), set.Labels.Span[index]);
    }

    private DigitAnswer Read(DigitRequest request)
    {
        if (request.Pixels?.Length != DigitReaders.Pixels)
            throw RefusedException.BadRequest($"pixels: expected {DigitReaders.Pixels} bytes in base 64.");
        var run = AnalysedRun.Open(catalogue.FolderOf(request.Run ?? ""));
        var dense = MainLine(run).FirstOrDefault(training => training.Level == 0);
        var ticket = MainLine(run).FirstOrDefault(training => training.Stage.Value == request.Stage);
        if (dense is null || ticket is null)
            throw RefusedException.NotFound("The run has no such ticket.");
        return new DigitAnswer(
            _readers.Read(run, dense, request.Pixels), _readers.Read(run, ticket, request.Pixels));
    }

    private sealed record DigitRequest(string? Run, string? Stage, byte[]? Pixels);

    private sealed record DigitAnswer(DigitReading Dense, DigitReading Ticket);

    private sealed record DigitSample(byte[] Pixels, int Label);

    private sealed record TicketChoice(string Stage, int Level, double Density, double Accuracy);

    private sealed record NetworkChoice(string Id, string Name, string Data, TicketChoice[] Tickets);
}
