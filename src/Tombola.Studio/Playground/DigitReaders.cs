using System.Diagnostics;
using Tombola.Analysis;
using Tombola.Data;
using Tombola.Tensors;
using Tombola.Tickets;

namespace Tombola.Studio.Playground;

/// <summary>Keeps a few networks ready that read digits of 28 × 28 pixels.</summary>
/// <remarks>Not thread-safe; the gate lets one request at a time through.</remarks>
internal sealed class DigitReaders
{
    internal const int Pixels = Side * Side;

    private const int Side = 28;
    private const int Classes = 10;
    private const int MostKept = 6;
    private const int Repeats = 200;

    private readonly OrderedDictionary<string, Reader> _ready = [];

    /// <summary>Has a network read a digit.</summary>
    /// <param name="run">The run.</param>
    /// <param name="training">The training that made the network.</param>
    /// <param name="pixels">784 bytes, row by row; 255 is full ink.</param>
    /// <exception cref="InputException">The network reads other pictures, or a file is damaged.</exception>
    internal DigitReading Read(AnalysedRun run, AnalysedTraining training, ReadOnlySpan<byte> pixels)
    {
        var reader = Find(run, training);
        var inputs = new float[Pixels];
        reader.Normalisation.Apply(pixels, inputs);
        var logits = new float[Classes];
        var times = new double[Repeats];
        for (var i = 0; i < times.Length; i++)
        {
            var watch = Stopwatch.StartNew();
            reader.Network.Predict(inputs, logits);
            times[i] = watch.Elapsed.TotalMicroseconds;
        }

        Array.Sort(times);
        return new DigitReading(Softmax(logits), training.WeightsRemaining, times[Repeats / 2]);
    }

    private Reader Find(AnalysedRun run, AnalysedTraining training)
    {
        var key = training.Stage.Value;
        if (_ready.TryGetValue(key, out var known))
            return known;
        var ticket = InspectedTicket.Open(run, key);
        var reader = new Reader(ticket.Compile(new Shape(Side, Side), Classes), ticket.ReadNormalisation());
        if (_ready.Count == MostKept)
        {
            _ready.GetAt(0).Value.Network.Dispose();
            _ready.RemoveAt(0);
        }

        return _ready[key] = reader;
    }

    private static double[] Softmax(float[] logits)
    {
        var largest = logits.Max();
        double[] parts = [.. logits.Select(logit => Math.Exp((double)logit - largest))];
        return [.. parts.Select(part => part / parts.Sum())];
    }

    private sealed record Reader(CompiledTicket Network, Normalisation Normalisation);
}

/// <summary>What a network takes a digit for.</summary>
/// <param name="Probabilities">One a digit, 0 to 9.</param>
/// <param name="Weights">Weights that it computes with.</param>
/// <param name="Microseconds">The median time of an answer.</param>
internal sealed record DigitReading(double[] Probabilities, long Weights, double Microseconds);
