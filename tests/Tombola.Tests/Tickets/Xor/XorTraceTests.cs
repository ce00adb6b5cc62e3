using Tombola.Tickets.Xor;

namespace Tombola.Tests.Tickets.Xor;

/// <summary>Networks on XOR that are watched while they train.</summary>
public sealed class XorTraceTests
{
    [Fact]
    public void A_watched_training_learns_and_its_plane_agrees_with_its_answers()
    {
        var trace = XorTrace.Train(new XorTraceOptions { Seed = new(5), Frames = 5, Side = 30 });
        trace.Frames.Select(frame => frame.Step).ShouldBe([0, 2_500, 5_000, 7_500, 10_000]);
        trace.Frames[0].Loss.ShouldBe(Math.Log(2), 0.01);
        trace.Frames[^1].Loss.ShouldBeLessThan(0.01);
        trace.Learnt.ShouldBeTrue();
        var (last, field) = (trace.Frames[^1], trace.Frames[^1].Field);
        // The corners of the unit square lie at a sixth and five sixths of the plane.
        (byte At00, byte At10, byte At01, byte At11) corners =
            (field[(5 * 30) + 5], field[(5 * 30) + 25], field[(25 * 30) + 5], field[(25 * 30) + 25]);
        corners.At00.ShouldBeLessThan((byte)100);
        corners.At11.ShouldBeLessThan((byte)100);
        corners.At01.ShouldBeGreaterThan((byte)150);
        corners.At10.ShouldBeGreaterThan((byte)150);
        last.Probabilities.Select(p => p > 0.5).ShouldBe([false, true, true, false]);
    }

    [Fact]
    public void A_network_that_leaves_two_points_at_a_half_has_not_learnt()
    {
        var trace = XorTrace.Train(new XorTraceOptions { Seed = new(1), Frames = 2 });
        trace.Frames[^1].Loss.ShouldBe(Math.Log(2) / 2, 0.01);
        trace.Learnt.ShouldBeFalse();
    }

    [Fact]
    public void Units_that_pruning_left_begin_as_they_did_in_the_whole_network()
    {
        var whole = XorTrace.Train(new XorTraceOptions { Hidden = 6, Frames = 2 });
        var rest = XorTrace.Train(new XorTraceOptions { Hidden = 6, Kept = [1, 4], Frames = 2 });
        rest.Frames[0].Units.ShouldBe([whole.Frames[0].Units[1], whole.Frames[0].Units[4]]);
        (whole.Scores.Count, rest.Scores.Count).ShouldBe((6, 2));
        whole.Frames[^1].Units[1].ShouldNotBe(whole.Frames[0].Units[1]);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        foreach (var wrong in new XorTraceOptions[]
        {
            new() { Hidden = 0 }, new() { Hidden = 33 }, new() { Kept = [] }, new() { Kept = [3, 3] },
            new() { Kept = [10] }, new() { Kept = [-1] }, new() { Frames = 1 }, new() { Side = 1_000 },
            new() { Score = "beauty" }, new() { Training = new() { Steps = 1_000_000 } },
            new() { Training = new() { LearningRate = double.NaN } },
        })
        {
            Should.Throw<InputException>(() => XorTrace.Train(wrong));
        }
    }
}
