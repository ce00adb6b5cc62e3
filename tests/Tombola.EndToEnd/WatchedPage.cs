using Microsoft.Playwright;

namespace Tombola.EndToEnd;

/// <summary>A page of the browser, with everything that the browser complained about.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    internal WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https", Host: not "127.0.0.1" })
                _complaints.Add($"a request left the machine: {request.Url}");
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Whether a browser may complain, where a test stops the server on purpose.</summary>
    public bool MayComplain { get; set; }

    /// <summary>Finds what a person sees by what it is and is called.</summary>
    public ILocator Find(AriaRole role, string name) =>
        Page.GetByRole(role, new PageGetByRoleOptions { Name = name });

    /// <summary>Waits until an element is seen.</summary>
    public Task SeesAsync(string selector) => Page.Locator(selector).First.WaitForAsync();

    /// <summary>Waits until a text is seen.</summary>
    public Task ReadsAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Tells whether a person would have to scroll sideways.</summary>
    public Task<bool> IsTooWideAsync() => Page.EvaluateAsync<bool>(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Keeps a picture where <c>TOMBOLA_SCREENSHOTS</c> names a folder.</summary>
    public async Task KeepPictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("TOMBOLA_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        if (!MayComplain)
            _complaints.ShouldBeEmpty();
    }
}
