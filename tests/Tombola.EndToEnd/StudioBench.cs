using Microsoft.Playwright;

namespace Tombola.EndToEnd;

/// <summary>A small real store, the page over it, and a browser; shared by the tests of a class.</summary>
public sealed class StudioBench : IAsyncLifetime
{
    private static readonly string[] Browsers =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private RunningStudio? _studio;

    /// <summary>The folder that the store is in.</summary>
    public Workshop Shop { get; } = new();

    /// <summary>The page over the store.</summary>
    public RunningStudio Studio => _studio!;

    /// <summary>The name of the run of two levels and two trials that the store has.</summary>
    public string Run { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Cli.Run(Shop.Folder, "run", "small.yaml", "--quiet").ExitCode.ShouldBe(0);
        Run = Path.GetFileName(Shop.RunFolder());
        if (!RunningStudio.HasPage)
            return;
        _studio = RunningStudio.Start(Shop.Folder, "studio", "--port", "0", "--no-browser");
        if (Array.Find(Browsers, File.Exists) is not { } browser)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = browser,
            // Every other name resolves to nothing, so that a request that leaves the machine fails.
            Args = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _studio?.Dispose();
        Shop.Dispose();
    }

    /// <summary>Opens a page that fails the test at its end if a browser complained.</summary>
    public async Task<WatchedPage> OpenAsync(
        string path, int width = 1280, ColorScheme scheme = ColorScheme.Light, Uri? server = null)
    {
        RunningStudio.NeedPage();
        Skip.If(_browser is null, "No Chromium here: install the package chromium.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce, HasTouch = width < 500,
        });
        context.SetDefaultTimeout(60_000);
        var page = new WatchedPage(await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(server ?? Studio.Address, path).ToString());
        return page;
    }
}
