using System.Text.Json;
using Tombola.Optim;

namespace Tombola.Tests.Optim;

/// <summary>A training of PyTorch, as tests/fixtures/make_fixtures.py wrote it.</summary>
internal sealed record Trajectory(
    int[] Sizes,
    int[] Scales,
    int Batch,
    int Batches,
    OptimizerOptions Optimizer,
    float[] Losses,
    Dictionary<string, Dictionary<string, TensorSummary>> Snapshots)
{
    private static readonly JsonSerializerOptions Format =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Trajectory Load(string name)
    {
        using var stream = typeof(Trajectory).Assembly.GetManifestResourceStream($"pytorch/{name}.json");
        stream.ShouldNotBeNull();
        return JsonSerializer.Deserialize<Trajectory>(stream, Format)!;
    }
}

/// <summary>Every stride-th element of a tensor, and the root mean square of all of them.</summary>
internal sealed record TensorSummary(double RootMeanSquare, int Stride, float[] Values);
