using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

public sealed class StoreGarbageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Stages _stages = new();
    private readonly RunStore _store;

    public StoreGarbageTests() => _store = new RunStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stages_that_a_run_refers_to_stay_and_with_them_what_they_were_made_from()
    {
        Stage parent = _stages.Create("parent"), other = _stages.Create("other");
        var child = _stages.Create("child", parent);
        Run(child, other);
        WriteRun("new", child);
        Collect().Stages.ShouldBe([other.Id]);
        (Find(parent), Find(child), Find(other)).ShouldBe((true, true, false));
        Collect().Stages.ShouldBeEmpty();
    }

    [Fact]
    public void A_run_of_an_earlier_version_refers_to_the_stages_of_its_results()
    {
        Stage parent = _stages.Create("parent"), other = _stages.Create("other");
        var child = _stages.Create("child", parent);
        Run(child, other);
        File.WriteAllText(_folder["old", "experiment.json"], "{}");
        File.WriteAllText(_folder["old", "results.csv"], $"level,stage\n1,{child.Id}\n");
        Collect().Stages.ShouldBe([other.Id]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("level\n1\n")]
    [InlineData("level,stage\n1,../x\n")]
    public void Where_a_run_does_not_tell_what_it_needs_nothing_is_removed(string? results)
    {
        var stage = _stages.Create("a");
        Run(stage);
        File.WriteAllText(_folder["old", "experiment.json"], "{}");
        if (results is not null)
            File.WriteAllText(_folder["old", "results.csv"], results);
        Should.Throw<InputException>(() => StoreGarbage.Find(_folder.Path));
        Find(stage).ShouldBeTrue();
    }

    [Fact]
    public void Checkpoints_stay_while_they_are_of_use()
    {
        Stage wanted = _stages.Create("wanted"), unwanted = _stages.Create("unwanted");
        WriteRun("run", wanted);
        foreach (var stage in new[] { wanted, unwanted })
        {
            var half = _store.Begin(stage.Id);
            new StageCheckpoints(_store.WorkFolderOf(stage.Id), half, TimeSpan.FromMinutes(1), _ => { })
                .Save(1, folder => File.WriteAllText(Path.Combine(folder, "state"), "one"));
        }

        var found = Collect();
        found.Work.ShouldBe([unwanted.Id]);
        found.Strays.ShouldHaveSingleItem().ShouldContain("output-");
        Directory.GetDirectories(_folder["work"]).ShouldBe([_store.WorkFolderOf(wanted.Id)]);
        Directory.GetDirectories(_store.WorkFolderOf(wanted.Id)).ShouldHaveSingleItem().ShouldContain("checkpoint-");
    }

    [Fact]
    public void What_a_live_process_works_on_is_left_alone()
    {
        var stage = _stages.Create("a");
        using var lease = new Leases(new LeaseOptions()).TryTake(_store.WorkFolderOf(stage.Id), out _);
        _store.Begin(stage.Id);
        Collect().Work.ShouldBeEmpty();
        Directory.GetDirectories(_store.WorkFolderOf(stage.Id)).Length.ShouldBe(2);
    }

    [Fact]
    public void What_was_left_half_written_goes()
    {
        string[] strays =
        [
            _folder["stages", ".new-0123456789abcdef-x", "out.txt"], _folder["stages", ".probe-1"],
            _folder["work", ".gone", "x"], _folder["run", ".results.csv-x"],
        ];
        WriteRun("run");
        foreach (var stray in strays)
            File.WriteAllText(stray, "half");
        var found = StoreGarbage.Find(_folder.Path);
        (found.Strays.Count, found.Bytes).ShouldBe((4, 16));
        found.Remove();
        strays.ShouldAllBe(stray => !File.Exists(stray));
        Directory.GetFiles(_folder["run"]).Length.ShouldBe(2);
    }

    [Fact]
    public void A_place_without_a_store_is_refused() =>
        Should.Throw<InputException>(() => StoreGarbage.Find(_folder["nowhere"])).Message.ShouldContain("no run store");

    [Fact]
    public void The_state_of_a_stage_is_told()
    {
        Stage sound = _stages.Create("sound"), damaged = _stages.Create("damaged"), held = _stages.Create("held");
        Run(sound, damaged);
        File.WriteAllText(Path.Combine(_store.FolderOf(damaged.Id), "out.txt"), "x");
        using var lease = new Leases(new LeaseOptions()).TryTake(_store.WorkFolderOf(held.Id), out _);
        StageState.Of(_folder.Path, sound.Id).Condition.ShouldBe(StageCondition.Sound);
        var broken = StageState.Of(_folder.Path, damaged.Id);
        (broken.Condition, broken.Detail).ShouldBe((StageCondition.Damaged, "out.txt is not what was written"));
        StageState.Of(_folder.Path, held.Id).Detail.ShouldContain($"process {Environment.ProcessId}");
        StageState.Of(_folder.Path, _stages.Create("other").Id).Condition.ShouldBe(StageCondition.Missing);
        StageState.All(_folder.Path).Select(state => state.Id).ShouldBe([sound.Id, damaged.Id], ignoreOrder: true);
    }

    private StoreGarbage Collect()
    {
        var found = StoreGarbage.Find(_folder.Path);
        found.Remove();
        return found;
    }

    private bool Find(Stage stage) => new RunStore(_folder.Path).Find(stage.Id) is not null;

    private void WriteRun(string name, params Stage[] stages)
    {
        File.WriteAllText(_folder[name, "experiment.json"], "{}");
        RunStages.Write(_folder[name, "stages.csv"], stages);
    }

    private void Run(params Stage[] stages) =>
        new LocalExecutor(_store, new ExecutorOptions { Jobs = 1 }).Run(stages, new Watcher(), CancellationToken.None);
}
