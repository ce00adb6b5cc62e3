using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tombola.Reports;
using Tombola.Studio.Web;
using Tombola.Tickets;

namespace Tombola.Studio.Runs;

/// <summary>Serves the figures of runs: the specifications that reports draw too.</summary>
internal static class FigureRoutes
{
    private const int MostRuns = 12;
    private const int MostLevels = 64;

    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes, RunCatalogue catalogue)
    {
        routes.MapGet("/api/figures", (HttpRequest request) => Serve(catalogue, request));
        routes.MapGet("/api/figures/{file}", (string file, HttpRequest request) => Download(catalogue, request, file));
    }

    private static IResult Serve(RunCatalogue catalogue, HttpRequest request)
    {
        var folders = FoldersOf(catalogue, request);
        var choice = ChoiceOf(request.Query);
        return Results.Ok(RunFigures.Draw(folders, choice).Select(figure => new DrawnFigure(
            figure.Name, figure.Title, figure.Caption, figure.Specification)));
    }

    private static IResult Download(RunCatalogue catalogue, HttpRequest request, string file)
    {
        var name = file.Split('.')[0];
        var figure = RunFigures.Draw(FoldersOf(catalogue, request), ChoiceOf(request.Query))
            .FirstOrDefault(figure => figure.Name == name);
        return (figure, file[name.Length..]) switch
        {
            ({ }, ".csv") => Results.Text(figure.Data, "text/csv"),
            ({ }, ".vl.json") => Results.Text(figure.Specification.ToJsonString(), "application/json"),
            _ => throw RefusedException.NotFound("There is no such figure; see /api/figures."),
        };
    }

    private static string[] FoldersOf(RunCatalogue catalogue, HttpRequest request)
    {
        string[] ids = [.. request.Query["run"].OfType<string>().Distinct()];
        if (ids.Length is 0 or > MostRuns)
            throw RefusedException.BadRequest($"Expected 1 to {MostRuns} runs: /api/figures?run=NAME&run=NAME.");
        string[] folders = [.. ids.Select(catalogue.FolderOf)];
        if (ids.FirstOrDefault(id => catalogue.Card(id).Kind != ExperimentKind.Tickets) is { } other)
            throw RefusedException.BadRequest($"The run '{other}' has no figures: it is about XOR.");
        return folders;
    }

    private static FigureChoice ChoiceOf(IQueryCollection query) => new()
    {
        Spread = query["spread"] != "0",
        Trials = query["trials"] == "1",
        Levels = query["levels"] is [{ Length: > 0 } levels] ? LevelsOf(levels) : null,
    };

    private static int[] LevelsOf(string text)
    {
        var parts = text.Split(',');
        if (parts.Length > MostLevels || !parts.All(part => part.Length < 6 && part.All(char.IsAsciiDigit)
            && part.Length > 0))
        {
            throw RefusedException.BadRequest("levels: expected numbers with commas, for example 0,3,7.");
        }

        return [.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture)).Distinct()];
    }

    private sealed record DrawnFigure(string Name, string Title, string Caption, JsonObject Specification);
}
