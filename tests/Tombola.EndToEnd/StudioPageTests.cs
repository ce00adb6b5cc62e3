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
        (await page.Page.GetByText("is loading").CountAsync()).ShouldBe(0);
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

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task A_ticket_shows_its_mask_which_can_be_enlarged_and_moved(int width, ColorScheme scheme)
    {
        await using var page = await bench.OpenAsync($"/runs/{bench.Run}", width, scheme);
        await page.Find(AriaRole.Link, "Look at its tickets").ClickAsync();
        await page.ReadsAsync("10,244 of 15,980 weights");
        var mask = page.Page.Locator(".mask canvas");
        var fitted = await ScaleAsync(page);
        await page.KeepPictureAsync($"ticket-{width}");

        await mask.HoverAsync();
        await page.ReadsAsync("input 3");
        await page.Page.Mouse.WheelAsync(0, -800);
        await Until(async () => await ScaleAsync(page) > 3 * fitted, "the wheel enlarges");
        await page.KeepPictureAsync($"ticket-zoomed-{width}");
        await mask.FocusAsync();
        await page.Page.Keyboard.PressAsync("0");
        await Until(async () => await ScaleAsync(page) == fitted, "zero shows all again");
        await page.Page.Keyboard.PressAsync("+");
        await Until(async () => await ScaleAsync(page) > fitted, "plus enlarges");

        await page.Page.GetByRole(AriaRole.Button).GetByText("fc2.weight").ClickAsync();
        await page.SeesAsync("canvas[aria-label^='Mask of fc2.weight']");
        await page.SeesAsync("[data-drawn=pixels]");
        await page.SeesAsync("[data-drawn=initial-values-fc1]");
        (await page.IsTooWideAsync()).ShouldBeFalse();
        var download = await page.Page.RunAndWaitForDownloadAsync(() =>
            page.Page.GetByText("ticket.safetensors").ClickAsync());
        download.SuggestedFilename.ShouldEndWith("-winning-ticket-trial-1-level-2-ticket.safetensors");
    }

    [SkippableFact]
    public async Task Levels_of_a_ticket_are_chosen_with_the_keyboard_and_its_speed_is_measured()
    {
        await using var page = await bench.OpenAsync($"/runs/{bench.Run}/ticket?level=2");
        var level = page.Page.GetByRole(AriaRole.Slider);
        await level.FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await page.ReadsAsync("80.1 % of the weights");
        await page.Page.Keyboard.PressAsync("Home");
        await page.ReadsAsync("Dense network");
        await page.Find(AriaRole.Button, "Measure").ClickAsync();
        await page.ReadsAsync("as fast");
    }

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task A_network_learns_XOR_is_pruned_reset_and_learns_again(int width, ColorScheme scheme)
    {
        await using var page = await bench.OpenAsync("/playground", width, scheme);
        var train = page.Find(AriaRole.Button, "Train");
        await page.SeesAsync("canvas[data-step='0']");
        await train.ClickAsync();
        await page.SeesAsync("canvas[data-step='10000']");
        await page.ReadsAsync("learnt XOR");
        await page.KeepPictureAsync($"xor-{width}");
        await page.Find(AriaRole.Button, "Prune the weakest unit").ClickAsync();
        await page.SeesAsync("svg[aria-label='Network of 9 hidden units; 1 were pruned.']");
        await page.Find(AriaRole.Button, "Reset the others").ClickAsync();
        await page.SeesAsync("canvas[data-step='0']");
        await page.Find(AriaRole.Button, "Train again").ClickAsync();
        await Until(async () => await page.Page.Locator(".past tbody tr").CountAsync() == 2, "two trainings");
        (await page.IsTooWideAsync()).ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task A_digit_drawn_by_hand_is_read_by_the_dense_network_and_by_its_ticket(
        int width, ColorScheme scheme)
    {
        RunningStudio.NeedPage();
        // A store of its own: what has been found on digits must not appear in the other tests.
        Cli.Run(
            bench.Shop.Folder, "run", "quickstart", "--out", "digits", "--trials", "1", "--levels", "2", "--quiet",
            "--set", "training.steps=400", "--set", "controls=[]").ExitCode.ShouldBe(0);
        using var studio = RunningStudio.Start(
            bench.Shop.Folder, "studio", "--port", "0", "--no-browser", "--out", "digits");
        await using var page = await bench.OpenAsync("/playground/digits", width, scheme, studio.Address);
        var box = (await page.Page.Locator(".pad canvas").BoundingBoxAsync())!;
        var mouse = page.Page.Mouse;
        // A one: straight down the middle.
        await mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 6));
        await mouse.DownAsync();
        await mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height * 5 / 6), new() { Steps = 8 });
        await mouse.UpAsync();
        await Until(
            async () => (await page.Page.Locator(".answer").AllTextContentsAsync()).SequenceEqual(["1", "1"]),
            "both read a one");
        await page.ReadsAsync("170,");
        await page.KeepPictureAsync($"digit-{width}");
        await page.Find(AriaRole.Button, "Clear").ClickAsync();
        await Until(async () => await page.Page.Locator(".answer").First.TextContentAsync() == "?", "nothing to read");
        await page.Find(AriaRole.Button, "Draw one for me").ClickAsync();
        await Until(async () => await page.Page.Locator(".answer").First.TextContentAsync() != "?", "one is drawn");
        (await page.IsTooWideAsync()).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task The_machine_is_described_and_measured()
    {
        await using var page = await bench.OpenAsync("/machine");
        await page.ReadsAsync("-bit vectors");
        await page.ReadsAsync("Nothing is running.");
        await page.Find(AriaRole.Button, "Measure").ClickAsync();
        await page.SeesAsync("[data-drawn=speed]");
        (await page.Page.Locator("tbody tr").CountAsync()).ShouldBe(6);
        await page.KeepPictureAsync("machine");
    }

    private static async Task<double> ScaleAsync(WatchedPage page) =>
        double.Parse(
            (await page.Page.Locator(".mask canvas[data-scale]").GetAttributeAsync("data-scale"))!,
            System.Globalization.CultureInfo.InvariantCulture);

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
        for (var i = 0; i < 300; i++)
        {
            if (await holds())
                return;
            await Task.Delay(100);
        }

        throw new TimeoutException(what);
    }
}
