using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tombola.Data;
using Tombola.Nn.Models;
using Tombola.Numerics.Vectors;
using Tombola.Reports;
using Tombola.Studio.Web;
using Tombola.Training;

namespace Tombola.Studio.Machine;

/// <summary>Serves what this machine is and how fast it trains, as <c>tombola bench</c> measures it.</summary>
internal sealed class MachineRoutes(StudioOptions options, ComputeGate gate)
{
    private const int Validation = 1_000;

    // Those of `tombola bench`: LeNet-300-100 at levels 0, 3, 7, 12, 15 and 20.
    private static readonly double[] Densities = [1, 0.513, 0.211, 0.07, 0.036, 0.01];
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(400);

    private MachineSpeed? _speed;

    /// <summary>Adds the routes.</summary>
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/machine", Describe);
        routes.MapPost("/api/machine/bench", MeasureAsync);
    }

    private MachineView Describe() => new(
        Environment.MachineName, ProcessorName(), Environment.ProcessorCount, VectorWidth.Bits,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription, _speed);

    private async Task<MachineView> MeasureAsync(CancellationToken aborted)
    {
        _speed = await gate.RunAsync(Measure, aborted);
        return Describe();
    }

    private MachineSpeed Measure()
    {
        var data = DataSetLoader.Load("digits", options.Data).Split(Validation, new Seed(1));
        var peak = StepBenchmark.MeasurePeak();
        var breakEven = new BreakEven(options.BreakEvenFile);
        var configuration = new StepBenchmarkOptions { Duration = Measured };
        StepTiming[] timings =
        [
            .. Densities.Select(density => StepBenchmark.Run(
                configuration with { Density = density }, data, peak, breakEven)),
        ];
        using var model = ModelRegistry.Create(configuration.Model, data.Train.ExampleShape, data.Train.Classes);
        LayerBreakEven[] layers =
        [
            .. model.Layers.Select(layer => new LayerBreakEven(
                layer.Weight.Name, breakEven.Of(layer.Weight.Shape, configuration.Training.Batch))),
        ];
        var figure = SpeedFigure.Draw([.. timings.Select(timing => new SpeedPoint(timing.Density, timing.MsPerStep))]);
        return new MachineSpeed(
            peak, timings, layers, new SpeedView(figure.Name, figure.Title, figure.Caption, figure.Specification));
    }

    private static string ProcessorName()
    {
        const string key = "model name";
        var line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line.Split(':', 2)[1].Trim();
    }

    private sealed record MachineView(
        string Name, string Processor, int Cores, int VectorBits, long Memory, string System, string Runtime,
        MachineSpeed? Speed);

    private sealed record MachineSpeed(
        double Peak, StepTiming[] Timings, LayerBreakEven[] BreakEven, SpeedView Figure);

    private sealed record LayerBreakEven(string Layer, double Density);

    private sealed record SpeedView(string Name, string Title, string Caption, JsonObject Specification);
}
