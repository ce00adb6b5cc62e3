using System.Collections.Frozen;
using Tombola.Tensors;

namespace Tombola.Optim;

/// <summary>The optimizers by name.</summary>
public static class OptimizerRegistry
{
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["sgd"] = new("gradient descent, with momentum and Nesterov", (o, p) => new Sgd(o, p)),
        ["adam"] = new("Adam (Kingma and Ba 2015)", (o, p) => new Adam(o, p)),
        ["adamw"] = new(
            "Adam with decoupled weight decay (Loshchilov and Hutter 2019)",
            (o, p) => new Adam(o, p, decoupledDecay: true)),
        ["rmsprop"] = new("RMSProp (Tieleman and Hinton 2012)", (o, p) => new RmsProp(o, p)),
    }.ToFrozenDictionary();

    /// <summary>The names, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [.. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Description))];

    /// <summary>Creates an optimizer.</summary>
    /// <param name="options">Which one, and its hyper-parameters.</param>
    /// <param name="parameters">What is updated; not owned.</param>
    /// <exception cref="InputException">An option is unknown or out of range.</exception>
    public static Optimizer Create(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
    {
        Validate(options);
        return Table[options.Name].Create(options, parameters);
    }

    /// <summary>Checks options without creating anything.</summary>
    /// <param name="options">Which optimizer, and its hyper-parameters.</param>
    /// <exception cref="InputException">An option is unknown or out of range.</exception>
    public static void Validate(OptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Table.ContainsKey(options.Name))
            throw InputException.UnknownName("optimizer", options.Name, Table.Keys.Order(StringComparer.Ordinal));
        Check("learning-rate", options.LearningRate, options.LearningRate > 0, "more than 0");
        Check("momentum", options.Momentum, options.Momentum is >= 0 and < 1, "from 0 to less than 1");
        Check("weight-decay", options.WeightDecay, options.WeightDecay >= 0, "0 or more");
        Check("beta1", options.Beta1, options.Beta1 is >= 0 and < 1, "from 0 to less than 1");
        Check("beta2", options.Beta2, options.Beta2 is >= 0 and < 1, "from 0 to less than 1");
        Check("epsilon", options.Epsilon, options.Epsilon is >= 1e-30 and <= 1, "from 1e-30 to 1");
        Check("alpha", options.Alpha, options.Alpha is >= 0 and < 1, "from 0 to less than 1");
        if (options.Nesterov && (options.Name != "sgd" || options.Momentum == 0))
            throw new InputException("optimizer.nesterov: needs the optimizer 'sgd' with a momentum above 0.");
    }

    private static void Check(string key, double value, bool valid, string expected)
    {
        if (valid && double.IsFinite(value))
            return;
        throw new InputException(
            FormattableString.Invariant($"optimizer.{key}: expected a number {expected}, got {value}."));
    }

    private sealed record Entry(string Description, Func<OptimizerOptions, IReadOnlyList<Parameter>, Optimizer> Create);
}
