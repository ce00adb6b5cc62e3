using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tombola.Data;
using Tombola.Formats;
using Tombola.Nn.Models;
using Tombola.Numerics.Vectors;
using Tombola.Optim;
using Tombola.Tensors;
using Tombola.Training;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola bench</c>: how fast this machine trains, dense and pruned.</summary>
internal static class BenchCommand
{
    private const int Validation = 1_000;

    // The densities of the papers' figures: LeNet-300-100 at levels 0, 3, 7, 12, 15 and 20.
    private static readonly double[] Densities = [1, 0.513, 0.211, 0.07, 0.036, 0.01];

    private static readonly Option<string> Model = new("--model")
    {
        Description = "The network ('tombola list models').", DefaultValueFactory = _ => "lenet-300-100",
    };

    private static readonly Option<double> Density = new("--density")
    {
        Description = "Fraction of each layer's weights that survives, drawn at random.", DefaultValueFactory = _ => 1,
        CustomParser = result => Requirement.Number(result, "--density", 0, 1),
    };

    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Threads of the training.", DefaultValueFactory = _ => 1,
        CustomParser = result => Requirement.Whole(result, "--threads", 1, 1_024),
    };

    private static readonly Option<int> Batch = new("--batch")
    {
        Description = "Examples of a step.", DefaultValueFactory = _ => 60,
        CustomParser = result => Requirement.Whole(result, "--batch", 1, 59_000),
    };

    private const string MomentumName = "momentum";

    private static readonly Option<string> Optimizer = new("--optimizer")
    {
        Description = "The optimizer: " + string.Join(", ", OptimizerRegistry.All.Select(optimizer => optimizer.Name))
            + $"; {MomentumName} is sgd with 0.9",
        DefaultValueFactory = _ => "adam",
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "How long to measure each configuration.", DefaultValueFactory = _ => 1,
        CustomParser = result => Requirement.Number(result, "--seconds", 0, 3_600),
    };

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var train = new Command("train", "Times the training step of one configuration.")
        {
            Model, Density, Threads, Batch, Optimizer, Seconds, SharedOptions.Json,
        };
        train.SetAction((parsed, stop) =>
            Task.Run(() => Run(parsed, terminal, [parsed.GetValue(Density)], stop), stop));
        var command = new Command("bench", "Times training steps on this machine over densities.")
        {
            Model, Threads, Batch, Optimizer, Seconds, SharedOptions.Json, train,
        };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, terminal, Densities, stop), stop));
        return command;
    }

    private static int Run(
        ParseResult parsed, AnsiTerminal terminal, double[] densities, CancellationToken cancellation)
    {
        var options = new StepBenchmarkOptions
        {
            Model = new ModelOptions { Name = parsed.GetValue(Model)! },
            Training = new TrainingOptions
            {
                Batch = parsed.GetValue(Batch),
                Optimizer = OptimizerFor(parsed.GetValue(Optimizer)!),
            },
            Threads = parsed.GetValue(Threads),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        };
        var data = DataFor(options.Model);
        var peak = StepBenchmark.MeasurePeak();
        var breakEven = new BreakEven(SharedOptions.BreakEvenFile);
        StepTiming[] timings =
        [
            .. densities.TakeWhile(_ => !cancellation.IsCancellationRequested).Select(
                density => StepBenchmark.Run(options with { Density = density }, data, peak, breakEven)),
        ];
        cancellation.ThrowIfCancellationRequested();
        if (parsed.GetValue(SharedOptions.Json))
            terminal.WriteRaw(CanonicalJson.Pretty(timings));
        else
            Write(terminal.Out, timings, peak);
        if (!parsed.GetValue(SharedOptions.Json) && densities.Length > 1)
            WriteBreakEven(terminal.Out, options, data, breakEven);
        return Application.Done;
    }

    // Momentum is what networks of convolutions are trained with, and an option of sgd.
    private static OptimizerOptions OptimizerFor(string name) =>
        name == MomentumName
            ? new OptimizerOptions { Name = "sgd", Momentum = 0.9 }
            : new OptimizerOptions { Name = name };

    // Fully connected networks are timed on digits, others on images of CIFAR's size that are noise.
    private static DataSplit DataFor(ModelOptions model)
    {
        if (!ModelRegistry.TakesImages(model))
        {
            return DataSetLoader.Load("digits", DataFolders.FromEnvironment(null, _ => null))
                .Split(Validation, new Seed(1));
        }


        var shape = new Shape(3, 32, 32);
        ImageSet Noise(int count)
        {
            var (pixels, labels) = (new byte[count * shape.Count], new byte[count]);
            new Random(1).NextBytes(pixels);
            for (var i = 0; i < count; i++)
                labels[i] = (byte)(i % 10);
            return new ImageSet("noise", shape, 10, pixels, labels);
        }

        return new DataSplit("noise", Noise(1024), Noise(64), Noise(64));
    }

    private static void WriteBreakEven(
        IAnsiConsole console, StepBenchmarkOptions options, DataSplit data, BreakEven breakEven)
    {
        using var model = ModelRegistry.Create(options.Model, data.Train.ExampleShape, data.Train.Classes);
        var densities = model.Layers.Select(
            layer => Text($"{layer.Weight.Name} {100 * breakEven.Of(layer.Weight.Shape, options.Training.Batch):0} %"));
        console.WriteLine($"Compressed at and below (measured once, kept in {SharedOptions.BreakEvenFile}):");
        console.WriteLine(string.Join(", ", densities));
    }

    private static void Write(IAnsiConsole console, StepTiming[] timings, double peak)
    {
        var table = new Table().Border(TableBorder.Rounded);
        string[] titles = ["model", "density", "threads", "ms a step", "against dense", "GFLOP/s", "of peak", "memory"];
        foreach (var title in titles)
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var timing in timings)
        {
            table.AddRow(
                timing.Model, Text($"{100 * timing.Density:0.0} %"), Text($"{timing.Threads}"),
                Text($"{timing.MsPerStep:0.000}"), Text($"{timing.MsPerStep / timings[0].MsPerStep:0.000}"),
                Text($"{timing.FlopsPerStep / timing.MsPerStep / 1e6:0.0}"), Text($"{100 * timing.PeakFraction:0} %"),
                Text($"{timing.StateBytes / 1e6:0.00} MB"));
        }

        console.Write(table);
        console.WriteLine(Text(
            $"{VectorWidth.Bits}-bit vectors; peak of a core {peak / 1e9:0} GFLOP/s (fused multiply-adds)."));
        console.WriteLine("Memory: weights, gradients, indices and optimizer state.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
