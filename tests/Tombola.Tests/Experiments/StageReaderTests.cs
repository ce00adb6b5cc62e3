using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

public sealed class StageReaderTests
{
    [Fact]
    public void Reads_what_was_computed_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var stages = new Stages();
        var parent = stages.Create("parent");
        var child = stages.Create("child", parent);
        new LocalExecutor(new RunStore(folder.Path), new ExecutorOptions())
            .Run([child], new Watcher(), default);
        var before = Files(folder);
        var read = new StageReader(folder.Path).Read(child.Id);
        (read.Id, read.Kind, read.Parents.Single()).ShouldBe((child.Id, "test", parent.Id));
        ((string?)read.Recipe["name"]).ShouldBe("child");
        File.ReadAllText(read["out.txt"]).ShouldBe("child");
        Files(folder).ShouldBe(before);
    }

    [Fact]
    public void What_is_missing_or_damaged_or_no_stage_at_all_is_refused()
    {
        using var folder = new TemporaryFolder();
        var stage = new Stages().Create("lonely");
        var reader = new StageReader(folder.Path);
        Should.Throw<InputException>(() => reader.Read(stage.Id)).Message.ShouldContain("there is no such stage");
        var store = new RunStore(folder.Path);
        new LocalExecutor(store, new ExecutorOptions { Jobs = 1 }).Run([stage], new Watcher(), default);
        File.WriteAllText(Path.Combine(store.FolderOf(stage.Id), "out.txt"), "other");
        Should.Throw<InputException>(() => reader.Read(stage.Id)).Message
            .ShouldContain("out.txt is not what was written");
        Should.Throw<InputException>(() => reader.Read(new StageId("../x"))).Message.ShouldContain("40 hexadecimal");
    }

    [Fact]
    public void A_manifest_without_parents_is_refused()
    {
        using var folder = new TemporaryFolder();
        var stage = new Stages().Create("lonely");
        var store = new RunStore(folder.Path);
        new LocalExecutor(store, new ExecutorOptions { Jobs = 1 }).Run([stage], new Watcher(), default);
        File.WriteAllText(
            Path.Combine(store.FolderOf(stage.Id), "stage.json"), $"{{\"id\": \"{stage.Id}\", \"files\": {{}}}}");
        Should.Throw<InputException>(() => new StageReader(folder.Path).Read(stage.Id)).Message
            .ShouldContain("stage.json: expected the recipe and the parents of a stage");
    }

    private static string[] Files(TemporaryFolder folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order()];
}
