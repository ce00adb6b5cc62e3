using System.CommandLine;
using System.CommandLine.Parsing;
using Tombola.Cli.Commands;

namespace Tombola.Cli;

/// <summary>Says in one line what is wrong with a command line, with the nearest valid name.</summary>
internal static class UsageComplaint
{
    /// <summary>Returns the complaint about a command line, or null where nothing is wrong with it.</summary>
    internal static string? Of(ParseResult parsed)
    {
        if (parsed.Tokens.Any(token => token.Type == TokenType.Directive))
            return null; // [suggest] comes with an unfinished line.
        var complaint = UnknownOption(parsed) ?? UnknownToken(parsed) ?? Missing(parsed) ?? FirstError(parsed);
        return complaint is null
            ? null
            : $"{complaint.TrimEnd()} '{PathOf(parsed.CommandResult)} --help' shows what is possible.";
    }

    // The parser takes an option that it does not know for an argument, so it is looked for among these.
    private static string? UnknownOption(ParseResult parsed)
    {
        var forOthers = parsed.GetResult(SlurmOptions.Arguments)?.Tokens ?? [];
        var token = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).FirstOrDefault(token =>
            token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal)
            && !forOthers.Contains(token));
        if (token is null)
            return null;
        var known = parsed.CommandResult.Command.Options.Where(option => !option.Hidden).Select(option => option.Name);
        var name = token.Value.Split('=')[0];
        return $"'{PathOf(parsed.CommandResult)}' has no option '{name}'.{Hint(name, known)}";
    }

    private static string? UnknownToken(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var token, ..])
            return null;
        var path = PathOf(parsed.CommandResult);
        var commands = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToArray();
        return commands.Length == 0
            ? $"'{path}' has no place for '{token}'."
            : $"'{path}' has no command '{token}'.{Hint(token, commands)} There are {string.Join(", ", commands)}.";
    }

    private static string? Missing(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = PathOf(parsed.CommandResult);
        var argument = command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 });
        if (parsed.Errors.Count > 0 && argument is not null)
            return $"'{path}' needs <{argument.Name}>: {argument.Description?.TrimEnd('.')}.";
        return parsed.Errors.Count > 0 && command.Action is null && command.Subcommands.Count > 0
            ? $"'{path}' needs one of {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."
            : null;
    }

    private static string? FirstError(ParseResult parsed) => parsed.Errors is [var error, ..] ? error.Message : null;

    private static string Hint(string name, IEnumerable<string> known) =>
        InputException.NearestName(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "tombola";
}
