using Tombola.Optim;

namespace Tombola.Tests.Optim;

/// <summary>The optimizers written out in float64 for one weight, in the notation of PyTorch's documentation.</summary>
internal sealed class OptimizerTwin(OptimizerOptions options, double weight)
{
    private double _buffer, _mean, _square;
    private int _step;

    public double Weight { get; private set; } = weight;

    public void Step(double gradient)
    {
        _step++;
        var (o, rate, g) = (options, options.LearningRate, gradient);
        if (o.Name == "adamw")
            Weight -= rate * o.WeightDecay * Weight;
        else
            g += o.WeightDecay * Weight;
        switch (o.Name)
        {
            case "sgd":
                _buffer = _step == 1 ? g : (o.Momentum * _buffer) + g;
                Weight -= rate * (o.Nesterov ? g + (o.Momentum * _buffer) : _buffer);
                break;
            case "rmsprop":
                _square = (o.Alpha * _square) + ((1 - o.Alpha) * g * g);
                _buffer = (o.Momentum * _buffer) + (g / (Math.Sqrt(_square) + o.Epsilon));
                Weight -= rate * _buffer;
                break;
            default:
                _mean = (o.Beta1 * _mean) + ((1 - o.Beta1) * g);
                _square = (o.Beta2 * _square) + ((1 - o.Beta2) * g * g);
                var mean = _mean / (1 - Math.Pow(o.Beta1, _step));
                var square = _square / (1 - Math.Pow(o.Beta2, _step));
                Weight -= rate * mean / (Math.Sqrt(square) + o.Epsilon);
                break;
        }
    }
}
