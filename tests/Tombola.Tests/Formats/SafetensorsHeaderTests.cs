using System.Text;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Tests.Formats;

public sealed class SafetensorsHeaderTests : IDisposable
{
    private const string Floats = """{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""[1]""", "does not start with '{'")]
    [InlineData(""" {}""", "does not start with '{'")]
    [InlineData("", "does not start with '{'")]
    [InlineData("""{"w":""", "malformed")]
    [InlineData("""{}x""", "malformed")]
    [InlineData("""{"w":1}""", "tensor 'w' is not described")]
    [InlineData("""{"w":{"shape":[2],"data_offsets":[0,8]}}""", "no dtype")]
    [InlineData("""{"w":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", "no dtype")]
    [InlineData("""{"w":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "unknown dtype 'F31'")]
    [InlineData("""{"w":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}""", "unknown dtype 'f32'")]
    [InlineData("""{"w":{"dtype":"F32","data_offsets":[0,8]}}""", "no shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "shape that is not of whole numbers")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "shape that is not of whole numbers")]
    [InlineData("""{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "shape that is not of whole numbers")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "needs 12 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967298],"data_offsets":[0,8]}}""", "more than 2^31")]
    [InlineData("""{"w":{"dtype":"F32","shape":[65536,65536,2],"data_offsets":[0,8]}}""", "more than 2^31")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", "no data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "not a start and an end")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", "not a start and an end")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "not a start and an end")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "data_offsets that is not of whole")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "end at byte 4 of the data, the file at 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""",
        "end at byte 16 of the data, the file at 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "'w' starts at byte 4 of the data, not 0")]
    [InlineData("""{"w":{"dtype":"F64","shape":[1000000000],"data_offsets":[0,8000000000]}}""", "larger than 2 GB")]
    [InlineData("{\"w\":" + Floats + ",\"w\":" + Floats + "}", "malformed")]
    [InlineData("{\"w\":" + Floats + ",\"\\u0077\":" + Floats + "}", "malformed")]
    [InlineData("{\"w\":" + Floats + ",\"v\":" + Floats + "}",
        "starts at byte 0 of the data, not 8: a hole or an overlap")]
    [InlineData("""{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "malformed")]
    [InlineData("{\"__metadata__\":7,\"w\":" + Floats + "}", "not a JSON object")]
    [InlineData("{\"__metadata__\":{\"a\":7},\"w\":" + Floats + "}", "metadata 'a' is not text")]
    [InlineData("{\"__metadata__\":{\"a\":null},\"w\":" + Floats + "}", "metadata 'a' is not text")]
    [InlineData("{\"\\ud800\":" + Floats + "}", "malformed")]
    [InlineData("{\"a\\nb\":7}", @"tensor 'a\u000ab'")]
    public void A_header_that_breaks_a_rule_is_refused(string header, string reason) =>
        Message(header).ShouldContain(reason);

    [Fact]
    public void The_header_of_the_cases_is_right_but_for_what_they_change() =>
        Safetensors.Read(Write("{\"w\":" + Floats + "}"))["w"].Shape.ShouldBe(new Shape(2));

    [Fact]
    public void Every_truncation_is_refused()
    {
        var path = _folder["whole"];
        Safetensors.Write(path, Tensors());
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
            Refuse(whole[..length]);
        Refuse([.. whole, 0]);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(3UL)]
    public void A_header_longer_than_the_file_is_refused(ulong length) =>
        Refuse([.. BitConverter.GetBytes(length), (byte)'{', (byte)'}']).ShouldContain("announces a header");

    [Fact]
    public void A_header_over_100_MB_is_refused_before_it_is_read()
    {
        var path = _folder["sparse"];
        using (var file = File.Create(path))
        {
            file.Write(BitConverter.GetBytes(100_000_001L));
            file.SetLength(100_000_009);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InputException>(() => Safetensors.Read(path)).Message.ShouldContain("the format allows 100000000");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void Nothing_is_allocated_on_the_word_of_a_header()
    {
        var path = Write("""{"w":{"dtype":"U8","shape":[2000000000],"data_offsets":[0,2000000000]}}""");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InputException>(() => Safetensors.Read(path));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named()
    {
        Should.Throw<InputException>(() => Safetensors.Read(_folder["nowhere"])).Message
            .ShouldBe($"{_folder["nowhere"]}: there is no such file.");
        Should.Throw<InputException>(() => Safetensors.Read(_folder.Path)).Message
            .ShouldBe($"{_folder.Path}: expected a file, this is a folder.");
        Should.Throw<InputException>(() => Safetensors.Read("")).Message.ShouldBe("'': expected the name of a file.");
    }

    private static NamedTensor[] Tensors() =>
        [NamedTensor.OfFloats("w", new Shape(2), [1, 2]), NamedTensor.OfBooleans("m", new Shape(3), new bool[3])];

    private string Write(string header)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        return _folder.Write("file", [.. BitConverter.GetBytes((long)bytes.Length), .. bytes, .. new byte[8]]);
    }

    private string Message(string header) => Refuse(File.ReadAllBytes(Write(header)));

    private string Refuse(byte[] content)
    {
        var path = _folder.Write("refused", content);
        var message = Should.Throw<InputException>(() => Safetensors.Read(path)).Message;
        message.ShouldStartWith($"{path}: not a valid safetensors file: ");
        message.ShouldNotContain("\n");
        return message;
    }
}
