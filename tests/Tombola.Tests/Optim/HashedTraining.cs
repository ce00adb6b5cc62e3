using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;

namespace Tombola.Tests.Optim;

/// <summary>Trains a model on the batches that the scripts in tests/fixtures draw from their hash.</summary>
/// <param name="model">With its values, masks and form; owned.</param>
/// <param name="example">The extents of an example.</param>
/// <param name="extent">Examples a batch, number of batches, and classes.</param>
/// <param name="options">The optimizer.</param>
/// <param name="team">Not owned.</param>
internal sealed class HashedTraining(
    Model model,
    int[] example,
    (int Batch, int Batches, int Classes) extent,
    OptimizerOptions options,
    ThreadTeam team) : IDisposable
{
    private readonly Tape _tape = new(team);
    private readonly Tensor _input = new(new Shape([.. example, extent.Batch]));
    private readonly Optimizer _optimizer = OptimizerRegistry.Create(options, model.Parameters);

    /// <summary>Does one step and returns the loss before it.</summary>
    public float Step(int step)
    {
        var batch = (uint)(step % extent.Batches);
        var labels = new int[extent.Batch];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = HashedNumbers.Label(1001 + (2 * batch), i, extent.Classes);
            for (var row = 0; row < _input.Rows; row++)
                _input.Row(row)[i] = HashedNumbers.Pixel(1000 + (2 * batch), (i * _input.Rows) + row);
        }

        _tape.Begin(training: true, step);
        var loss = _tape.SoftmaxCrossEntropy(model.Forward(_tape, _input), labels);
        _tape.Backward(loss);
        _optimizer.Step(options.LearningRate, team);
        return loss.Scalar;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _tape.Dispose();
        _input.Dispose();
        model.Dispose();
    }
}
