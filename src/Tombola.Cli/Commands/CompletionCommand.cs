using System.CommandLine;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola completion</c>: prints the script that makes a shell complete the command.</summary>
/// <remarks>The scripts ask <c>tombola "[suggest:POSITION]" "LINE"</c>, which the parser answers.</remarks>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _tombola() {
                local IFS=$'\n'
                local words="$(tombola "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
                COMPREPLY=($(compgen -W "${words}" -- "${COMP_WORDS[COMP_CWORD]}"))
                [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
                return 0
            }
            complete -o default -F _tombola tombola

            """,
        ["zsh"] = """
            _tombola() {
                local -a found
                found=("${(@f)$(tombola "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -S '' -- ${(M)found:#*=}
                compadd -- ${found:#*=}
                _files
            }
            compdef _tombola tombola

            """,
        ["fish"] = """
            complete -c tombola -a '(tombola "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'

            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName tombola -ScriptBlock {
                param($word, $line, $position)
                tombola "[suggest:$position]" "$line" | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", Scripts.Keys) };
        Requirement.OneOf(shell, "shell", Scripts.Keys);
        var command = new Command(
            "completion", "Prints a script for completion in a shell: eval \"$(tombola completion bash)\".")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            terminal.WriteRaw(Scripts[parsed.GetValue(shell)!]);
            return Application.Done;
        });
        return command;
    }
}
