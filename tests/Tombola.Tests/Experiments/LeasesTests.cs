using System.Diagnostics;
using Tombola.Experiments;
using Tombola.Formats;

namespace Tombola.Tests.Experiments;

public sealed class LeasesTests : IDisposable
{
    private static readonly LeaseOptions Patient = new();
    private static readonly LeaseOptions Hasty = new() { Expiry = TimeSpan.FromMilliseconds(300) };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Work => _folder["work"];

    [Fact]
    public void Only_one_has_a_stage_at_a_time_and_the_others_learn_who()
    {
        using (new Leases(Patient).TryTake(Work, out _).ShouldNotBeNull())
        {
            new Leases(Patient).TryTake(Work, out var holder).ShouldBeNull();
            holder!.ToString().ShouldBe($"process {Environment.ProcessId} on {Environment.MachineName}");
        }

        using var next = new Leases(Patient).TryTake(Work, out _);
        next.ShouldNotBeNull("it was given back");
    }

    [Fact]
    public void Of_many_who_grasp_at_once_one_succeeds()
    {
        for (var round = 0; round < 20; round++)
        {
            var work = _folder[$"work-{round}"];
            var taken = new Lease?[8];
            Parallel.For(0, taken.Length, i => taken[i] = new Leases(Patient).TryTake(work, out _));
            taken.Count(lease => lease is not null).ShouldBe(1);
            Directory.GetFileSystemEntries(work).ShouldHaveSingleItem();
            foreach (var lease in taken)
                lease?.Dispose();
        }
    }

    [Fact]
    public void A_process_of_another_machine_that_falls_silent_is_succeeded()
    {
        Forge("elsewhere", Environment.ProcessId, 1);
        var waiting = new Leases(Hasty);
        waiting.TryTake(Work, out var holder).ShouldBeNull();
        holder!.Process.Machine.ShouldBe("elsewhere");
        Thread.Sleep(400);
        using var lease = waiting.TryTake(Work, out _);
        lease.ShouldNotBeNull();
        new Leases(Patient).TryTake(Work, out _).ShouldBeNull();
    }

    [Fact]
    public void A_process_of_another_machine_that_lives_is_waited_for()
    {
        // A beat every 100 ms, and room for a machine that lets this thread wait for most of a second.
        var waiting = new Leases(new LeaseOptions { Expiry = TimeSpan.FromSeconds(1) });
        for (var beat = 0; beat < 12; beat++)
        {
            Forge("elsewhere", Environment.ProcessId, 1, beat);
            waiting.TryTake(Work, out _).ShouldBeNull();
            Thread.Sleep(100);
        }
    }

    [Fact]
    public void Whoever_looks_for_the_first_time_waits_for_the_whole_time_by_its_own_clock()
    {
        Forge("elsewhere", Environment.ProcessId, 1);
        File.SetLastWriteTimeUtc(Path.Combine(Work, "lease-1", "lease.json"), new DateTime(1980, 1, 1));
        new Leases(Patient).TryTake(Work, out _).ShouldBeNull("what a file's time says of its age is another's clock");
    }

    [SkippableFact]
    public void A_process_of_this_machine_that_has_ended_is_succeeded_at_once()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Other systems do not tell; the lease expires.");
        var own = ProcessMark.Current();
        using var ended = Process.Start("true");
        ended.WaitForExit();
        Forge(own.Machine, ended.Id, 1);
        using (new Leases(Patient).TryTake(Work, out _).ShouldNotBeNull())
        {
        }

        Forge(own.Machine, own.Number, own.Start + 1, place: "lease-3");
        using var reused = new Leases(Patient).TryTake(Work, out _);
        reused.ShouldNotBeNull("the number belongs to another process by now");
    }

    [Fact]
    public void A_lease_that_cannot_be_read_is_waited_for_too()
    {
        Directory.CreateDirectory(Path.Combine(Work, "lease-1"));
        File.WriteAllText(Path.Combine(Work, "lease-1", "lease.json"), "{");
        var waiting = new Leases(Hasty);
        waiting.TryTake(Work, out _).ShouldBeNull();
        Thread.Sleep(400);
        using var lease = waiting.TryTake(Work, out _);
        lease.ShouldNotBeNull();
    }

    [Fact]
    public void Holders_show_signs_of_life()
    {
        using var lease = new Leases(Hasty).TryTake(Work, out _);
        lease.ShouldNotBeNull();
        var first = Leases.HolderOf(Work)!.Beat;
        Eventually(() => Leases.HolderOf(Work)!.Beat > first + 2);
        lease.IsLost().ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_holder_that_stood_still_learns_that_it_was_succeeded(bool removed)
    {
        using var lease = new Leases(Hasty).TryTake(Work, out _);
        lease.ShouldNotBeNull();
        if (removed)
            Directory.Delete(Work, recursive: true);
        else
            Forge("elsewhere", 1, 1, place: "lease-2");
        Eventually(() => lease.Lost.IsCancellationRequested);
        lease.IsLost().ShouldBeTrue();
    }

    private void Forge(string machine, int number, long start, long beat = 0, string place = "lease-1")
    {
        Directory.CreateDirectory(Path.Combine(Work, place));
        File.WriteAllText(
            Path.Combine(Work, place, "lease.json"),
            CanonicalJson.Pretty(new LeaseHolder("t", "host", new ProcessMark(machine, number, start), beat, false)));
    }

    private static void Eventually(Func<bool> condition) =>
        SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)).ShouldBeTrue();
}
