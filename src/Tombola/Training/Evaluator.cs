using Tombola.Data;
using Tombola.Nn;
using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Training;

/// <summary>Measures loss and accuracy of a network over a whole set of examples.</summary>
public sealed class Evaluator : IDisposable
{
    // A multiple of the 64 columns that the dense product takes at a time; larger ones gain nothing.
    private const int ChunkExamples = 64;

    private readonly Module _model;
    private readonly Normalisation _normalisation;
    private readonly Tape _tape;
    private readonly int[] _indices = new int[ChunkExamples];
    private readonly int[] _labels = new int[ChunkExamples];
    private readonly int[]? _inputsRead;
    private Tensor? _input;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="model">The network; its present parameters are used at each evaluation.</param>
    /// <param name="normalisation">How pixels become inputs.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="inputsRead">The input features that the network reads, ascending; null for all.</param>
    public Evaluator(Module model, Normalisation normalisation, ThreadTeam team, int[]? inputsRead = null)
    {
        (_model, _normalisation, _inputsRead) = (model, normalisation, inputsRead);
        _tape = new Tape(team);
    }

    /// <summary>Evaluates.</summary>
    /// <param name="examples">The whole set is used.</param>
    /// <returns>The mean cross-entropy and the fraction classified correctly; NaN for an empty set.</returns>
    public (double Loss, double Accuracy) Run(ImageSet examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var shape = examples.BatchShape(ChunkExamples);
        if (_input is null || !_input.Shape.Equals(shape))
        {
            _input?.Dispose();
            _input = new Tensor(shape);
        }

        var order = examples.AlikeOrder.Span;
        var assembler = new BatchAssembler(examples, _normalisation);
        var (loss, correct) = (0.0, 0);
        for (var start = 0; start < examples.Count; start += ChunkExamples)
        {
            var count = Math.Min(ChunkExamples, examples.Count - start);
            for (var i = 0; i < ChunkExamples; i++)
                _indices[i] = order[start + Math.Min(i, count - 1)]; // The last chunk is filled up, its head counted.
            if (_inputsRead is null)
                assembler.Assemble(_indices, _input.Buffer.Span, _labels);
            else
                assembler.Assemble(_indices, _inputsRead, _input.Buffer.Span, _labels);
            _tape.Begin(training: false);
            var logits = _model.Forward(_tape, _input);
            var part = Classification.Run(logits.Buffer, _labels.AsSpan(0, count), logits.Rows, logits.Lanes);
            loss += part.Loss;
            correct += part.Correct;
        }

        return (loss / examples.Count, (double)correct / examples.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tape.Dispose();
        _input?.Dispose();
    }
}
