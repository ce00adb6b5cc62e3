using System.Diagnostics;
using Tombola.Data;
using Tombola.Nn;

namespace Tombola.Training;

/// <summary>Evaluates a training as it goes, and keeps the curve and the best moment so far.</summary>
internal sealed class TrainingLog(
    Module model, Evaluator evaluator, DataSplit data, string earlyStop, Action<CurvePoint>? report, LogState start)
{
    private readonly List<CurvePoint> _curve = [.. start.Curve];
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private readonly Stopwatch _evaluating = new();
    private readonly Stopwatch _saving = new();
    private CurvePoint? _best = start.Best < 0 ? null : start.Curve[start.Best];
    private Weights? _bestWeights = start.BestWeights;
    private double _lossSum = start.LossSum;
    private long _losses = start.Losses;

    private double Seconds => start.Seconds + _total.Elapsed.TotalSeconds;

    private double EvaluationSeconds => start.EvaluationSeconds + _evaluating.Elapsed.TotalSeconds;

    private double CheckpointSeconds => start.CheckpointSeconds + _saving.Elapsed.TotalSeconds;

    /// <summary>What must be kept for the log to go on from here.</summary>
    internal LogState State => new(
        _curve, _best is null ? -1 : _curve.IndexOf(_best), _bestWeights, _lossSum, _losses, Seconds,
        EvaluationSeconds, CheckpointSeconds);

    /// <summary>Writes a checkpoint and takes the time of it.</summary>
    internal void Save(Action save)
    {
        _saving.Start();
        save();
        _saving.Stop();
    }

    /// <summary>Adds the loss of a batch to the mean of this interval.</summary>
    internal void Add(float loss)
    {
        _lossSum += loss;
        _losses++;
    }

    /// <summary>Returns the mean of the losses added since the last call.</summary>
    internal double TakeMeanLoss()
    {
        var mean = _lossSum / _losses;
        (_lossSum, _losses) = (0, 0);
        return mean;
    }

    /// <summary>Evaluates on validation and test set.</summary>
    /// <returns>Whether the validation loss is finite.</returns>
    internal bool Evaluate(long step, double learningRate, double trainLoss)
    {
        _evaluating.Start();
        var (validationLoss, validationAccuracy) = evaluator.Run(data.Validation);
        if (!double.IsFinite(validationLoss))
        {
            _evaluating.Stop();
            return false;
        }

        var (testLoss, testAccuracy) = evaluator.Run(data.Test);
        var point = new CurvePoint(
            step, learningRate, trainLoss, validationLoss, validationAccuracy, testLoss, testAccuracy, Seconds);
        _curve.Add(point);
        if (EarlyStopRule.Accepts(earlyStop, _curve, _best))
            (_best, _bestWeights) = (point, Weights.Capture(model));
        _evaluating.Stop();
        report?.Invoke(point);
        return true;
    }

    /// <summary>Ends the log of a training that went through.</summary>
    internal TrainingResult Completed()
    {
        _evaluating.Start();
        var final = _curve[^1];
        var last = Weights.Capture(model);
        var finalAccuracy = evaluator.Run(data.Train).Accuracy;
        var bestAccuracy = ReferenceEquals(final, _best) ? finalAccuracy : TrainAccuracyOf(_bestWeights!);
        last.Restore(model);
        _evaluating.Stop();
        return Result(_best, bestAccuracy, final, finalAccuracy, divergedAt: null);
    }

    /// <summary>Ends the log of a training whose loss was not finite.</summary>
    internal TrainingResult Diverged(long step) =>
        Result(_best, _best is null ? null : TrainAccuracyOf(_bestWeights!), final: null, finalAccuracy: null, step);

    private double TrainAccuracyOf(Weights weights)
    {
        weights.Restore(model);
        return evaluator.Run(data.Train).Accuracy;
    }

    private TrainingResult Result(
        CurvePoint? best, double? bestAccuracy, CurvePoint? final, double? finalAccuracy, long? divergedAt) =>
        new(_curve, best, bestAccuracy, final, finalAccuracy, divergedAt, Seconds, EvaluationSeconds)
        {
            CheckpointSeconds = CheckpointSeconds,
        };
}
