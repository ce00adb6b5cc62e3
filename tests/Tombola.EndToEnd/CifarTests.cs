using System.Formats.Tar;
using System.IO.Compression;

namespace Tombola.EndToEnd;

/// <summary>Colour images in CIFAR's form, from files to results.</summary>
public sealed class CifarTests : IDisposable
{
    private const string Folder = "cifar-10-batches-bin";
    private const string Archive = "cifar-10-binary.tar.gz";
    private const int Pixels = 3 * 32 * 32;

    private static readonly string[] Batches =
    [
        "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin",
        "test_batch.bin",
    ];

    private readonly Workshop _shop = new();

    public CifarTests()
    {
        Directory.CreateDirectory(_shop.Path("sets", "cifar-10", Folder));
        for (var batch = 0; batch < Batches.Length; batch++)
            File.WriteAllBytes(_shop.Path("sets", "cifar-10", Folder, Batches[batch]), Examples(60, batch));
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Folder_and_archive_give_the_same_tickets_on_any_number_of_threads()
    {
        Run("one", "--threads", "1");
        PackAndRemoveFolder();
        Run("two", "--threads", "2");
        var (one, two) = (Results("one"), Results("two"));
        one.Length.ShouldBe(1 + (2 * 3) + (2 * 2)); // A heading, tickets of three levels, and controls of two.
        two.ShouldBe(one);
        var analysis = Cli.Run(_shop.Folder, "analyze", _shop.RunFolder("one"), "ensemble", "--data", "sets");
        (analysis.ExitCode, analysis.Error).ShouldBe((0, ""));
        Run("plain", "--set", "data.augment=none");
        Results("plain").ShouldNotBe(one);

        void Run(string store, params string[] more) => Cli.Run(
            _shop.Folder,
            [
                "run", "small.yaml", "--data", "sets", "--set", "data.name=cifar-10", "--set",
                "data.normalisation=standard", "--set", "data.augment=flip-crop", "--out", store, "--sparse", "on",
                "--quiet", .. more,
            ]).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Examples_of_another_origin_are_found_but_not_verified()
    {
        var list = Cli.Run(_shop.Folder, "data", "list", "--data", "sets", "--json").Output;
        list.ShouldContain("\"folder\": \"sets/cifar-10\"");
        var verify = Cli.Run(_shop.Folder, "data", "verify", "cifar-10", "--data", "sets", "--json");
        verify.ExitCode.ShouldBe(1);
        verify.Output.ShouldContain("data_batch_5.bin: has 184380 bytes, but 30730000 were expected.");
    }

    [Fact]
    public void A_damaged_archive_ends_in_one_line()
    {
        PackAndRemoveFolder();
        var archive = _shop.Path("sets", "cifar-10", Archive);
        var bytes = File.ReadAllBytes(archive);
        File.WriteAllBytes(archive, bytes[..(bytes.Length / 2)]);
        var result = Cli.Run(_shop.Folder, "run", "small.yaml", "--set", "data.name=cifar-10", "--data", "sets");
        result.ExitCode.ShouldBe(2);
        result.Error.Trim().ShouldContain(Archive);
        result.Error.Trim().ShouldNotContain("\n");
    }

    // All columns but the seconds.
    private string[] Results(string store) =>
    [
        .. File.ReadAllLines(Path.Combine(_shop.RunFolder(store), "results.csv"))
            .Select(row => string.Join(',', row.Split(',').Where((_, column) => column != 17))),
    ];

    private void PackAndRemoveFolder()
    {
        var folder = _shop.Path("sets", "cifar-10", Folder);
        var file = File.Create(_shop.Path("sets", "cifar-10", Archive));
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
            TarFile.CreateFromDirectory(folder, gzip, includeBaseDirectory: true);
        Directory.Delete(folder, recursive: true);
    }

    // The class decides which colours a picture has above and below, over some noise.
    private static byte[] Examples(int count, int batch)
    {
        var records = new byte[count * (1 + Pixels)];
        for (var example = 0; example < count; example++)
        {
            var record = records.AsSpan(example * (1 + Pixels), 1 + Pixels);
            record[0] = (byte)(((example * 7) + batch) % 10);
            for (var pixel = 0; pixel < Pixels; pixel++)
            {
                var isBright = (pixel / 512) == record[0] % 6 || record[0] >= 6 + (pixel / 1024);
                record[1 + pixel] = (byte)((isBright ? 130 : 20) + (((pixel * 31) + (example * 17) + batch) % 101));
            }
        }

        return records;
    }
}
