using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

public sealed class LocalExecutorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _computed = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ids_are_frozen()
    {
        StageId.Of("train", "{\"steps\":1}", []).Value.ShouldBe("1b46f206c769e08e0589665c75347f8bd9afec35");
    }

    [Fact]
    public void Computes_parents_first_and_nothing_twice()
    {
        var root = Stage("root");
        Stage[] leaves = [Stage("a", root), Stage("b", root), Stage("b", root)];
        Run(leaves).Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        _computed[0].ShouldBe("root");
        _computed.Order().ShouldBe(["a", "b", "root"]);
        Run(leaves).Values.ShouldAllBe(outcome => outcome == StageOutcome.Reused);
        _computed.Count.ShouldBe(3);
    }

    [Fact]
    public void A_failure_blocks_those_that_need_it_and_no_others()
    {
        var broken = new Stage(
            "test", "broken", "{\"name\":\"broken\"}", [], 1, _ => throw new InvalidOperationException("no"));
        Stage child = Stage("child", broken), other = Stage("other");
        var outcomes = Run([child, other]);
        outcomes[broken.Id].ShouldBe(StageOutcome.Failed);
        outcomes[child.Id].ShouldBe(StageOutcome.Blocked);
        outcomes[other.Id].ShouldBe(StageOutcome.Computed);
        Directory.GetDirectories(_folder.Path, ".new-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("remove")]
    [InlineData("manifest")]
    public void A_damaged_stage_is_set_aside_and_computed_again(string damage)
    {
        var stage = Stage("a");
        Run([stage]);
        var folder = new RunStore(_folder.Path).FolderOf(stage.Id);
        var (file, manifest) = (Path.Combine(folder, "out.txt"), Path.Combine(folder, "stage.json"));
        if (damage == "flip")
            File.WriteAllText(file, "b");
        else if (damage == "remove")
            File.Delete(file);
        else
            File.WriteAllText(manifest, "{");
        var watcher = new Watcher();
        Run([stage], watcher)[stage.Id].ShouldBe(StageOutcome.Computed);
        watcher.Notices.ShouldHaveSingleItem().ShouldContain("set aside");
        Directory.GetDirectories(Path.Combine(_folder.Path, "damaged")).ShouldHaveSingleItem();
        File.ReadAllText(file).ShouldBe("a");
    }

    [Fact]
    public void Interruption_keeps_what_was_finished()
    {
        using var stop = new CancellationTokenSource();
        var first = Stage("first");
        var second = new Stage("test", "second", "{\"name\":\"second\"}", [first], 1, context =>
        {
            stop.Cancel();
            context.Cancellation.ThrowIfCancellationRequested();
        });
        var outcomes = new LocalExecutor(new RunStore(_folder.Path), 1).Run([second], new Watcher(), stop.Token);
        outcomes[first.Id].ShouldBe(StageOutcome.Computed);
        outcomes[second.Id].ShouldBe(StageOutcome.Interrupted);
        new RunStore(_folder.Path).Find(first.Id).ShouldNotBeNull();
        new RunStore(_folder.Path).Find(second.Id).ShouldBeNull();
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "");
        Should.Throw<InputException>(() => new RunStore(Path.Combine(_folder.Path, "file", "store")))
            .Message.ShouldContain("cannot be written");
    }

    private Stage Stage(string name, params Stage[] parents) =>
        new("test", name, $"{{\"name\":\"{name}\"}}", parents, 1, context =>
        {
            context.ParentFolders.ShouldAllBe(folder => File.Exists(Path.Combine(folder, "out.txt")));
            File.WriteAllText(Path.Combine(context.Folder, "out.txt"), name);
            lock (_computed)
                _computed.Add(name);
        });

    private IReadOnlyDictionary<StageId, StageOutcome> Run(IReadOnlyList<Stage> stages, Watcher? watcher = null) =>
        new LocalExecutor(new RunStore(_folder.Path), 3).Run(stages, watcher ?? new Watcher(), CancellationToken.None);

    private sealed class Watcher : IExecutionObserver
    {
        public List<string> Notices { get; } = [];

        public void Started(Stage stage)
        {
        }

        public void Progressed(Stage stage, StageProgress progress)
        {
        }

        public void Finished(Stage stage, StageOutcome outcome, Exception? failure)
        {
        }

        public void Noticed(string message) => Notices.Add(message);
    }
}
