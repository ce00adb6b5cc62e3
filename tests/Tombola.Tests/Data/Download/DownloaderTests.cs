using System.Collections.Immutable;
using System.Security.Cryptography;
using Tombola.Data;
using Tombola.Data.Cifar;
using Tombola.Data.Download;
using Tombola.Formats;
using Tombola.Tests.Data.Cifar;
using static Tombola.Tests.Data.Download.ScriptedServer;

namespace Tombola.Tests.Data.Download;

public sealed class DownloaderTests : IDisposable
{
    private const string Images = "train-images-idx3-ubyte.gz";

    private static readonly DownloadOptions Impatient = new()
    {
        StallTimeout = TimeSpan.FromSeconds(1.5),
        FirstPause = TimeSpan.FromMilliseconds(1),
        Attempts = 3,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly Dictionary<string, byte[]> _published;
    private readonly ImmutableArray<IdxFile> _files;

    public DownloaderTests()
    {
        var published = _folder["published"];
        Tests.Data.Images.WriteSmallSet(published);
        _published = Directory.GetFiles(published).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        _files = [.. IdxFiles.Names.Select(name => Describe(Path.Combine(published, name + ".gz"), name))];
    }

    private string Target => _folder["cache", "small", Images];

    private string Part => Target + ".part";

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task All_files_are_fetched_and_put_in_place()
    {
        await using var server = new ScriptedServer(Good);
        var folder = await GetAsync(server);
        folder.ShouldBe(_folder["cache/small"]);
        foreach (var (name, content) in _published)
            (await File.ReadAllBytesAsync(Path.Combine(folder, name))).ShouldBe(content);
        Directory.GetFiles(folder).Length.ShouldBe(4);
    }

    [Fact]
    public async Task What_is_there_is_not_fetched_again()
    {
        await using var server = new ScriptedServer(Good);
        await GetAsync(server);
        server.Requests.Clear();
        await GetAsync(server);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transfer_that_stalls_or_breaks_off_is_resumed(bool stalls)
    {
        await using var server = new ScriptedServer(request => IsFirst(request)
            ? Good(request) with { Sent = 40, Stalls = stalls }
            : Good(request));
        await GetAsync(server);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
        Asked(server).ShouldBe([null, 40]);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_the_whole_again()
    {
        await using var server = new ScriptedServer(request => IsFirst(request)
            ? Good(request) with { Sent = 40 }
            : new Reply("200 OK", _published[request.File]));
        await GetAsync(server);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
        Asked(server).ShouldBe([null, 40]);
    }

    [Fact]
    public async Task A_server_that_gets_further_each_time_is_not_given_up()
    {
        await using var server = new ScriptedServer(request => Good(request) with
        {
            Sent = request.File == Images ? Math.Min(11, Good(request).Body.Length) : null,
        });
        await GetAsync(server);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
        Asked(server).Length.ShouldBeGreaterThan(Impatient.Attempts + 1);
    }

    [Fact]
    public async Task A_server_that_sends_the_same_beginning_again_and_again_is_given_up()
    {
        await using var server = new ScriptedServer(request =>
            new Reply("200 OK", _published[request.File]) { Sent = 40 });
        var message = (await Should.ThrowAsync<InputException>(GetAsync(server))).Message;
        message.ShouldContain("broke off after 40");
        NothingIsInPlace();
    }

    [Fact]
    public async Task Wrong_bytes_are_discarded_and_the_next_mirror_is_asked()
    {
        await using var wrong = new ScriptedServer(request => new Reply("200 OK", Other(request.File)));
        await using var right = new ScriptedServer(Good);
        await GetAsync(wrong, right);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
        Asked(wrong).ShouldBe([null]);
        Asked(right).ShouldBe([null]);
        Directory.GetFiles(_folder["cache/small"], "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_bytes_everywhere_leave_nothing_in_place()
    {
        await using var server = new ScriptedServer(request => new Reply("200 OK", Other(request.File)));
        var message = (await Should.ThrowAsync<InputException>(GetAsync(server))).Message;
        message.ShouldStartWith($"small: no mirror delivered {Images} ({server.Address} sent wrong bytes (");
        message.ShouldContain("SHA-256");
        message.ShouldNotContain("\n");
        Directory.GetFiles(_folder["cache/small"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_looked_for_at_the_next_mirror_at_once()
    {
        await using var empty = new ScriptedServer(_ => new Reply("404 Not Found", "gone"u8.ToArray()));
        await using var right = new ScriptedServer(Good);
        await GetAsync(empty, right);
        Asked(empty).ShouldBe([null]);
        File.Exists(Target).ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_in_trouble_is_asked_again()
    {
        await using var server = new ScriptedServer(request =>
            request.Attempt < 2 ? new Reply("503 Service Unavailable", []) : Good(request));
        await GetAsync(server);
        Asked(server).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_stays_in_trouble_is_given_up()
    {
        await using var server = new ScriptedServer(_ => new Reply("500 Internal Server Error", []));
        var message = (await Should.ThrowAsync<InputException>(GetAsync(server))).Message;
        message.ShouldContain($"{server.Address} answered 500 Internal Server Error");
        Asked(server).Length.ShouldBe(Impatient.Attempts);
        NothingIsInPlace();
    }

    [Fact]
    public async Task A_mirror_that_cannot_be_reached_is_passed_over()
    {
        var closed = new ScriptedServer(Good);
        await closed.DisposeAsync();
        await using var right = new ScriptedServer(Good);
        await GetAsync(closed, right);
        File.Exists(Target).ShouldBeTrue();
    }

    [Fact]
    public async Task A_cancelled_download_is_resumed_by_the_next()
    {
        using var cancellation = new CancellationTokenSource();
        await using (var slow = new ScriptedServer(request => Good(request) with { Sent = 40, Stalls = true }))
        {
            var progress = new Progress(report =>
            {
                if (report.Received == 40)
                    cancellation.Cancel();
            });
            await Should.ThrowAsync<OperationCanceledException>(
                new Downloader(_client, Impatient).GetAsync(Set(slow), _folder["cache"], progress, cancellation.Token));
        }

        NothingIsInPlace();
        new FileInfo(Part).Length.ShouldBe(40);
        await using var server = new ScriptedServer(Good);
        await GetAsync(server);
        Asked(server).ShouldBe([40]);
        File.Exists(Part).ShouldBeFalse();
    }

    [Fact]
    public async Task A_spoilt_beginning_is_discarded_and_fetched_anew()
    {
        await File.WriteAllBytesAsync(Part, new byte[40]);
        await using var server = new ScriptedServer(Good);
        await GetAsync(server);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
        Asked(server).ShouldBe([40, null]);
    }

    [Fact]
    public async Task A_part_longer_than_the_file_is_discarded_and_fetched_anew()
    {
        await File.WriteAllBytesAsync(Part, new byte[5_000]);
        await using var server = new ScriptedServer(Good);
        await GetAsync(server);
        Asked(server).ShouldBe([5_000, null]);
    }

    [Fact]
    public async Task A_part_that_was_complete_is_verified_and_put_in_place()
    {
        await File.WriteAllBytesAsync(Part, _published[Images]);
        await using var server = new ScriptedServer(Good);
        await GetAsync(server);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
        Asked(server).ShouldBe([_published[Images].Length]);
    }

    [Fact]
    public async Task A_file_beyond_all_bounds_is_refused_before_it_is_fetched()
    {
        await using var server = new ScriptedServer(_ => new Reply("200 OK", new byte[3_000_000]) { Sent = 10 });
        (await Should.ThrowAsync<InputException>(GetAsync(server))).Message.ShouldContain("offers 3000000 bytes");
        File.Exists(Part).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_hash_the_form_decides()
    {
        var unknown = _files.Select(file => file with { ContentSha256 = null }).ToImmutableArray();
        await using var page = new ScriptedServer(_ => new Reply("200 OK", "<html>Log in</html>"u8.ToArray()));
        await using var right = new ScriptedServer(Good);
        await new Downloader(_client, Impatient).GetAsync(
            Set(page, right) with { Files = unknown }, _folder["cache"], null, CancellationToken.None);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
    }

    [Fact]
    public async Task Where_only_the_archive_is_known_it_decides()
    {
        var known = _files
            .Select(file => file with { ContentSha256 = null, ArchiveSha256 = Hash(_published[file.ArchiveName]) })
            .ToImmutableArray();
        await using var wrong = new ScriptedServer(request => new Reply("200 OK", Other(request.File)));
        await using var right = new ScriptedServer(Good);
        await new Downloader(_client, Impatient).GetAsync(
            Set(wrong, right) with { Files = known }, _folder["cache"], null, CancellationToken.None);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
    }

    [Fact]
    public async Task A_damaged_file_stays_until_a_good_one_replaces_it()
    {
        await File.WriteAllBytesAsync(Target, [1, 2, 3]);
        await using (var server = new ScriptedServer(_ => new Reply("404 Not Found", [])))
            await Should.ThrowAsync<InputException>(GetAsync(server));
        (await File.ReadAllBytesAsync(Target)).ShouldBe([1, 2, 3]);
        await using var right = new ScriptedServer(Good);
        await GetAsync(right);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(_published[Images]);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_folder["cache"], "a file in the way");
        await using var server = new ScriptedServer(Good);
        (await Should.ThrowAsync<InputException>(GetAsync(server))).Message.ShouldContain("cannot be written");
    }

    [Fact]
    public async Task Progress_tells_bytes_and_troubles()
    {
        var reports = new List<DownloadProgress>();
        await using var server = new ScriptedServer(request => IsFirst(request)
            ? Good(request) with { Sent = 40 }
            : Good(request));
        await new Downloader(_client, Impatient).GetAsync(
            Set(server), _folder["cache"], new Progress(reports.Add), CancellationToken.None);
        var images = reports.Where(report => report.File == Images).ToArray();
        images.ShouldContain(report => report.Trouble != null && report.Received == 40);
        images[^1].ShouldBe(new DownloadProgress(
            Images, server.Address, _published[Images].Length, _published[Images].Length, null));
        images.Select(report => report.Received).ShouldBeInOrder();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public async Task An_archive_is_put_in_place_only_if_it_is_the_published_one(int fault, bool isPlaced)
    {
        var archive = _folder["published", CifarForm.Cifar10.ArchiveName];
        CifarFiles.WriteArchive(archive, CifarForm.Cifar10.FolderName, CifarFiles.Small10());
        var content = await File.ReadAllBytesAsync(archive);
        var sent = fault switch { 0 => content, 1 => [.. content[..^1], 7], _ => [.. content, 7] };
        await using var server = new ScriptedServer(request => Reply.Of(sent, request));
        var set = (CifarDataSet)DataSetRegistry.Get("cifar-10") with
        {
            Archive = new ExactFile(CifarForm.Cifar10.ArchiveName, content.Length, Hash(content)),
            Mirrors = [server.Address],
        };
        var get = new Downloader(_client, Impatient).GetAsync(set, _folder["cache"], null, CancellationToken.None);
        if (isPlaced)
        {
            CifarForm.Cifar10.Read("mine", await get).Train.Count.ShouldBe(8);
            return;
        }

        (await Should.ThrowAsync<InputException>(get)).Message
            .ShouldContain("no mirror delivered cifar-10-binary.tar.gz");
        Directory.GetFiles(_folder["cache/cifar-10"], "*.gz").ShouldBeEmpty();
    }

    private Reply Good(Request request) => Reply.Of(_published[request.File], request);

    private static bool IsFirst(Request request) => request is { File: Images, Attempt: 0 };

    // A sound file of the same form with other content.
    private byte[] Other(string name)
    {
        Tests.Data.Images.WriteSmallSet(_folder["other"], seed: 5);
        return File.ReadAllBytes(_folder["other", name]);
    }

    private static long?[] Asked(ScriptedServer server) =>
        [.. server.Requests.Where(request => request.File == Images).Select(request => request.From)];

    private Task<string> GetAsync(params ScriptedServer[] mirrors) =>
        new Downloader(_client, Impatient).GetAsync(Set(mirrors), _folder["cache"], null, CancellationToken.None);

    private IdxDataSet Set(params ScriptedServer[] mirrors) =>
        new("small", "A small set", _files, [.. mirrors.Select(mirror => mirror.Address)], null);

    private void NothingIsInPlace() => Directory.GetFiles(_folder["cache/small"], "*.gz").ShouldBeEmpty();

    private static IdxFile Describe(string path, string name)
    {
        var array = IdxReader.Read(path);
        return new IdxFile(name, array.Shape, array.ContentSha256());
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    // Reports at once, unlike System.Progress, which posts.
    private sealed class Progress(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }
}
