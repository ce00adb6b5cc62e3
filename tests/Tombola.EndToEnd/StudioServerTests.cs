using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Tombola.EndToEnd;

/// <summary>What the server answers over real HTTP, to those who mean well and to those who do not.</summary>
public sealed class StudioServerTests(StudioBench bench) : IClassFixture<StudioBench>
{
    [SkippableFact]
    public async Task Lists_runs_with_their_best_ticket()
    {
        RunningStudio.NeedPage();
        using var list = JsonDocument.Parse(await bench.Studio.GetAsync("/api/runs"));
        var run = list.RootElement.GetProperty("runs").EnumerateArray().Single();
        run.GetProperty("id").GetString().ShouldBe(bench.Run);
        run.GetProperty("state").GetString().ShouldBe("finished");
        run.GetProperty("model").GetString().ShouldBe("mlp");
        run.GetProperty("status").GetProperty("ended").GetInt32().ShouldBe(10);
        using var details = JsonDocument.Parse(await bench.Studio.GetAsync($"/api/runs/{bench.Run}"));
        details.RootElement.GetProperty("summary").GetProperty("levels").GetArrayLength().ShouldBe(5);
        details.RootElement.GetProperty("command").GetString().ShouldBe("tombola run small.yaml --quiet");
    }

    [SkippableFact]
    public async Task Draws_the_figures_that_a_report_draws()
    {
        RunningStudio.NeedPage();
        Cli.Run(bench.Shop.Folder, "report", bench.Run).ExitCode.ShouldBe(0);
        using var figures = JsonDocument.Parse(await bench.Studio.GetAsync($"/api/figures?run={bench.Run}"));
        foreach (var figure in figures.RootElement.EnumerateArray())
        {
            var file = bench.Shop.Path(
                "tombola-runs", bench.Run, "figures", figure.GetProperty("name").GetString() + ".vl.json");
            using var reported = JsonDocument.Parse(File.ReadAllText(file));
            JsonElement.DeepEquals(figure.GetProperty("specification"), reported.RootElement).ShouldBeTrue();
        }

        figures.RootElement.GetArrayLength().ShouldBe(6);
        await bench.Studio.GetAsync("/api/figures", HttpStatusCode.BadRequest);
        await bench.Studio.GetAsync($"/api/figures?run={bench.Run}&levels=-1", HttpStatusCode.BadRequest);
        await bench.Studio.GetAsync("/api/figures/../../x.csv?run=" + bench.Run, HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Tickets_come_as_bits_and_as_safetensors_that_others_read()
    {
        RunningStudio.NeedPage();
        var run = $"/api/runs/{bench.Run}";
        using var trainings = JsonDocument.Parse(await bench.Studio.GetAsync(run + "/trainings"));
        trainings.RootElement.GetArrayLength().ShouldBe(10);
        var ticket = trainings.RootElement.EnumerateArray().First(training =>
            training.GetProperty("branch").GetString() == "winning-ticket"
            && training.GetProperty("level").GetInt32() == 2);
        var path = $"{run}/tickets/{ticket.GetProperty("stage").GetString()}";
        using var details = JsonDocument.Parse(await bench.Studio.GetAsync(path));
        var survivors = 0L;
        foreach (var layer in details.RootElement.GetProperty("layers").EnumerateArray())
        {
            var bits = await bench.Studio.Client.GetByteArrayAsync(
                new Uri($"{path}/masks/{layer.GetProperty("name").GetString()}", UriKind.Relative));
            bits.Length.ShouldBe((layer.GetProperty("weights").GetInt32() + 7) / 8);
            bits.Sum(part => System.Numerics.BitOperations.PopCount(part))
                .ShouldBe(layer.GetProperty("survivors").GetInt32());
            survivors += layer.GetProperty("survivors").GetInt64();
        }

        survivors.ShouldBe(ticket.GetProperty("weights_remaining").GetInt64());
        var file = await bench.Studio.Client.GetByteArrayAsync(
            new Uri($"{path}/ticket.safetensors", UriKind.Relative));
        var header = Encoding.UTF8.GetString(file, 8, (int)BitConverter.ToUInt64(file, 0));
        header.ShouldContain("\"fc1.weight\"");
        header.ShouldContain("\"fc1.weight.mask\"");
        await bench.Studio.GetAsync(path + "/other.safetensors", HttpStatusCode.NotFound);
        await bench.Studio.GetAsync(path + "/masks/fc9.weight", HttpStatusCode.NotFound);
        await bench.Studio.GetAsync($"{run}/tickets/{new string('0', 40)}", HttpStatusCode.NotFound);
        await bench.Studio.GetAsync($"{run}/tickets/{new string('9', 2_000)}", HttpStatusCode.NotFound);
    }

    [SkippableTheory]
    [InlineData("xor", "{\"hidden\":1000000000,\"seed\":1,\"score\":\"product\",\"steps\":10}", 422)]
    [InlineData("xor", "{\"hidden\":4,\"seed\":1,\"score\":\"product\",\"steps\":2000000000}", 422)]
    [InlineData("xor", "{\"hidden\":4,\"seed\":-1,\"score\":\"product\",\"steps\":10}", 400)]
    [InlineData("xor", "{\"hidden\":4,\"seed\":1,\"score\":\"beauty\",\"steps\":10}", 422)]
    [InlineData("xor", "{\"hidden\":4,\"kept\":[9],\"score\":\"product\",\"steps\":10}", 422)]
    [InlineData("xor", "[[[[[[[[[[[[[[[[", 400)]
    [InlineData("xor", "nonsense", 400)]
    [InlineData("digit", "{}", 400)]
    [InlineData("digit", "{\"run\":\"../..\",\"stage\":\"0\",\"pixels\":\"AAAA\"}", 400)]
    public async Task The_playground_computes_only_what_is_small(string game, string body, int status)
    {
        RunningStudio.NeedPage();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await bench.Studio.Client.PostAsync(
            new Uri($"/api/playground/{game}", UriKind.Relative), content);
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("{\"error\":");
    }

    [SkippableFact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        RunningStudio.NeedPage();
        using var content = new StringContent(new string(' ', 100_000) + "{}", Encoding.UTF8, "application/json");
        using var answer = await bench.Studio.Client.PostAsync(
            new Uri("/api/playground/xor", UriKind.Relative), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [SkippableTheory]
    [InlineData(null, "application/x-www-form-urlencoded")]
    [InlineData(null, "text/plain")]
    [InlineData("http://evil.example", "application/json")]
    [InlineData("null", "application/json")]
    public async Task A_foreign_page_has_nothing_computed(string? origin, string type)
    {
        RunningStudio.NeedPage();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/machine/bench", UriKind.Relative))
        {
            Content = new StringContent("{}", Encoding.UTF8, type),
        };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var answer = await bench.Studio.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory]
    [InlineData("/api/runs/../../../../etc/passwd")]
    [InlineData("/api/runs/..%2F..%2Fsecret")]
    [InlineData("/api/runs/%2e%2e/experiment.json")]
    [InlineData("/api/runs/..%5c..%5csecret/experiment.json")]
    [InlineData("/api/runs/secret%00/experiment.json")]
    [InlineData("/api/runs/stages/experiment.json")]
    [InlineData("/api/runs/.hidden/experiment.json")]
    [InlineData("/assets/../../Tombola.Cli.dll")]
    [InlineData("/assets/..%2findex.html")]
    public async Task No_path_leaves_the_store(string path)
    {
        RunningStudio.NeedPage();
        File.WriteAllText(bench.Shop.Path("experiment.json"), "{\"name\":\"secret\"}");
        Directory.CreateDirectory(bench.Shop.Path("tombola-runs", ".hidden"));
        File.WriteAllText(bench.Shop.Path("tombola-runs", ".hidden", "experiment.json"), "{\"name\":\"secret\"}");
        var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 (404|400) ");
        answer.ShouldNotContain("secret\"");
        answer.ShouldNotContain("root:");
    }

    [SkippableTheory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example:4040")]
    [InlineData("10.0.0.1")]
    [InlineData("")]
    public async Task A_foreign_host_name_reads_nothing(string host)
    {
        RunningStudio.NeedPage();
        var answer = await RawAsync($"GET /api/runs HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 (403|400) ");
        answer.ShouldNotContain(bench.Run);
    }

    [SkippableFact]
    public async Task Absurd_requests_are_refused_and_the_server_lives_on()
    {
        RunningStudio.NeedPage();
        await bench.Studio.GetAsync("/api/runs/" + new string('a', 4_000), HttpStatusCode.NotFound);
        (await RawAsync($"GET /api/runs/{new string('a', 100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 414");
        (await RawAsync("\0\x01\x02 nonsense\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        (await RawAsync("DELETE /api/runs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 405");
        (await RawAsync($"GET /?{new string('b', 60_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 414");
        await bench.Studio.GetAsync("/api/nothing", HttpStatusCode.NotFound);
        await bench.Studio.GetAsync("/api/runs");
    }

    [SkippableFact]
    public async Task Every_answer_forbids_foreign_scripts_frames_and_guesses()
    {
        RunningStudio.NeedPage();
        foreach (var path in new[] { "/", "/api/runs", "/assets/main.js", "/nothing" })
        {
            using var answer = await bench.Studio.Client.GetAsync(new Uri(path, UriKind.Relative));
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'; script-src 'self';");
            policy.ShouldContain("frame-ancestors 'none'");
            answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
            answer.Headers.Contains("Server").ShouldBeFalse();
        }
    }

    [SkippableFact]
    public async Task Ten_thousand_requests_are_answered()
    {
        RunningStudio.NeedPage();
        string[] paths = ["/", "/api/runs", $"/api/runs/{bench.Run}", "/api/runs/none", "/assets/main.css"];
        var answered = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, stop) =>
            {
                using var answer = await bench.Studio.Client.GetAsync(
                    new Uri(paths[i % paths.Length], UriKind.Relative), stop);
                if (answer.StatusCode == (i % paths.Length == 3 ? HttpStatusCode.NotFound : HttpStatusCode.OK))
                    Interlocked.Increment(ref answered);
            });
        answered.ShouldBe(10_000);
    }

    [SkippableFact]
    public async Task Beyond_this_machine_a_token_is_asked_for()
    {
        RunningStudio.NeedPage();
        using var studio = RunningStudio.Start(
            bench.Shop.Folder, "studio", "--port", "0", "--host", "0.0.0.0", "--no-browser");
        var token = studio.Entry.Query["?token=".Length..];
        token.Length.ShouldBe(32);
        var here = new Uri($"http://127.0.0.1:{studio.Address.Port}");
        foreach (var path in new[] { "/", "/api/runs", "/api/events", "/api/runs?token=" + new string('0', 32) })
        {
            using var refused = await studio.Client.GetAsync(new Uri(here, path));
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var entered = await studio.Client.GetAsync(new Uri(here, "/?token=" + token));
        entered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        entered.Headers.Location!.ToString().ShouldBe("/");
        var cookie = entered.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(here, "/api/runs"));
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var answer = await studio.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        studio.Interrupt().ShouldBe(0);
    }

    [SkippableFact]
    public void A_port_that_is_taken_and_a_host_that_is_not_here_are_said_in_one_line()
    {
        RunningStudio.NeedPage();
        var taken = Cli.Run(
            bench.Shop.Folder, "studio", "--no-browser", "--port", $"{bench.Studio.Address.Port}");
        taken.ExitCode.ShouldBe(2);
        taken.Error.ShouldContain("another program listens there");
        var nowhere = Cli.Run(
            bench.Shop.Folder, "studio", "--no-browser", "--port", "0", "--host", "192.0.2.1");
        nowhere.ExitCode.ShouldBe(2);
        nowhere.Error.Trim().Split('\n').ShouldHaveSingleItem();
    }

    /// <summary>Sends bytes as they are, which clients would tidy up.</summary>
    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, bench.Studio.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[8_192];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while (await stream.ReadAsync(buffer, limit.Token) is > 0 and var count)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // What came so far is the answer.
        }

        return answer.ToString();
    }
}
