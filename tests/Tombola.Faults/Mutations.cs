using System.Diagnostics;
using Tombola.Numerics.Random;

namespace Tombola.Faults;

/// <summary>Damages files in ways that only depend on a number, and watches what a reader makes of them.</summary>
internal static class Mutations
{
    private const int LargestAllocation = 16_000_000;

    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(20);

    // The last is U+2028, which ends a line for some, in UTF-8.
    private static readonly byte[][] Tokens =
    [
        [0], [0xFF], [0xC3, 0x28], "\""u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(),
        ","u8.ToArray(), ":"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\t"u8.ToArray(), "- "u8.ToArray(),
        "---\n"u8.ToArray(), "&a "u8.ToArray(), "*a"u8.ToArray(), "!!str "u8.ToArray(),
        "? "u8.ToArray(), "%"u8.ToArray(),
        "9999999999999999999"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "|\n"u8.ToArray(), [0xE2, 0x80, 0xA8],
    ];

    /// <summary>How many damaged files each reader is given.</summary>
    public static int Trials { get; } = Effort.Of(quick: 2_000, @long: 100_000);

    /// <summary>Lets a reader read damaged files: it takes them or refuses them in one line, no more.</summary>
    /// <param name="valid">A file to damage.</param>
    /// <param name="path">Where to put the damaged ones.</param>
    /// <param name="read">Reads the file of a path.</param>
    /// <returns>How many were refused, as a fraction.</returns>
    public static double FractionRefused(byte[] valid, string path, Action<string> read)
    {
        var refused = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            File.WriteAllBytes(path, Mutate(valid, new RandomStream(new Seed(7), "test/mutations", trial)));
            var (before, time) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            try
            {
                read(path);
            }
            catch (InputException complaint)
            {
                refused++;
                complaint.Message.ShouldContain(path);
                complaint.Message.Any(c => char.IsControl(c) || c == '\u2028').ShouldBeFalse(complaint.Message);
                complaint.Message.Length.ShouldBeLessThan((2 * path.Length) + 2_000);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Mutation {trial} broke the reader.", exception);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(LargestAllocation, $"mutation {trial}");
            time.Elapsed.ShouldBeLessThan(LongestRead, $"mutation {trial}");
        }

        return (double)refused / Trials;
    }

    private static byte[] Mutate(byte[] valid, RandomStream random)
    {
        var bytes = valid.ToList();
        var position = 0;
        var rounds = 1 + random.Below(4, position++);
        for (var round = 0; round < rounds && bytes.Count > 1; round++)
        {
            var kind = random.Below(5, position++);
            var start = random.Below(bytes.Count, position++);
            var length = 1 + random.Below(Math.Min(16, bytes.Count - start), position++);
            var choice = random.Below(256, position++);
            if (kind == 0)
                bytes[start] ^= (byte)(1 << (choice % 8));
            else if (kind == 1)
                bytes[start] = (byte)choice;
            else if (kind == 2)
                bytes.RemoveRange(start, length);
            else if (kind == 3)
                bytes.InsertRange(start, bytes.GetRange(start, length));
            else
                bytes.InsertRange(start, Tokens[choice % Tokens.Length]);
        }

        return [.. bytes];
    }
}
