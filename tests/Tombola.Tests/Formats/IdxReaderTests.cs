using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Tests.Formats;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("compressed.gz")]
    public void What_is_written_is_read(string name) =>
        Prop.ForAll<byte[]>(bytes =>
        {
            if (bytes.Length == 0)
                return;
            var n = bytes.Length;
            foreach (var shape in new Shape[] { new(n), new(1, n, 1), new(n, 1, 1, 1) })
            {
                var path = _folder[name];
                IdxWriter.Write(path, new IdxArray(shape, bytes));
                var read = IdxReader.Read(path);
                read.Shape.ShouldBe(shape);
                read.Bytes.ToArray().ShouldBe(bytes);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_layout_is_the_published_one()
    {
        var path = _folder["images"];
        IdxWriter.Write(path, new IdxArray(new Shape(2, 1, 3), new byte[] { 1, 2, 3, 4, 5, 6 }));
        File.ReadAllBytes(path).ShouldBe(
            [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void Compression_is_told_by_content_and_not_by_name()
    {
        IdxWriter.Write(_folder["a.gz"], new IdxArray(new Shape(3), new byte[] { 7, 8, 9 }));
        File.Move(_folder["a.gz"], _folder["a"]);
        IdxReader.Read(_folder["a"]).Bytes.ToArray().ShouldBe([7, 8, 9]);
    }

    [Fact]
    public void No_beginning_of_a_plain_file_is_taken_for_the_file()
    {
        var whole = Plain([2, 3], 6);
        for (var length = 0; length < whole.Length; length++)
        {
            var path = _folder.Write("cut", whole[..length]);
            Should.Throw<InputException>(() => IdxReader.Read(path), $"{length} of {whole.Length} bytes")
                .Message.ShouldStartWith(path);
        }
    }

    [Fact]
    public void A_cut_or_damaged_gzip_stream_is_found_unless_its_content_is_whole()
    {
        var content = Plain([40, 5], 200);
        var whole = Compress(content);
        const int header = 10, trailer = 8;
        var refused = 0;
        for (var position = header; position < whole.Length; position++)
        {
            var flipped = whole.ToArray();
            flipped[position] ^= 0x10;
            refused += IsRefused(flipped, content) ? 1 : 0;
            var isCut = IsRefused(whole[..position], content);
            isCut.ShouldBe(position < whole.Length - trailer, $"cut to {position} of {whole.Length} bytes");
        }

        // Only a few bits of padding do not matter.
        refused.ShouldBeGreaterThan(whole.Length - header - 4);
    }

    [Fact]
    public void Bytes_after_the_last_element_are_refused()
    {
        byte[] tooLong = [.. Plain([5], 5), 0];
        Message(tooLong).ShouldBe("its header [5] wants 13 bytes, but the file has 14; get the file anew.");
        Message(Compress(tooLong)).ShouldBe(
            "its header [5] wants 13 bytes, but the file goes on after them; get the file anew.");
    }

    [Fact]
    public void A_truncated_file_says_what_is_missing()
    {
        Message(Plain([5], 4)).ShouldBe("its header [5] wants 13 bytes, but the file has 12; get the file anew.");
        Message(Compress(Plain([5], 4))).ShouldBe(
            "its header [5] wants 13 bytes, but the file ends after 12; get the file anew.");
    }

    [Theory]
    [InlineData(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' })]
    [InlineData(new byte[] { 0, 0, 0x0D, 1 })] // floats
    [InlineData(new byte[] { 0, 0, 8, 0 })]
    [InlineData(new byte[] { 0, 0, 8, 5 })]
    public void A_wrong_magic_number_is_shown(byte[] magic) =>
        Message([.. magic, .. new byte[40]]).ShouldStartWith($"wrong magic number 0x{Convert.ToHexString(magic)}");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void An_impossible_extent_is_refused(int extent) =>
        Message(Plain([2, extent, 2], 4)).ShouldContain("in its header");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_allocated_on_the_word_of_a_header(bool isCompressed)
    {
        var lying = Plain([30_000, 100, 100], 4);
        var path = _folder.Write("lying", isCompressed ? Compress(lying) : lying);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InputException>(() => IdxReader.Read(path)).Message.ShouldContain("wants 300000016 bytes");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<InputException>(() => IdxReader.Read(_folder["nowhere"]))
            .Message.ShouldStartWith(_folder["nowhere"] + ": cannot be read");

    [Fact]
    public void The_content_hash_does_not_depend_on_the_compression()
    {
        var array = new IdxArray(new Shape(2, 2), new byte[] { 1, 2, 3, 4 });
        IdxWriter.Write(_folder["a"], array);
        array.ContentSha256().ShouldBe(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_folder["a"]))));
    }

    private bool IsRefused(byte[] file, byte[] content)
    {
        var path = _folder.Write("suspect.gz", file);
        try
        {
            IdxReader.Read(path).Bytes.ToArray().ShouldBe(content[^200..]);
            return false;
        }
        catch (InputException)
        {
            return true;
        }
    }

    private string Message(byte[] content)
    {
        var path = _folder.Write("file", content);
        var message = Should.Throw<InputException>(() => IdxReader.Read(path)).Message;
        message.ShouldStartWith(path + ": ");
        message.ShouldNotContain("\n");
        return message[(path.Length + 2)..];
    }

    private static byte[] Plain(int[] extents, int elements)
    {
        var header = extents.SelectMany(extent => BitConverter.GetBytes(extent).Reverse());
        return [0, 0, 8, (byte)extents.Length, .. header, .. Enumerable.Range(1, elements).Select(i => (byte)(i * 37))];
    }

    private static byte[] Compress(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(content);
        return target.ToArray();
    }
}
