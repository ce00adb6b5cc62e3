using System.Formats.Tar;
using System.IO.Compression;
using Tombola.Data;
using Tombola.Data.Cifar;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tests.Data.Cifar;

public sealed class CifarFormTests : IDisposable
{
    private static readonly CifarForm Form = CifarForm.Cifar10;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_read_batch_after_batch()
    {
        var files = CifarFiles.Small10();
        CifarFiles.WriteFolder(_folder["set"], files);
        ShouldHold(Form.Read("mine", _folder["set"]), files);
    }

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void An_archive_is_read_without_unpacking_it(TarEntryFormat format)
    {
        var files = CifarFiles.Small10();
        var archive = _folder["set", Form.ArchiveName];
        CifarFiles.WriteArchive(archive, Form.FolderName, files, format);
        foreach (var place in new[] { archive, _folder["set"] })
        {
            Form.MissingFrom(place).ShouldBeEmpty();
            ShouldHold(Form.Read("mine", place), files);
        }

        Directory.GetFileSystemEntries(_folder["set"]).ShouldBe([archive]);
    }

    [Fact]
    public void Of_cifar_100_the_fine_labels_are_taken()
    {
        var files = CifarFiles.Small100();
        CifarFiles.WriteFolder(_folder["set", "cifar-100-binary"], files);
        var data = CifarForm.Cifar100.Read("mine", _folder["set"]);
        (data.Train.Count, data.Test.Count, data.Test.Classes).ShouldBe((5, 3, 100));
        for (var example = 0; example < 3; example++)
        {
            var record = files["test.bin"].AsSpan(example * (2 + CifarFiles.Pixels));
            data.Test.Labels.Span[example].ShouldBe(record[1]);
            data.Test.Pixels.Slice(example * CifarFiles.Pixels, CifarFiles.Pixels).ToArray()
                .ShouldBe(record.Slice(2, CifarFiles.Pixels).ToArray());
        }
    }

    [Fact]
    public void What_a_place_lacks_is_named()
    {
        var files = CifarFiles.Small10();
        files.Remove("data_batch_3.bin");
        CifarFiles.WriteFolder(_folder["set", Form.FolderName], files);
        Form.MissingFrom(_folder["set"]).ShouldBe(["data_batch_3.bin"]);
        Form.MissingFrom(_folder["nowhere"]).Count.ShouldBe(6);
        Should.Throw<InputException>(() => DataSetLoader.Load(_folder["set"], Nowhere)).Message
            .ShouldContain("has no data_batch_3.bin; a data set is a folder with the four IDX files");
        CifarFiles.WriteArchive(_folder["set", Form.ArchiveName], Form.FolderName, files);
        Failure(_folder["set"]).ShouldContain("has no cifar-10-batches-bin/data_batch_3.bin");
    }

    [Fact]
    public void A_place_is_taken_instead_of_a_name()
    {
        CifarFiles.WriteFolder(_folder["set"], CifarFiles.Small10());
        var data = DataSetLoader.Load(_folder["set"], Nowhere);
        (data.Name, data.Train.Count).ShouldBe((_folder["set"], 8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3072)]
    [InlineData(3074)]
    public void A_batch_of_another_length_is_refused(int length)
    {
        var files = CifarFiles.Small10();
        files["data_batch_2.bin"] = new byte[length];
        CifarFiles.WriteFolder(_folder["set"], files);
        Failure(_folder["set"]).ShouldContain($"data_batch_2.bin: has {length} bytes; expected 1 to 100000 records");
    }

    [Fact]
    public void A_label_out_of_range_is_refused()
    {
        var files = CifarFiles.Small10();
        files["data_batch_3.bin"][1 + CifarFiles.Pixels] = 10;
        CifarFiles.WriteFolder(_folder["set"], files);
        Failure(_folder["set"]).ShouldContain("data_batch_3.bin: label 10 of example 1 is outside 0 to 9");
    }

    [Fact]
    public void Names_within_an_archive_are_no_paths()
    {
        var files = CifarFiles.Small10();
        CifarFiles.WriteArchive(_folder["set", Form.ArchiveName], "../" + Form.FolderName, files);
        Failure(_folder["set"]).ShouldContain("has no cifar-10-batches-bin/data_batch_1.bin");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder["set"]]);
    }

    [Fact]
    public void An_archive_that_claims_more_than_it_holds_allocates_nothing_for_it()
    {
        var archive = _folder["set", Form.ArchiveName];
        WriteHeader(archive, $"{Form.FolderName}/data_batch_1.bin", '0', 3073L * 80_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Failure(archive).ShouldContain("claims to hold more than it can or should");
        WriteHeader(archive, "extended", 'x', 1_610_612_736);
        Failure(archive).ShouldContain("claims to hold more than it can or should");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 22);
    }

    [Fact]
    public void Damaged_archives_are_refused_in_one_line()
    {
        var archive = _folder["set", Form.ArchiveName];
        CifarFiles.WriteArchive(archive, Form.FolderName, CifarFiles.Small10());
        var sound = File.ReadAllBytes(archive);
        var plain = Unzip(sound);
        var stream = new RandomStream(new Seed(3), "test/damage");
        for (var attempt = 0; attempt < 150; attempt++)
        {
            // Within the compressed bytes, within the headers, or cut off.
            var bytes = (attempt % 3) switch
            {
                0 => Flip(sound, stream.Below(sound.Length, 4 * attempt)),
                1 => Zip(Flip(plain, stream.Below(512, 4 * attempt) + (512 * (attempt % 2)))),
                _ => sound[..stream.Below(sound.Length - 64, 4 * attempt)],
            };
            File.WriteAllBytes(archive, bytes);
            try
            {
                Form.Read("mine", archive).Train.Count.ShouldBe(8);
            }
            catch (InputException failure)
            {
                failure.Message.ShouldStartWith(archive);
                failure.Message.ShouldNotContain("\n");
            }
        }
    }

    private static DataFolders Nowhere => new(null, null, "/nonexistent", "/nonexistent");

    private static void ShouldHold(DataSet data, Dictionary<string, byte[]> files)
    {
        var train = files.Where(file => file.Key != "test_batch.bin").OrderBy(file => file.Key, StringComparer.Ordinal);
        ShouldBe(data.Train, "mine/train", [.. train.SelectMany(file => file.Value)]);
        ShouldBe(data.Test, "mine/test", files["test_batch.bin"]);
    }

    private static void ShouldBe(ImageSet set, string name, byte[] records)
    {
        var record = 1 + CifarFiles.Pixels;
        (set.Name, set.Count, set.Classes).ShouldBe((name, records.Length / record, 10));
        set.ExampleShape.ShouldBe(new Shape(3, 32, 32));
        set.Labels.ToArray().ShouldBe(records.Where((_, i) => i % record == 0));
        set.Pixels.ToArray().ShouldBe(records.Where((_, i) => i % record != 0));
    }

    private static string Failure(string place)
    {
        var message = Should.Throw<InputException>(() => Form.Read("mine", place)).Message;
        message.ShouldNotContain("\n");
        return message;
    }

    // A header with a right checksum and nothing behind it.
    private static void WriteHeader(string archive, string name, char type, long length)
    {
        var header = new byte[512];
        Write(0, name);
        Write(124, Convert.ToString(length, 8).PadLeft(11, '0'));
        Write(148, "        ");
        Write(156, type.ToString());
        Write(257, "ustar\0" + "00");
        Write(148, Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ");
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        File.WriteAllBytes(archive, Zip(header));

        void Write(int start, string text) => System.Text.Encoding.Latin1.GetBytes(text).CopyTo(header, start);
    }

    private static byte[] Flip(byte[] content, int position)
    {
        var copy = content.ToArray();
        copy[position] ^= 0x15;
        return copy;
    }

    private static byte[] Zip(byte[] content)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(content);
        return target.ToArray();
    }

    private static byte[] Unzip(byte[] content)
    {
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        var target = new MemoryStream();
        gzip.CopyTo(target);
        return target.ToArray();
    }
}
