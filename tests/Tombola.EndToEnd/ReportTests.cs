using System.Text.RegularExpressions;

namespace Tombola.EndToEnd;

/// <summary>Makes a report with the built command and opens it in a real browser.</summary>
public sealed partial class ReportTests : IDisposable
{
    private static readonly string[] Browsers =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void A_report_of_a_run_that_is_not_there_names_those_that_are()
    {
        Cli.Run(_shop.Folder, "run", "small.yaml", "--levels", "1", "--quiet").ExitCode.ShouldBe(0);
        var result = Cli.Run(_shop.Folder, "report", "smell");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("small-");
        Cli.Run(_shop.Folder, "report", "small", "--out", "page.html").ExitCode.ShouldBe(0);
        File.Exists(_shop.Path("page.html")).ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData(1000, "")]
    [InlineData(500, "--blink-settings=preferredColorScheme=0")]
    public void The_page_draws_every_figure_in_a_browser_without_complaint_or_network(int width, string setting)
    {
        var browser = Array.Find(Browsers, File.Exists);
        Skip.If(browser is null, "No Chromium here: install the package chromium.");
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet").ExitCode.ShouldBe(0);
        Cli.Run(_shop.Folder, "report", "small", "--out", "page.html").ExitCode.ShouldBe(0);
        Skip.IfNot(
            File.ReadAllText(_shop.Path("page.html")).Contains("<script>", StringComparison.Ordinal),
            "Built without Node.js: install nodejs and npm and build again.");

        var dom = Open(browser!, width, setting, "--dump-dom");

        dom.Output.ShouldContain("data-drawn=\"true\"");
        Svg().Count(dom.Output).ShouldBe(6, "one picture a figure");
        dom.Output.ShouldContain("aria-label=\"Learning curves\"");
        Failed().Count(dom.Output).ShouldBe(0);
        Path().Count(dom.Output).ShouldBeGreaterThan(40, "lines, bars and marks");
        dom.Error.ShouldNotContain("CONSOLE");
        dom.Error.ShouldNotContain("Refused to");

        Open(browser!, width, setting, $"--screenshot={_shop.Path("page.png")}");
        new FileInfo(_shop.Path("page.png")).Length.ShouldBeGreaterThan(30_000, "an empty page is smaller");
    }

    [SkippableFact]
    public void The_page_draws_the_figures_of_analyses_too()
    {
        var browser = Array.Find(Browsers, File.Exists);
        Skip.If(browser is null, "No Chromium here: install the package chromium.");
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet").ExitCode.ShouldBe(0);
        var result = Cli.Run(_shop.Folder, "report", "small", "--analyses", "--out", "page.html");
        result.ExitCode.ShouldBe(0, result.Error);
        var page = File.ReadAllText(_shop.Path("page.html"));
        Skip.IfNot(
            page.Contains("<script>", StringComparison.Ordinal),
            "Built without Node.js: install nodejs and npm and build again.");

        var dom = Open(browser!, 700, "", "--dump-dom");

        dom.Output.ShouldContain("data-drawn=\"true\"");
        dom.Output.ShouldContain("aria-label=\"Pixels that tickets read\"");
        Svg().Count(dom.Output).ShouldBe(page.Split("<figure").Length - 1, "one picture a figure");
        Failed().Count(dom.Output).ShouldBe(0);
        dom.Error.ShouldNotContain("CONSOLE");
        Cli.Run(_shop.Folder, "report", "small", "small", "--analyses").Error.ShouldContain("expected one run");
    }

    private ProcessResult Open(string browser, int width, string setting, string action)
    {
        // Every name resolves to nothing, so that a request that leaves the page fails and is complained about.
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr",
            "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={_shop.Path("profile")}",
            $"--window-size={width},2400", "--virtual-time-budget=10000", action, .. setting.Split(' '),
            "file://" + _shop.Path("page.html"),
        ];
        return Cli.Start(browser, _shop.Folder, [.. arguments.Where(argument => argument.Length > 0)]);
    }

    [GeneratedRegex("<svg[^>]*class=\"marks\"")]
    private static partial Regex Svg();

    [GeneratedRegex("<div class=\"plot[^>]*>This figure")]
    private static partial Regex Failed();

    [GeneratedRegex("<path")]
    private static partial Regex Path();
}
