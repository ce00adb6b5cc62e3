using Tombola.Numerics.Random;

namespace Tombola.Data;

/// <summary>Says which examples an optimizer step sees: a fresh random order every epoch.</summary>
/// <remarks>
/// Epoch e follows the permutation addressed by (seed, <c>data-order</c>, e), cut into ⌊count / batch⌋ batches; the
/// incomplete rest is dropped, and as each epoch's permutation is fresh no example is left out systematically. The
/// indices of a step are a function of seed, count, batch and step alone, so a resumed run needs no saved position. The
/// current epoch's permutation is kept, hence not safe to share between threads.
/// </remarks>
public sealed class DataOrder
{
    private const string Purpose = "data-order";

    private readonly RandomStream _stream;
    private readonly int[] _permutation;
    private long _epoch = -1;

    /// <summary>Creates the order of a training set.</summary>
    /// <param name="count">Number of training examples.</param>
    /// <param name="batch">Number of examples a step, 1 or more.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <exception cref="InputException">The batch is not positive or is larger than the set.</exception>
    public DataOrder(int count, int batch, Seed seed)
    {
        if (batch < 1 || batch > count)
            throw new InputException(
                $"A batch of {batch} examples cannot be drawn from {count} training examples; "
                + $"give a number from 1 to {count}.");
        Batch = batch;
        StepsPerEpoch = count / batch;
        _stream = new RandomStream(seed, Purpose);
        _permutation = new int[count];
    }

    /// <summary>Number of examples a step.</summary>
    public int Batch { get; }

    /// <summary>Number of steps an epoch: ⌊count / batch⌋.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Returns the epoch that a step belongs to, from 0.</summary>
    /// <param name="step">The step, counted from 0 over all epochs.</param>
    public long EpochOf(long step) => step / StepsPerEpoch;

    /// <summary>Writes the examples of one step.</summary>
    /// <param name="step">The step, counted from 0 over all epochs.</param>
    /// <param name="batchIndices">Receives the indices; its length is <see cref="Batch"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    /// <exception cref="ArgumentException">The span has another length than the batch.</exception>
    public void Fill(long step, Span<int> batchIndices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (batchIndices.Length != Batch)
            throw new ArgumentException($"A batch has {Batch} indices, not {batchIndices.Length}.");
        var (epoch, position) = Math.DivRem(step, StepsPerEpoch);
        if (epoch != _epoch)
        {
            _stream.At(epoch).FillPermutation(_permutation);
            _epoch = epoch;
        }

        _permutation.AsSpan((int)position * Batch, Batch).CopyTo(batchIndices);
    }
}
