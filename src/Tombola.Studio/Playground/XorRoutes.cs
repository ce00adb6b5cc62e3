using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tombola.Studio.Web;
using Tombola.Tickets.Xor;

namespace Tombola.Studio.Playground;

/// <summary>Trains small networks on XOR for the playground: every request is one whole training.</summary>
internal sealed class XorRoutes(ComputeGate gate)
{
    /// <summary>Adds the route.</summary>
    internal void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/playground/xor", (XorRequest request, CancellationToken aborted) =>
            gate.RunAsync(() => XorTrace.Train(request.ToOptions()), aborted));

    private sealed record XorRequest(int Hidden, ulong Seed, int[]? Kept, string Score, int Steps)
    {
        internal XorTraceOptions ToOptions() => new()
        {
            Hidden = Hidden, Seed = new Seed(Seed), Kept = Kept, Score = Score ?? "",
            Training = new XorTrainingOptions { Steps = Steps },
        };
    }
}
