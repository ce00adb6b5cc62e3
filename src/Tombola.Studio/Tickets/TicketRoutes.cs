using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tombola.Analysis;
using Tombola.Data;
using Tombola.Reports;
using Tombola.Studio.Runs;
using Tombola.Studio.Web;
using Tombola.Training;

namespace Tombola.Studio.Tickets;

/// <summary>Serves single tickets: masks, figures, files, and their speed on this machine.</summary>
internal sealed class TicketRoutes(RunCatalogue catalogue, StudioOptions options, ComputeGate gate)
{
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(600);

    /// <summary>Adds the routes.</summary>
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/runs/{id}/trainings", (string id) => Open(id).Trainings.Select(TrainingRow.Of));
        routes.MapGet("/api/runs/{id}/tickets/{stage}", (string id, string stage) => Describe(Inspect(id, stage)));
        routes.MapGet("/api/runs/{id}/tickets/{stage}/masks/{layer}", SendMask);
        routes.MapGet("/api/runs/{id}/tickets/{stage}/{file}.safetensors", SendWeights);
        routes.MapPost("/api/runs/{id}/tickets/{stage}/speed", MeasureAsync);
    }

    private static TicketView Describe(InspectedTicket ticket) => new(
        TrainingRow.Of(ticket.Training),
        [
            .. ticket.Layers.Select(layer => new LayerView(
                layer.Name, [.. layer.Mask.Shape.Extents], layer.Mask.Survivors, layer.Mask.Shape.Count)),
        ],
        [
            .. TicketFigures.Draw(ticket).Select(figure => new FigureView(
                figure.Name, figure.Title, figure.Caption, figure.Specification)),
        ]);

    private IResult SendMask(string id, string stage, string layer)
    {
        var mask = Inspect(id, stage).Layers.FirstOrDefault(one => one.Name == layer)?.Mask
            ?? throw RefusedException.NotFound("The network has no such layer.");
        return Results.Bytes(MaskBits.Pack(mask.Survives), "application/octet-stream");
    }

    private IResult SendWeights(string id, string stage, string file)
    {
        var ticket = Inspect(id, stage);
        var weights = file switch
        {
            "ticket" => ticket.ReadStart(),
            "trained" => ticket.ReadTrained(),
            _ => throw RefusedException.NotFound("There are ticket.safetensors and trained.safetensors."),
        };
        var path = Path.Combine(Path.GetTempPath(), $"tombola-studio-{Path.GetRandomFileName()}.safetensors");
        try
        {
            weights.Save(path);
            var training = ticket.Training;
            return Results.Bytes(
                File.ReadAllBytes(path), "application/octet-stream", FormattableString.Invariant(
                    $"{id}-{training.Branch}-trial-{training.Trial}-level-{training.Level}-{file}.safetensors"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private Task<TicketSpeed> MeasureAsync(string id, string stage, CancellationToken aborted)
    {
        var ticket = Inspect(id, stage);
        return gate.RunAsync(() => Measure(ticket, id), aborted);
    }

    private TicketSpeed Measure(InspectedTicket ticket, string id)
    {
        var run = Open(id);
        var dense = run.Trainings.First(training =>
            training.Experiment == ticket.Training.Experiment && training.Level == 0);
        var data = DataSetLoader.Load(ticket.Experiment.Data.Name, options.Data)
            .Split(ticket.Experiment.Data.Validation, ticket.Experiment.Seed);
        var breakEven = new BreakEven(options.BreakEvenFile);
        var whole = InspectedTicket.Open(run, dense.Stage.Value).Time(data, Measured, breakEven);
        var pruned = ticket.Time(data, Measured, breakEven);
        return new TicketSpeed(whole.MsPerStep, pruned.MsPerStep, whole.StateBytes, pruned.StateBytes);
    }

    private AnalysedRun Open(string id)
    {
        if (catalogue.Card(id) is { Kind: not Tombola.Tickets.ExperimentKind.Tickets })
            throw RefusedException.BadRequest($"The run '{id}' has no tickets: it is about XOR.");
        return AnalysedRun.Open(catalogue.FolderOf(id));
    }

    private InspectedTicket Inspect(string id, string stage)
    {
        var run = Open(id);
        return run.Trainings.Any(training => training.Stage.Value == stage)
            ? InspectedTicket.Open(run, stage)
            : throw RefusedException.NotFound($"The run '{id}' has no such training, or it did not go through.");
    }

    private sealed record TrainingRow(
        string Stage, string Experiment, string Branch, int Trial, int Level, long WeightsRemaining,
        long WeightsTotal, double Density, double EarlyStopTest, double FinalTest)
    {
        internal static TrainingRow Of(AnalysedTraining training) => new(
            training.Stage.Value, training.Experiment, training.Branch, training.Trial, training.Level,
            training.WeightsRemaining, training.WeightsTotal, training.Density, training.EarlyStop.Test,
            training.Final.Test);
    }

    private sealed record LayerView(string Name, int[] Shape, int Survivors, int Weights);

    private sealed record FigureView(string Name, string Title, string Caption, JsonObject Specification);

    private sealed record TicketView(TrainingRow Training, LayerView[] Layers, FigureView[] Figures);

    private sealed record TicketSpeed(double DenseMs, double TicketMs, long DenseBytes, long TicketBytes);
}
