using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Nn;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;

namespace Tombola.Training;

/// <summary>Trains a network on labelled images and watches how it does; knows nothing of pruning.</summary>
/// <remarks>
/// Step k takes the batch that the seed assigns to it, so a training that starts at step k goes through the same data
/// as one that came there. A loss that is not finite ends the training.
/// </remarks>
public sealed class Trainer : IDisposable
{
    private readonly Module _model;
    private readonly DataSplit _data;
    private readonly TrainingOptions _options;
    private readonly BatchAssembler _assembler;
    private readonly AugmentedBatches? _augmented;
    private readonly DataOrder _order;
    private readonly LearningRateSchedule _schedule;
    private readonly Optimizer _optimizer;
    private readonly Evaluator _evaluator;
    private readonly ThreadTeam _team;
    private readonly Tape _tape;
    private readonly Tensor _input;
    private readonly int[] _indices;
    private readonly int[] _labels;
    private readonly int[]? _inputsRead;

    /// <summary>Prepares a training.</summary>
    /// <param name="model">The network, with its initial parameters and masks; changed by <see cref="Run"/>.</param>
    /// <param name="data">Training, validation and test examples.</param>
    /// <param name="normalisation">How pixels become inputs.</param>
    /// <param name="options">Steps, batch, optimizer and so on.</param>
    /// <param name="seed">Decides the order of the data, and how they are augmented.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="inputsRead">
    /// The input features that the network reads, from <see cref="Module.Compress"/>; null for all. Others are never
    /// assembled into a batch, unless examples are augmented.
    /// </param>
    /// <param name="augmentation">Changes the examples that are learned from; null for none.</param>
    /// <exception cref="InputException">
    /// An option is out of range, or the batch larger than the training set.
    /// </exception>
    public Trainer(
        Module model, DataSplit data, Normalisation normalisation, TrainingOptions options, Seed seed, ThreadTeam team,
        bool[]? inputsRead = null, IAugmentation? augmentation = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _data, _options, _team) = (model, data, options, team);
        _assembler = new BatchAssembler(data.Train, normalisation);
        if (augmentation is not null)
            _augmented = new AugmentedBatches(data.Train, normalisation, augmentation, seed);
        _order = new DataOrder(data.Train.Count, options.Batch, seed);
        _schedule = LearningRateSchedule.Create(options.Schedule, options.Optimizer.LearningRate, options.Steps);
        _optimizer = OptimizerRegistry.Create(options.Optimizer, model.Parameters);
        _inputsRead = inputsRead is null
            ? null
            : [.. Enumerable.Range(0, inputsRead.Length).Where(feature => inputsRead[feature])];
        _evaluator = new Evaluator(model, normalisation, team, _inputsRead);
        _tape = new Tape(team);
        _input = new Tensor(data.Train.BatchShape(options.Batch));
        _indices = new int[options.Batch];
        _labels = new int[options.Batch];
    }

    /// <summary>Memory of parameters, gradients, indices and optimizer state as they are now, in bytes.</summary>
    /// <remarks>Without activations and examples, which do not depend on what was pruned.</remarks>
    public long StateBytes =>
        _model.Parameters.Sum(parameter => parameter.Bytes) + _optimizer.State.Sum(state => state.Values.Bytes);

    /// <summary>
    /// Called after each step with the number of steps done, for example to keep the weights of a step.
    /// </summary>
    public Action<long>? StepDone { get; set; }

    /// <summary>Where to keep the state from time to time and when interrupted, and what to go on from.</summary>
    /// <value>Default null: nowhere, and from the start.</value>
    public TrainingCheckpoints? Checkpoints { get; set; }

    /// <summary>Trains to the end of the budget, from the checkpoint where there is one.</summary>
    /// <remarks>Weights and curves end with the same bits as without interruption, the seconds apart.</remarks>
    /// <param name="firstStep">0, or the step at which the network's parameters were taken.</param>
    /// <param name="report">
    /// Told about each evaluation, and how far a checkpoint was, with its last evaluation; may be null.
    /// </param>
    /// <param name="cancellation">Ends the training with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The curves, and what is read off them.</returns>
    public TrainingResult Run(
        long firstStep = 0, Action<CurvePoint>? report = null, CancellationToken cancellation = default)
    {
        var (step, log) = Begin(firstStep, report);
        var kept = step;
        while (step < _options.Steps)
        {
            if (cancellation.IsCancellationRequested)
            {
                if (step > kept)
                    Save(step, log);
                throw new OperationCanceledException(cancellation);
            }

            var rate = _schedule.At(step);
            var loss = Step(step, rate);
            log.Add(loss);
            if (!float.IsFinite(loss))
                return log.Diverged(step);
            StepDone?.Invoke(step + 1);
            var due = (step + 1) % _options.EvaluateEvery == 0 || step + 1 == _options.Steps;
            if (due && !log.Evaluate(step + 1, rate, log.TakeMeanLoss()))
                return log.Diverged(step);
            step++;
            if (Checkpoints?.IsDue() == true && step < _options.Steps)
                Save(kept = step, log);
        }

        return log.Completed();
    }

    /// <summary>Does one optimizer step.</summary>
    /// <param name="step">From 0; decides the batch.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    public float Step(long step, double learningRate)
    {
        _order.Fill(step, _indices);
        if (_augmented is not null)
            _augmented.Assemble(_order.EpochOf(step), _indices, _input.Buffer.Span, _labels);
        else if (_inputsRead is null)
            _assembler.Assemble(_indices, _input.Buffer.Span, _labels);
        else
            _assembler.Assemble(_indices, _inputsRead, _input.Buffer.Span, _labels);
        _tape.Begin(training: true, step);
        var loss = _tape.SoftmaxCrossEntropy(_model.Forward(_tape, _input), _labels);
        _tape.Backward(loss);
        _optimizer.Step(learningRate, _team);
        return loss.Scalar;
    }

    private (long Step, TrainingLog Log) Begin(long firstStep, Action<CurvePoint>? report)
    {
        TrainingLog LogFrom(LogState state) => new(_model, _evaluator, _data, _options.EarlyStop, report, state);
        if (Checkpoints?.Latest is { } folder && TrainingState.Restore(folder, _model, _optimizer) is { } kept)
        {
            if (kept.Log.Curve is [.., var point])
                report?.Invoke(point with { Step = kept.Step });
            return (kept.Step, LogFrom(kept.Log));
        }

        var log = LogFrom(LogState.Start);
        log.Evaluate(firstStep, _schedule.At(firstStep), double.NaN);
        return (firstStep, log);
    }

    private void Save(long step, TrainingLog log)
    {
        if (Checkpoints is { } checkpoints)
        {
            log.Save(() => checkpoints.Save(
                step, folder => TrainingState.Write(folder, step, _model, _optimizer, log.State)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _evaluator.Dispose();
        _tape.Dispose();
        _input.Dispose();
    }
}
