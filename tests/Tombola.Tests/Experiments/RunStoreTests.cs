using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

public sealed class RunStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Stages _stages = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("flip", "out.txt is not what was written")]
    [InlineData("cut", "out.txt is not what was written")]
    [InlineData("remove", "out.txt is missing")]
    [InlineData("no manifest", "stage.json is missing")]
    [InlineData("broken manifest", "stage.json cannot be read")]
    [InlineData("list for manifest", "stage.json cannot be read")]
    [InlineData("manifest without files", "stage.json lists no files")]
    [InlineData("manifest that says things twice", "stage.json cannot be read")]
    [InlineData("foreign manifest", "stage.json names another stage")]
    [InlineData("folder for file", "out.txt is missing")]
    public void A_damaged_stage_is_set_aside_and_computed_again(string damage, string reason)
    {
        var stage = _stages.Create("a");
        Run(stage);
        var folder = new RunStore(_folder.Path).FolderOf(stage.Id);
        Damage(damage, folder);
        var watcher = new Watcher();
        Run(stage, watcher).ShouldBe(StageOutcome.Computed);
        var notice = watcher.Notices.ShouldHaveSingleItem();
        notice.ShouldContain(reason);
        notice.ShouldContain(stage.Id.Value[..8]);
        var aside = Directory.GetDirectories(_folder["damaged"]).ShouldHaveSingleItem();
        notice.ShouldContain(aside);
        File.ReadAllText(Path.Combine(folder, "out.txt")).ShouldBe("a");
        Run(stage).ShouldBe(StageOutcome.Reused);
    }

    [Fact]
    public void A_stage_damaged_twice_is_kept_aside_twice()
    {
        var stage = _stages.Create("a");
        for (var i = 0; i < 3; i++)
        {
            Run(stage);
            File.WriteAllText(Path.Combine(new RunStore(_folder.Path).FolderOf(stage.Id), "out.txt"), $"damage {i}");
        }

        Run(stage);
        Directory.GetDirectories(_folder["damaged"]).Length.ShouldBe(3);
    }

    [Fact]
    public void Damage_makes_no_other_stage_compute_again()
    {
        var parent = _stages.Create("parent");
        var child = _stages.Create("child", parent);
        Run(child);
        File.Delete(Path.Combine(new RunStore(_folder.Path).FolderOf(parent.Id), "out.txt"));
        Run(child);
        _stages.Computed.ShouldBe(["parent", "child", "parent"]);
    }

    [Fact]
    public void What_was_begun_but_never_completed_is_not_found()
    {
        var (store, stage) = (new RunStore(_folder.Path), _stages.Create("a"));
        var begun = store.Begin(stage.Id);
        File.WriteAllText(Path.Combine(begun, "out.txt"), "half");
        store.Find(stage.Id).ShouldBeNull();
        Run(stage).ShouldBe(StageOutcome.Computed);
        File.ReadAllText(Path.Combine(store.FolderOf(stage.Id), "out.txt")).ShouldBe("a");
    }

    [Fact]
    public void Of_two_that_complete_the_same_stage_the_first_stays_and_the_second_is_content()
    {
        var (store, other, stage) = (new RunStore(_folder.Path), new RunStore(_folder.Path), _stages.Create("a"));
        string first = store.Begin(stage.Id), second = other.Begin(stage.Id);
        first.ShouldNotBe(second);
        File.WriteAllText(Path.Combine(first, "out.txt"), "a");
        File.WriteAllText(Path.Combine(second, "out.txt"), "a");
        store.Complete(stage, first).ShouldBe(store.FolderOf(stage.Id));
        other.Complete(stage, second).ShouldBe(store.FolderOf(stage.Id));
        Directory.GetFileSystemEntries(store.WorkFolderOf(stage.Id)).ShouldBeEmpty();
        other.Find(stage.Id).ShouldNotBeNull();
    }

    [Fact]
    public void Executors_on_one_store_do_not_disturb_each_other()
    {
        var roots = Enumerable.Range(0, 8).Select(i => _stages.Create($"root {i}", _ => Thread.Sleep(5))).ToArray();
        var leaves = roots.Select((root, i) => _stages.Create($"leaf {i}", _ => Thread.Sleep(2), root)).ToArray();
        var outcomes = new IReadOnlyDictionary<StageId, StageOutcome>[3];
        var threads = outcomes.Select((_, i) => new Thread(() => outcomes[i] =
            new LocalExecutor(new RunStore(_folder.Path), new ExecutorOptions { Jobs = 2 })
                .Run(leaves, new Watcher(), CancellationToken.None)))
            .ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        outcomes.SelectMany(outcome => outcome.Values)
            .ShouldAllBe(outcome => outcome == StageOutcome.Computed || outcome == StageOutcome.Reused);
        _stages.Computed.Count.ShouldBe(16, "none is computed twice");
        var store = new RunStore(_folder.Path);
        leaves.Concat(roots).ShouldAllBe(stage => store.Find(stage.Id) != null);
        Leftovers().ShouldBeEmpty();
        Directory.Exists(Path.Combine(_folder.Path, "damaged")).ShouldBeFalse();
    }

    [Fact]
    public void A_stage_that_was_finished_while_one_stood_still_is_not_disturbed()
    {
        var (store, stage) = (new RunStore(_folder.Path), _stages.Create("a"));
        var late = store.Begin(stage.Id);
        Run(stage);
        store.Complete(stage, late).ShouldBe(store.FolderOf(stage.Id));
        Run(stage).ShouldBe(StageOutcome.Reused);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused()
    {
        File.WriteAllText(_folder["file"], "");
        var message = Should.Throw<InputException>(() => new RunStore(Path.Combine(_folder["file"], "store"))).Message;
        message.ShouldContain("cannot be written");
        message.ShouldContain("--out");
    }

    private string[] Leftovers() => Directory.GetFileSystemEntries(_folder["work"]);

    private StageOutcome Run(Stage stage, Watcher? watcher = null) =>
        new LocalExecutor(new RunStore(_folder.Path), new ExecutorOptions { Jobs = 1 })
            .Run([stage], watcher ?? new Watcher(), CancellationToken.None)[stage.Id];

    private static void Damage(string how, string folder)
    {
        var (file, manifest) = (Path.Combine(folder, "out.txt"), Path.Combine(folder, "stage.json"));
        switch (how)
        {
            case "flip":
                var bytes = File.ReadAllBytes(file);
                bytes[0] ^= 1;
                File.WriteAllBytes(file, bytes);
                break;
            case "cut":
                File.WriteAllText(file, "");
                break;
            case "remove":
                File.Delete(file);
                break;
            case "no manifest":
                File.Delete(manifest);
                break;
            case "broken manifest":
                File.WriteAllText(manifest, File.ReadAllText(manifest)[..^10]);
                break;
            case "list for manifest":
                File.WriteAllText(manifest, "[1]");
                break;
            case "manifest without files":
                var renamed = File.ReadAllText(manifest).Replace("files", "fils", StringComparison.Ordinal);
                File.WriteAllText(manifest, renamed);
                break;
            case "manifest that says things twice":
                File.WriteAllText(manifest, "{\"id\":\"0\",\"id\":\"1\",\"files\":{}}");
                break;
            case "foreign manifest":
                File.WriteAllText(manifest, "{\"id\":\"0\",\"files\":{}}");
                break;
            default:
                File.Delete(file);
                Directory.CreateDirectory(file);
                break;
        }
    }
}
