using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

public sealed class StageCheckpointsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notices = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_an_earlier_attempt_there_is_nothing_to_go_on_from() => Open().Latest.ShouldBeNull();

    [Fact]
    public void The_newest_state_and_the_outputs_made_before_it_come_back()
    {
        File.WriteAllText(Path.Combine(Outputs("a"), "start.txt"), "kept");
        var first = Open("a");
        Save(first, 9, "nine");
        Save(first, 10, "ten");
        var second = Open("b");
        File.ReadAllText(Path.Combine(second.Latest!, "state.txt")).ShouldBe("ten");
        File.ReadAllText(Path.Combine(Outputs("b"), "start.txt")).ShouldBe("kept");
        _notices.ShouldBeEmpty();
    }

    [Fact]
    public void Two_states_are_kept_and_no_more()
    {
        var checkpoints = Open();
        for (var step = 1; step <= 5; step++)
            Save(checkpoints, step, $"{step}");
        Directory.GetFileSystemEntries(_folder["work"]).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("state.txt", false)]
    [InlineData("state.txt", true)]
    [InlineData("checkpoint.json", false)]
    [InlineData("checkpoint.json", true)]
    [InlineData("outputs/start.txt", true)]
    public void A_damaged_state_is_passed_over_for_the_one_before_it(string file, bool remove)
    {
        File.WriteAllText(Path.Combine(Outputs("a"), "start.txt"), "kept");
        var checkpoints = Open("a");
        Save(checkpoints, 1, "one");
        Save(checkpoints, 2, "two");
        var path = Path.Combine(Directory.GetDirectories(_folder["work"]).Max()!, file);
        if (remove)
            File.Delete(path);
        else
            File.WriteAllText(path, "{");
        File.ReadAllText(Path.Combine(Open("b").Latest!, "state.txt")).ShouldBe("one");
        _notices.ShouldHaveSingleItem().ShouldContain("this checkpoint is not used");
    }

    [Fact]
    public void What_cannot_be_written_is_said_once_and_the_stage_goes_on()
    {
        File.WriteAllText(_folder["work"], "in the way");
        var checkpoints = Open();
        Save(checkpoints, 1, "one");
        Save(checkpoints, 2, "two");
        _notices.ShouldHaveSingleItem().ShouldContain("could not be kept");
    }

    [Fact]
    public void A_half_written_state_is_not_gone_on_from()
    {
        var checkpoints = Open();
        Save(checkpoints, 1, "one");
        Should.Throw<InvalidOperationException>(() => checkpoints.Save(2, folder =>
        {
            File.WriteAllText(Path.Combine(folder, "state.txt"), "tw");
            throw new InvalidOperationException("killed");
        }));
        File.ReadAllText(Path.Combine(Open().Latest!, "state.txt")).ShouldBe("one");
    }

    [Fact]
    public void A_checkpoint_is_due_after_its_time()
    {
        Open(every: TimeSpan.FromHours(1)).IsDue.ShouldBeFalse();
        var eager = Open(every: TimeSpan.FromTicks(1));
        Thread.Sleep(1);
        eager.IsDue.ShouldBeTrue();
    }

    private StageCheckpoints Open(string outputs = "a", TimeSpan? every = null) =>
        new(_folder["work"], Outputs(outputs), every ?? TimeSpan.FromMinutes(1), _notices.Add);

    private string Outputs(string name) => Directory.CreateDirectory(_folder["outputs", name]).FullName;

    private static void Save(StageCheckpoints checkpoints, long position, string text) =>
        checkpoints.Save(position, folder => File.WriteAllText(Path.Combine(folder, "state.txt"), text));
}
