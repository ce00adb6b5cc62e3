using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Studio.Runs;

/// <summary>Serves the runs of the store.</summary>
internal static class RunRoutes
{
    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes, RunCatalogue catalogue)
    {
        routes.MapGet("/api/runs", () => new RunList(catalogue.Store, catalogue.List()));
        routes.MapGet("/api/runs/{id}", (string id) => Describe(catalogue, id));
        routes.MapGet("/api/runs/{id}/results.csv", (string id) => Download(catalogue, id, RunFiles.Results));
        routes.MapGet("/api/runs/{id}/summary.json", (string id) => Download(catalogue, id, RunFiles.Summary));
        routes.MapGet("/api/runs/{id}/experiment.json", (string id) => Download(catalogue, id, RunFiles.Description));
    }

    private static RunDetails Describe(RunCatalogue catalogue, string id)
    {
        var (card, folder) = (catalogue.Card(id), catalogue.FolderOf(id));
        if (card.Problem is not null)
            return new RunDetails(card, "", null, null, null);
        var recipe = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, RunFiles.Description)));
        return card.Kind == ExperimentKind.Xor
            ? new RunDetails(card, CommandOf(card), recipe, null, XorRunFolder.ReadSummary(folder))
            : new RunDetails(card, CommandOf(card), recipe, RunFolder.ReadSummary(folder), null);
    }

    private static string CommandOf(RunCard card) =>
        card.Status?.Command is { Length: > 0 } command ? command
        : Presets.Names.Contains(card.Name) ? $"tombola run {card.Name}"
        : "";

    private static IResult Download(RunCatalogue catalogue, string id, string file)
    {
        var path = Path.Combine(catalogue.FolderOf(id), file);
        if (!File.Exists(path))
            throw Web.RefusedException.NotFound($"The run '{id}' has no {file}.");
        var type = Path.GetExtension(file) == ".csv" ? "text/csv; charset=utf-8" : "application/json";
        return Results.Bytes(File.ReadAllBytes(path), type, $"{id}-{file}");
    }

    private sealed record RunList(string Store, IReadOnlyList<RunCard> Runs);

    private sealed record RunDetails(
        RunCard Card, string Command, JsonNode? Recipe, RunSummary? Summary, XorSummary? Xor);
}
