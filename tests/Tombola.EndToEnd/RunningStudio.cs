using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Tombola.EndToEnd;

/// <summary>The built command with the page over a store, as a process of its own.</summary>
public sealed partial class RunningStudio : IDisposable
{
    private readonly Process _process;

    private RunningStudio(Process process, Uri entry)
    {
        (_process, Entry) = (process, entry);
        Address = new Uri(entry.GetLeftPart(UriPartial.Authority));
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        Client = new HttpClient(handler) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>What the command said to open.</summary>
    public Uri Entry { get; }

    /// <summary>The same without a token.</summary>
    public Uri Address { get; }

    /// <summary>Asks the server, following no redirection.</summary>
    public HttpClient Client { get; }

    /// <summary>Whether the command was built with its page, which takes Node.js.</summary>
    public static bool HasPage { get; } = FindPage();

    /// <summary>Skips the test where the page was not built in.</summary>
    public static void NeedPage() =>
        Skip.IfNot(HasPage, "Built without Node.js: install nodejs and npm and build again.");

    /// <summary>Starts <c>tombola</c> and waits for the address that it says.</summary>
    public static RunningStudio Start(string folder, params string[] arguments)
    {
        var process = Cli.Launch("dotnet", folder, [Cli.Path, .. arguments]);
        var said = new List<string>();
        while (process.StandardError.ReadLine() is { } line)
        {
            said.Add(line);
            if (Spoken().Match(line) is { Success: true } match)
            {
                _ = process.StandardError.ReadToEndAsync(); // Nobody may wait for a full pipe.
                _ = process.StandardOutput.ReadToEndAsync();
                return new RunningStudio(process, new Uri(match.Value));
            }
        }

        process.WaitForExit();
        throw new InvalidOperationException(string.Join('\n', said));
    }

    /// <summary>Asks and expects the status.</summary>
    public async Task<string> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        return text;
    }

    /// <summary>Ends it as a person does, and returns the exit code.</summary>
    public int Interrupt()
    {
        if (!_process.HasExited)
            Cli.Start("kill", "/", "-INT", $"{_process.Id}").ExitCode.ShouldBe(0);
        _process.WaitForExit(TimeSpan.FromSeconds(30)).ShouldBeTrue("it ends at Ctrl-C");
        return _process.ExitCode;
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static bool FindPage() => System.Reflection.Assembly.LoadFrom(
        Path.Combine(Path.GetDirectoryName(Cli.Path)!, "Tombola.Studio.dll")).GetManifestResourceNames()
        .Contains("page/main.js");

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Spoken();
}
