using Tombola.Numerics.Random;

namespace Tombola.Tests.Formats;

/// <summary>Damages files in ways that only depend on a number, and watches what a reader makes of them.</summary>
internal static class Mutations
{
    private const int Trials = 2_000;
    private const int LargestAllocation = 4_000_000;

    // The last is U+2028, which ends a line for some, in UTF-8.
    private static readonly byte[][] Tokens =
    [
        [0], [0xFF], [0xC3, 0x28], "\""u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(),
        ","u8.ToArray(), ":"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\t"u8.ToArray(), "- "u8.ToArray(),
        "---\n"u8.ToArray(), "&a "u8.ToArray(), "*a"u8.ToArray(), "!!str "u8.ToArray(),
        "? "u8.ToArray(), "%"u8.ToArray(),
        "9999999999999999999"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "|\n"u8.ToArray(), [0xE2, 0x80, 0xA8],
    ];

    /// <summary>Lets a reader read 2,000 damaged files: it takes them or refuses them in one line, no more.</summary>
    /// <param name="valid">A file to damage.</param>
    /// <param name="folder">Where to put the damaged ones.</param>
    /// <param name="read">Reads the file of a path.</param>
    /// <returns>How many were refused.</returns>
    public static int CountRefused(byte[] valid, TemporaryFolder folder, Action<string> read)
    {
        var refused = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var path = folder.Write("mutant", Mutate(valid, new RandomStream(new Seed(7), "test/mutations", trial)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(path);
            }
            catch (InputException complaint)
            {
                refused++;
                complaint.Message.ShouldStartWith(path + ":");
                complaint.Message.Any(c => char.IsControl(c) || c == '\u2028').ShouldBeFalse(complaint.Message);
                complaint.Message.Length.ShouldBeLessThan(path.Length + 1_000);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(LargestAllocation);
        }

        return refused;
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
