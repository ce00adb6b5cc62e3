using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Tombola.Cli.Commands;

/// <summary>What an argument or option accepts; whatever else is given is refused in one clear line.</summary>
internal static class Requirement
{
    /// <summary>Accepts one of a few names and completes to them.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="what">What it names, in words, for the complaint.</param>
    /// <param name="names">The names.</param>
    internal static void OneOf(Argument<string> argument, string what, IReadOnlyCollection<string> names)
    {
        argument.CompletionSources.Add(_ => names.Select(Completion.Item));
        argument.Validators.Add(result => CheckName(result, result.Tokens, what, names));
    }

    /// <summary>Accepts one of a few names and completes to them.</summary>
    /// <param name="option">The option; its name stands in the complaint.</param>
    /// <param name="names">The names.</param>
    internal static void OneOf(Option<string> option, IReadOnlyCollection<string> names)
    {
        option.CompletionSources.Add(_ => names.Select(Completion.Item));
        option.Validators.Add(result => CheckName(result, result.Tokens, $"value of {option.Name}", names));
    }

    /// <summary>Refuses empty text.</summary>
    internal static void NotEmpty(Argument<string> argument) =>
        argument.Validators.Add(result => CheckText(result, result.Tokens, $"<{argument.Name}>"));

    /// <summary>Refuses empty text.</summary>
    internal static void NotEmpty<T>(Option<T> option) =>
        option.Validators.Add(result => CheckText(result, result.Tokens, option.Name));

    /// <summary>Reads a whole number within a range.</summary>
    /// <param name="result">The option's value as given.</param>
    /// <param name="name">The option.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    internal static int Whole(ArgumentResult result, string name, int least, int most = int.MaxValue)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        var range = most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
        result.AddError($"{name}: expected a whole number {range}, got '{text}'.");
        return least;
    }

    /// <summary>Reads a number within a range.</summary>
    /// <param name="result">The option's value as given.</param>
    /// <param name="name">The option.</param>
    /// <param name="above">A limit that is itself not allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    internal static double Number(ArgumentResult result, string name, double above, double most)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value > above && value <= most)
        {
            return value;
        }

        result.AddError($"{name}: expected a number above {above} and at most {most}, got '{text}'.");
        return most;
    }

    private static void CheckName(
        SymbolResult result, IReadOnlyList<Token> tokens, string what, IReadOnlyCollection<string> names)
    {
        if (tokens is [var token, ..] && !names.Contains(token.Value))
            result.AddError(InputException.UnknownName(what, token.Value, names).Message);
    }

    private static void CheckText(SymbolResult result, IReadOnlyList<Token> tokens, string name)
    {
        if (tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            result.AddError($"{name}: expected some text, got none.");
    }
}
