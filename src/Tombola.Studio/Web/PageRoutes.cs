using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Tombola.Studio.Web;

/// <summary>Serves the page itself; what it shows is decided by its script from the address.</summary>
internal static class PageRoutes
{
    private static readonly string[] Pages =
        ["/", "/runs/{id}", "/runs/{id}/ticket", "/compare", "/playground", "/playground/{part}", "/machine"];

    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var page in Pages)
            routes.MapGet(page, () => Serve("index.html"));
        routes.MapGet("/assets/{name}", Serve);
        routes.MapFallback(context => throw RefusedException.NotFound($"There is no {context.Request.Path} here."));
    }

    private static IResult Serve(string name) =>
        PageAssets.Find(name) is { } asset
            ? Results.Bytes(asset.Content, asset.Type, entityTag: new EntityTagHeaderValue(asset.Tag))
            : throw RefusedException.NotFound($"There is no file '{name}' here.");
}
