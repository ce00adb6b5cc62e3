using System.Diagnostics;
using Tombola.Data;
using Tombola.Nn;

namespace Tombola.Training;

/// <summary>Evaluates a training as it goes, and keeps the curve and the best moment so far.</summary>
internal sealed class TrainingLog(
    Module model, Evaluator evaluator, DataSplit data, string earlyStop, Action<CurvePoint>? report)
{
    private readonly List<CurvePoint> _curve = [];
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private readonly Stopwatch _evaluating = new();
    private CurvePoint? _best;
    private Weights? _bestWeights;
    private double _lossSum;
    private long _losses;

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
            step, learningRate, trainLoss, validationLoss, validationAccuracy, testLoss, testAccuracy,
            _total.Elapsed.TotalSeconds);
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
        new(_curve, best, bestAccuracy, final, finalAccuracy, divergedAt, _total.Elapsed.TotalSeconds,
            _evaluating.Elapsed.TotalSeconds);
}
