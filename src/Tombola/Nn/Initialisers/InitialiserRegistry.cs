using System.Collections.Frozen;
using System.Globalization;

namespace Tombola.Nn.Initialisers;

/// <summary>The initialisers by name; some take a number, as in <c>normal(0.1)</c>.</summary>
public static class InitialiserRegistry
{
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["glorot-normal"] = new("normal, deviation √(2 / (fan in + fan out)) (Glorot and Bengio 2010)", false,
            _ => new NormalInitialiser(fans => Math.Sqrt(2.0 / (fans.In + fans.Out)))),
        ["glorot-uniform"] = new("uniform, bound √(6 / (fan in + fan out)) (Glorot and Bengio 2010)", false,
            _ => new UniformInitialiser(fans => Math.Sqrt(6.0 / (fans.In + fans.Out)))),
        ["kaiming-normal"] = new("normal, deviation √(2 / fan in) (He et al. 2015)", false,
            _ => new NormalInitialiser(fans => Math.Sqrt(2.0 / fans.In))),
        ["kaiming-uniform"] = new("uniform, bound √(6 / fan in) (He et al. 2015)", false,
            _ => new UniformInitialiser(fans => Math.Sqrt(6.0 / fans.In))),
        ["normal"] = new("normal of the given deviation", true, value => new NormalInitialiser(_ => value)),
        ["uniform"] = new("uniform between − and + the given bound", true, value => new UniformInitialiser(_ => value)),
        ["truncated-normal"] = new("normal of the given deviation, redrawn beyond two deviations", true,
            value => new TruncatedNormalInitialiser(value)),
        ["constant"] = new("the given number everywhere", true, value => new ConstantInitialiser(value)),
    }.ToFrozenDictionary();

    /// <summary>The names as they are written, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
    [
        .. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Value.TakesNumber ? pair.Key + "(x)" : pair.Key, pair.Value.Description)),
    ];

    /// <summary>Reads an initialiser from its text form.</summary>
    /// <param name="text">For example <c>glorot-normal</c> or <c>normal(0.1)</c>.</param>
    /// <exception cref="InputException">The name is unknown, or the number missing, wrong or superfluous.</exception>
    public static IInitialiser Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? text : text[..open];
        if (!Table.TryGetValue(name, out var entry))
            throw InputException.UnknownName("initialiser", text, All.Select(known => known.Name));
        if (!entry.TakesNumber)
        {
            return open < 0
                ? entry.Create(0)
                : throw new InputException($"Initialiser '{text}': {name} takes no number; write '{name}'.");
        }

        if (open < 0 || !text.EndsWith(')')
            || !double.TryParse(text[(open + 1)..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !float.IsFinite((float)value))
        {
            throw new InputException(
                $"Initialiser '{text}': expected a number in parentheses, for example '{name}(0.1)'.");
        }

        if (value < 0 && name != "constant")
        {
            throw new InputException(
                $"Initialiser '{text}': expected a number of 0 or more, for example '{name}(0.1)'.");
        }

        return entry.Create(value);
    }

    private sealed record Entry(string Description, bool TakesNumber, Func<double, IInitialiser> Create);
}
