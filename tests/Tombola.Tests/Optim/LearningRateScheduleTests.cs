using Tombola.Optim;

namespace Tombola.Tests.Optim;

public class LearningRateScheduleTests
{
    private const double Rate = 0.4;
    private const long Total = 100;

    public static TheoryData<ScheduleOptions, long, double> Points => new()
    {
        { new() { Name = "constant" }, 0, 0.4 },
        { new() { Name = "constant" }, 99, 0.4 },
        { new() { Name = "step", Milestones = [10, 50] }, 9, 0.4 },
        { new() { Name = "step", Milestones = [10, 50] }, 10, 0.04 },
        { new() { Name = "step", Milestones = [10, 50] }, 49, 0.04 },
        { new() { Name = "step", Milestones = [10, 50] }, 50, 0.004 },
        { new() { Name = "step", Milestones = [10], Factor = 0.5 }, 99, 0.2 },
        { new() { Name = "exponential", Factor = 0.01 }, 0, 0.4 },
        { new() { Name = "exponential", Factor = 0.01 }, 50, 0.04 },
        { new() { Name = "exponential", Factor = 0.01 }, 100, 0.004 },
        { new() { Name = "cosine" }, 0, 0.4 },
        { new() { Name = "cosine" }, 50, 0.2 },
        { new() { Name = "cosine" }, 100, 0 },
        { new() { Name = "cosine" }, 150, 0 },
        { new() { Name = "cosine", Final = 0.1 }, 0, 0.4 },
        { new() { Name = "cosine", Final = 0.1 }, 50, 0.25 },
        { new() { Name = "cosine", Final = 0.1 }, 100, 0.1 },
        { new() { WarmUp = 4 }, 0, 0.1 },
        { new() { WarmUp = 4 }, 2, 0.3 },
        { new() { WarmUp = 4 }, 3, 0.4 },
        { new() { WarmUp = 4 }, 50, 0.4 },
        { new() { Name = "step", Milestones = [2], WarmUp = 4 }, 2, 0.03 },
        { new() { Name = "cosine", WarmUp = 100 }, 49, 0.5 * 0.2 * (1 + Math.Cos(Math.PI * 0.49)) },
    };

    public static TheoryData<string, ScheduleOptions> Invalid => new()
    {
        { "schedule.milestones", new() { Name = "step" } },
        { "schedule.milestones", new() { Name = "step", Milestones = [50, 10] } },
        { "schedule.milestones", new() { Name = "step", Milestones = [10, 10] } },
        { "schedule.milestones", new() { Name = "step", Milestones = [0, 10] } },
        { "schedule.factor", new() { Factor = 0 } },
        { "schedule.factor", new() { Factor = double.NaN } },
        { "schedule.warm-up", new() { WarmUp = -1 } },
        { "schedule.final", new() { Name = "cosine", Final = -0.1 } },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public void Rates_at_written_out_points(ScheduleOptions options, long step, double expected) =>
        LearningRateSchedule.Create(options, Rate, Total).At(step).ShouldBe(expected, 1e-12);

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Values_out_of_range_are_refused_with_their_key(string key, ScheduleOptions options) =>
        Should.Throw<InputException>(() => LearningRateSchedule.Create(options, Rate, Total))
            .Message.ShouldStartWith(key + ": ");

    [Fact]
    public void An_unknown_name_is_refused_with_the_nearest() =>
        Should.Throw<InputException>(() => LearningRateSchedule.Validate(new ScheduleOptions { Name = "cosin" }))
            .Message.ShouldContain("Did you mean 'cosine'?");

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0.1, 0)]
    public void Rate_and_total_must_be_positive(double rate, long total) =>
        Should.Throw<ArgumentOutOfRangeException>(
            () => LearningRateSchedule.Create(new ScheduleOptions(), rate, total));

    [Fact]
    public void Every_schedule_is_described() =>
        LearningRateSchedule.All.Select(entry => entry.Name).ShouldBe(["constant", "cosine", "exponential", "step"]);

    [Fact]
    public void Asking_for_a_rate_leaves_no_garbage()
    {
        var schedule = LearningRateSchedule.Create(
            new ScheduleOptions { Name = "step", Milestones = [10, 20, 30] }, Rate, Total);
        _ = schedule.At(25);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = schedule.At(25);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
