using Tombola.Nn;
using Tombola.Numerics.Threads;
using Tombola.Tensors;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Tombola.Tickets;

/// <summary>
/// A trained ticket in use: answers for one example with little latency, and for batches at full speed.
/// </summary>
/// <remarks>Inputs are what the network was trained on: pixels after normalisation. Not thread-safe.</remarks>
public sealed class CompiledTicket : IDisposable
{
    /// <summary>The density at and below which weights are compressed.</summary>
    internal const double CompressBelow = 0.5;

    private readonly Module _model;
    private readonly Shape? _exampleShape;
    private readonly ThreadTeam _team;
    private readonly Tape _tape;
    private Tensor? _batch;

    internal CompiledTicket(Module model, Shape? exampleShape)
    {
        (_model, _exampleShape) = (model, exampleShape);
        _team = new ThreadTeam(1);
        _tape = new Tape(_team);
    }

    /// <summary>Computes the logits of one example; allocates nothing.</summary>
    /// <param name="example">[features].</param>
    /// <param name="logits">[classes], overwritten.</param>
    /// <exception cref="ShapeException">The lengths do not fit the network.</exception>
    public void Predict(ReadOnlySpan<float> example, Span<float> logits) => _model.ForwardOne(example, logits);

    /// <summary>Computes the logits of one example.</summary>
    /// <param name="example">[features].</param>
    /// <returns>[classes].</returns>
    /// <exception cref="ShapeException">The length does not fit the network.</exception>
    public float[] Predict(ReadOnlySpan<float> example)
    {
        var logits = new float[_model.Outputs(example.Length)];
        _model.ForwardOne(example, logits);
        return logits;
    }

    /// <summary>Returns the class with the largest logit.</summary>
    /// <param name="example">[features].</param>
    /// <exception cref="ShapeException">The length does not fit the network.</exception>
    public int Classify(ReadOnlySpan<float> example) => TensorPrimitives.IndexOfMax<float>(Predict(example));

    /// <summary>Computes the logits of a batch.</summary>
    /// <param name="examples">[batch × features], example by example.</param>
    /// <param name="count">Number of examples, one or more.</param>
    /// <returns>[batch × classes], example by example.</returns>
    /// <exception cref="ShapeException">The length does not fit the network.</exception>
    public float[] PredictBatch(ReadOnlySpan<float> examples, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var x = Prepare(examples.Length / count, count);
        for (var example = 0; example < count; example++)
        {
            for (var feature = 0; feature < x.Rows; feature++)
                x.Buffer.Span[(feature * x.Lanes) + example] = examples[(example * x.Rows) + feature];
        }

        _tape.Begin(training: false);
        var y = _model.Forward(_tape, x);
        var logits = new float[count * y.Rows];
        for (var example = 0; example < count; example++)
        {
            for (var row = 0; row < y.Rows; row++)
                logits[(example * y.Rows) + row] = y.Buffer.Span[(row * y.Lanes) + example];
        }

        return logits;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch?.Dispose();
        _tape.Dispose();
        _team.Dispose();
        _model.Dispose();
    }

    private Tensor Prepare(int features, int count)
    {
        if (_batch is null || _batch.Rows != features || _batch.Batch != count)
        {
            var shape = _exampleShape?.Count == features
                ? new Shape([.. _exampleShape.Extents, count])
                : new Shape(features, count);
            _batch?.Dispose();
            _batch = new Tensor(shape);
        }

        return _batch;
    }
}
