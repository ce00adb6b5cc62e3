using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Threads;

public sealed class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_item_is_done_exactly_once_and_before_the_call_returns(int threads)
    {
        using var team = new ThreadTeam(threads);
        foreach (var items in new[] { 0, 1, 2, 3, 4, 5, 7, 64, 1001 })
        {
            var done = new int[items];
            team.Run(new Count { Done = done }, items);
            done.ShouldAllBe(count => count == 1);
        }
    }

    [Theory]
    [InlineData(2, 20_000)]
    [InlineData(3, 2_000)]
    [InlineData(5, 2_000)]
    public void Many_short_rounds_of_changing_work_lose_nothing(int threads, int rounds)
    {
        using var team = new ThreadTeam(threads);
        var (done, total) = (new int[13], new long[13]);
        for (var round = 1; round <= rounds; round++)
        {
            if (round % 3 == 0)
                team.Run(new Add { Total = total, Term = round }, 13);
            else
                team.Run(new Count { Done = done }, 13);
        }

        var thirds = (long)(rounds / 3);
        done.ShouldAllBe(count => count == rounds - thirds);
        total.ShouldAllBe(sum => sum == 3 * thirds * (thirds + 1) / 2);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Threads_that_fell_asleep_wake_up(int threads)
    {
        using var team = new ThreadTeam(threads);
        var done = new int[14];
        var rounds = Task.Run(() =>
        {
            for (var round = 0; round < 100; round++)
            {
                // Around the time at which threads fall asleep.
                Thread.Sleep(round % 4);
                team.Run(new Count { Done = done }, 14);
            }
        });
        // A wake-up that is lost is lost for good.
        await rounds.WaitAsync(TimeSpan.FromMinutes(1));
        done.ShouldAllBe(count => count == 100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_an_item_throws_reaches_the_caller_and_the_team_goes_on(int threads)
    {
        using var team = new ThreadTeam(threads);
        for (var item = 0; item < 6; item++)
        {
            Should.Throw<NotSupportedException>(() => team.Run(new Fail { Item = item }, 6))
                .Message.ShouldBe($"{item}");
        }

        var done = new int[6];
        team.Run(new Count { Done = done }, 6);
        done.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public void A_second_caller_is_refused()
    {
        using var team = new ThreadTeam(2);
        Should.Throw<InvalidOperationException>(() => team.Run(new Nested { Team = team }, 2))
            .Message.ShouldContain("one caller at a time");
    }

    [Fact]
    public void A_disposed_team_refuses_work_and_may_be_disposed_again()
    {
        var team = new ThreadTeam(3);
        team.Run(new Count { Done = new int[4] }, 4);
        team.Dispose();
        team.Dispose();
        Should.Throw<ObjectDisposedException>(() => team.Run(new Count { Done = new int[4] }, 4));
    }

    [Fact]
    public void Fewer_than_one_thread_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ThreadTeam(0));

    private struct Count : IRangeWork
    {
        public int[] Done;

        public readonly void Run(int from, int to)
        {
            for (var i = from; i < to; i++)
                Done[i]++;
        }
    }

    private struct Add : IRangeWork
    {
        public long[] Total;
        public int Term;

        public readonly void Run(int from, int to)
        {
            for (var i = from; i < to; i++)
                Total[i] += Term;
        }
    }

    private struct Fail : IRangeWork
    {
        public int Item;

        public readonly void Run(int from, int to)
        {
            if (from <= Item && Item < to)
                throw new NotSupportedException($"{Item}");
        }
    }

    private struct Nested : IRangeWork
    {
        public ThreadTeam Team;

        public readonly void Run(int from, int to) => Team.Run(new Count { Done = new int[2] }, 2);
    }
}
