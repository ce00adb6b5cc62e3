using Microsoft.Playwright;

namespace Tombola.EndToEnd;

/// <summary>The page in a real browser, over a small real store.</summary>
public sealed class StudioPageTests(StudioBench bench) : IClassFixture<StudioBench>
{
    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task Experiments_are_listed_with_their_best_ticket_and_lead_to_their_figures(
        int width, ColorScheme scheme)
    {
        await using var page = await bench.OpenAsync("/", width, scheme);
        await page.ReadsAsync("mlp on data");
        await page.ReadsAsync("finished");
        (await page.IsTooWideAsync()).ShouldBeFalse();
        await page.KeepPictureAsync($"experiments-{width}");

        await page.Find(AriaRole.Link, "small").ClickAsync();
        await page.SeesAsync("[data-drawn=early-stop-accuracy]");
        await page.SeesAsync("[data-drawn=learning-curves]");
        (await page.Page.Locator("figure svg[role=img]").CountAsync()).ShouldBe(6, "one picture a figure");
        (await page.IsTooWideAsync()).ShouldBeFalse();
        await page.KeepPictureAsync($"experiment-{width}");
    }

    [SkippableFact]
    public async Task Switches_show_every_trial_and_downloads_hold_what_is_drawn()
    {
        await using var page = await bench.OpenAsync($"/runs/{bench.Run}");
        await page.SeesAsync("[data-drawn=early-stop-accuracy]");
        var marks = page.Page.Locator("#early-stop-accuracy svg path");
        var before = await marks.CountAsync();
        await page.Page.GetByLabel("Every trial").CheckAsync();
        await Until(async () => await marks.CountAsync() >= before + 10, "two trials of five branches and levels");
        await page.Page.GetByLabel("Spread over trials").UncheckAsync();

        var download = await page.Page.RunAndWaitForDownloadAsync(() =>
            page.Page.Locator("#early-stop-accuracy").GetByText("CSV").ClickAsync());
        download.SuggestedFilename.ShouldBe("early-stop-accuracy.csv");
        File.ReadLines((await download.PathAsync())!).First().ShouldStartWith("series,kind,level");
        var picture = await page.Page.RunAndWaitForDownloadAsync(() =>
            page.Page.Locator("#early-stop-step").GetByText("SVG").ClickAsync());
        File.ReadAllText((await picture.PathAsync())!).ShouldContain("<svg");
    }

    [SkippableFact]
    public async Task A_person_with_a_keyboard_alone_finds_an_experiment()
    {
        await using var page = await bench.OpenAsync("/");
        await page.ReadsAsync("mlp on data");
        await page.Page.GetByLabel("Search experiments").FocusAsync();
        await page.Page.Keyboard.TypeAsync("nothing like it");
        await page.ReadsAsync("No experiment fits.");
        await page.Page.GetByLabel("Search experiments").FillAsync("small");
        var link = page.Find(AriaRole.Link, "small");
        for (var i = 0; i < 12 && !await link.EvaluateAsync<bool>("link => link === document.activeElement"); i++)
            await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Find(AriaRole.Heading, "Verdicts").WaitForAsync();
    }

    [SkippableFact]
    public async Task A_run_appears_moves_and_ends_while_it_is_watched()
    {
        RunningStudio.NeedPage();
        using var shop = new Workshop();
        using var studio = RunningStudio.Start(
            shop.Folder, "run", "small.yaml", "--studio", "--jobs", "1", "--set", "training.steps=3000", "--levels",
            "3");
        await using var page = await bench.OpenAsync("/", server: studio.Address);
        await page.SeesAsync(".badge.running");
        await page.SeesAsync("[role=progressbar]");
        await page.Find(AriaRole.Link, "small").ClickAsync();
        await page.SeesAsync(".now .spark path[d*=L]");
        await page.KeepPictureAsync("running");
        await page.SeesAsync("[data-drawn=early-stop-accuracy]");
        await page.SeesAsync(".badge.finished");
        await Until(
            async () => await page.Page.Locator("#early-stop-accuracy svg path").CountAsync() >= 7 + 2,
            "a point for each of four levels and three of the control, and their lines");
        await page.ReadsAsync("tombola run small.yaml --jobs 1 --set training.steps=3000 --levels 3");
        studio.Interrupt().ShouldBe(0);
        page.MayComplain = true; // The stream has just ended.
    }

    [SkippableFact]
    public async Task The_page_finds_the_server_again_after_a_restart()
    {
        RunningStudio.NeedPage();
        var studio = RunningStudio.Start(bench.Shop.Folder, "studio", "--port", "0", "--no-browser");
        var port = $"{studio.Address.Port}";
        await using var page = await bench.OpenAsync("/", server: studio.Address);
        page.MayComplain = true;
        await page.ReadsAsync("live");
        studio.Kill();
        studio.Dispose();
        await page.ReadsAsync("reconnecting");
        using var again = RunningStudio.Start(bench.Shop.Folder, "studio", "--port", port, "--no-browser");
        await page.SeesAsync(".connection.on");
        await page.ReadsAsync("mlp on data");
    }

    [SkippableFact]
    public async Task An_empty_store_says_how_to_begin()
    {
        RunningStudio.NeedPage();
        using var studio = RunningStudio.Start(
            bench.Shop.Folder, "studio", "--port", "0", "--no-browser", "--out", "nothing-here");
        await using var page = await bench.OpenAsync("/", server: studio.Address);
        await page.ReadsAsync("tombola run quickstart");
        await page.Page.GotoAsync(new Uri(studio.Address, "/runs/none").ToString());
        page.MayComplain = true; // The browser notes that the run was not found.
        await page.ReadsAsync("There is no run 'none'");
    }

    private static async Task Until(Func<Task<bool>> holds, string what)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await holds())
                return;
            await Task.Delay(100);
        }

        throw new TimeoutException(what);
    }
}
