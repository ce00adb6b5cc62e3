using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tombola.Studio.Web;

namespace Tombola.Studio.Live;

/// <summary>Streams what changes in the store as server-sent events.</summary>
internal static class EventRoutes
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <summary>Adds the route.</summary>
    internal static void Map(IEndpointRouteBuilder routes, StoreWatch watch) =>
        routes.MapGet("/api/events", (CancellationToken aborted) =>
            watch.Subscribe() is { } channel
                ? TypedResults.ServerSentEvents(StreamAsync(watch, channel, aborted))
                : throw new RefusedException(503, "Too many pages are open; close some of them."));

    private static async IAsyncEnumerable<SseItem<StoreChange>> StreamAsync(
        StoreWatch watch, Channel<StoreChange> channel, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted, watch.Stopping);
        try
        {
            while (!end.IsCancellationRequested)
            {
                // A beat tells both sides that the other is still there.
                yield return await NextAsync(channel, end.Token) is { } change
                    ? new SseItem<StoreChange>(change, change.Kind)
                    : new SseItem<StoreChange>(new StoreChange("beat", []), "beat");
            }
        }
        finally
        {
            watch.Unsubscribe(channel);
        }
    }

    private static async Task<StoreChange?> NextAsync(Channel<StoreChange> channel, CancellationToken end)
    {
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(end);
        beat.CancelAfter(Beat);
        try
        {
            return await channel.Reader.ReadAsync(beat.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
