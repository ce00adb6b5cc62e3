using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Tests.Formats;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_layout_is_the_published_one()
    {
        var path = _folder["ticket"];
        Safetensors.Write(path, [NamedTensor.OfBooleans("m", new Shape(1, 2), [true, false])]);
        const string Header = """{"m":{"dtype":"BOOL","shape":[1,2],"data_offsets":[0,2]}}""";
        byte[] expected = [64, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(Header.PadRight(64)), 1, 0];
        File.ReadAllBytes(path).ShouldBe(expected);
    }

    [Fact]
    public void A_file_as_the_reference_writer_lays_it_out_is_read()
    {
        const string Header = """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"""
            + ""","a":{"dtype":"I16","shape":[],"data_offsets":[8,10]}"""
            + ""","e":{"dtype":"U8","shape":[0,3],"data_offsets":[10,10]}}   """;
        var file = Read(Header, [0, 0, 128, 63, 0, 0, 0, 192, 7, 0]);
        file.Metadata.ShouldBe(new Dictionary<string, string> { ["format"] = "pt" });
        file.Tensors.Select(tensor => tensor.Name).ShouldBe(["b", "a", "e"]);
        file["b"].ToFloats().ShouldBe([1f, -2f]);
        (file["a"].Type, file["a"].Shape).ShouldBe((TensorType.I16, new Shape()));
        file["a"].Bytes.ToArray().ShouldBe([7, 0]);
        file["e"].Shape.ShouldBe(new Shape(0, 3));
    }

    [Fact]
    public void What_is_written_is_read() =>
        Prop.ForAll<(string Name, float[] Floats)[], bool[], string>((entries, mask, note) =>
        {
            var tensors = entries.Where(entry => IsText(entry.Name)).DistinctBy(entry => entry.Name)
                .Select((entry, i) => NamedTensor.OfFloats(
                    $"{i}/{entry.Name}", new Shape(1, entry.Floats.Length), entry.Floats))
                .Append(NamedTensor.OfBooleans("mask", new Shape(mask.Length), mask)).Reverse().ToArray();
            var metadata = new Dictionary<string, string> { ["note"] = IsText(note) ? note : "" };
            Safetensors.Write(_folder["any"], tensors, metadata);
            var read = Safetensors.Read(_folder["any"]);
            read.Metadata.ShouldBe(metadata);
            read.Tensors.Count.ShouldBe(tensors.Length);
            foreach (var tensor in tensors)
            {
                var twin = read[tensor.Name];
                (twin.Type, twin.Shape).ShouldBe((tensor.Type, tensor.Shape));
                twin.Bytes.Span.SequenceEqual(tensor.Bytes.Span).ShouldBeTrue();
            }

            read["mask"].ToBooleans().ShouldBe(mask);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_type_of_element_is_written_and_read_and_aligned()
    {
        var types = Enum.GetValues<TensorType>();
        NamedTensor[] tensors =
        [
            .. types.Select(
                type => new NamedTensor($"{type}", type, new Shape(3), Count(3 * NamedTensor.SizeOf(type)))),
        ];
        Safetensors.Write(_folder["types"], tensors);
        var read = Safetensors.Read(_folder["types"]);
        foreach (var tensor in tensors)
            read[tensor.Name].Bytes.ToArray().ShouldBe(tensor.Bytes.ToArray());

        var bytes = File.ReadAllBytes(_folder["types"]);
        (BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8).ShouldBe(0);
        var offset = 0;
        foreach (var tensor in read.Tensors)
        {
            (offset % NamedTensor.SizeOf(tensor.Type)).ShouldBe(0, tensor.Name);
            offset += tensor.Bytes.Length;
        }
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes()
    {
        NamedTensor[] tensors = [NamedTensor.OfFloats("w", new Shape(2), [1, 2])];
        Safetensors.Write(_folder["a"], tensors, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        Safetensors.Write(_folder["b"], tensors, new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        File.ReadAllBytes(_folder["a"]).ShouldBe(File.ReadAllBytes(_folder["b"]));
    }

    [Fact]
    public void What_would_not_be_a_valid_file_is_not_written()
    {
        var good = NamedTensor.OfFloats("w", new Shape(2), [1, 2]);
        Should.Throw<ArgumentException>(() => Safetensors.Write(_folder["no"], [good, good]));
        Should.Throw<ArgumentException>(() => Safetensors.Write(_folder["no"], [good with { Name = "__metadata__" }]));
        Should.Throw<ArgumentException>(() => Safetensors.Write(_folder["no"], [good with { Bytes = new byte[7] }]));
        Should.Throw<ShapeException>(() => NamedTensor.OfFloats("w", new Shape(3), [1, 2]));
        Should.Throw<ShapeException>(() => NamedTensor.OfBooleans("w", new Shape(1), [true, false]));
        File.Exists(_folder["no"]).ShouldBeFalse();
    }

    [Fact]
    public void Weights_of_half_precision_are_widened_without_rounding()
    {
        const string Header = """{"b":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}"""
            + ""","h":{"dtype":"F16","shape":[2,2],"data_offsets":[6,14]}}""";
        // 1, −2.5 and the largest finite number; 1, −2, the smallest number above zero, and infinity.
        byte[] data = [0x80, 0x3F, 0x20, 0xC0, 0x7F, 0x7F, 0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0x00, 0x7C];
        var file = Read(Header, data);
        file["b"].ToFloats().ShouldBe([1, -2.5f, 3.3895314e38f]);
        file["h"].ToFloats().ShouldBe([1, -2, 5.9604645e-8f, float.PositiveInfinity]);
    }

    [Fact]
    public void Elements_are_not_taken_for_those_of_another_type()
    {
        var floats = NamedTensor.OfFloats("w", new Shape(1), [1]);
        Should.Throw<InputException>(floats.ToBooleans).Message.ShouldContain("'w'");
        Should.Throw<InputException>(NamedTensor.OfBooleans("m", new Shape(1), [true]).ToFloats).Message
            .ShouldContain("'m'");
    }

    [Fact]
    public void A_tensor_that_is_missing_is_named_with_the_nearest_one()
    {
        Safetensors.Write(_folder["f"], [NamedTensor.OfFloats("fc1.weight", new Shape(1), [1])]);
        Should.Throw<InputException>(() => Safetensors.Read(_folder["f"])["fc1.wieght"]).Message.ShouldBe(
            $"{_folder["f"]}: has no tensor 'fc1.wieght'. Did you mean 'fc1.weight'?");
    }

    private static byte[] Count(int count) => [.. Enumerable.Range(1, count).Select(i => (byte)i)];

    private static bool IsText(string? text) => text is not null && !text.Any(char.IsSurrogate);

    private SafetensorsFile Read(string header, byte[] data)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        byte[] prefix = BitConverter.GetBytes((long)bytes.Length);
        return Safetensors.Read(_folder.Write("file", [.. prefix, .. bytes, .. data]));
    }
}
