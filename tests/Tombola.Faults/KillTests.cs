using Xunit.Abstractions;

namespace Tombola.Faults;

/// <summary>Kills a run at random moments, again and again, and runs it again.</summary>
/// <param name="output">Told how many kills met what.</param>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public void A_run_killed_at_random_moments_ends_with_the_same_bits_and_leaves_nothing_behind()
    {
        using var bench = new Bench(seed: 1);
        bench.Run("whole").ExitCode.ShouldBe(0);
        var (kills, atWork, most) = (0, 0, Effort.Of(quick: 4, @long: 100));
        var round = 0;
        for (; kills < most; round++)
        {
            var store = $"parts-{round}";
            for (var ended = false; !ended;)
            {
                using var process = bench.Launch(store);
                ended = process.WaitForExit(kills < most ? bench.Milliseconds(200, 2_500) : -1);
                if (ended)
                {
                    process.ExitCode.ShouldBe(0);
                }
                else
                {
                    process.Kill();
                    process.WaitForExit();
                    kills++;
                    atWork += bench.IsAtWork(store) ? 1 : 0;
                }
            }

            bench.ShouldBeTheSame(store, "whole");
            bench.ShouldBeClean(store);
            Directory.Delete(bench[store], recursive: true);
        }

        output.WriteLine($"{kills} kills, {atWork} of them with a training under way, over {round} runs");
    }
}
