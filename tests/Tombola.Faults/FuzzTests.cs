using System.IO.Compression;
using System.Text;
using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Tensors;
using Tombola.Tickets;
using Tombola.Tickets.Xor;
using Tombola.Training;

namespace Tombola.Faults;

/// <summary>Gives every reader of files damaged ones: no crash, no hang, no memory on the word of a header.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Safetensors_damaged_are_read_or_refused()
    {
        var tensors = Enum.GetValues<TensorType>().Select(type =>
            new NamedTensor($"layer.{type}", type, new Shape(2, 3), new byte[6 * NamedTensor.SizeOf(type)])).ToArray();
        Safetensors.Write(_folder["whole"], tensors, new Dictionary<string, string> { ["format"] = "pt" });
        Fuzz(File.ReadAllBytes(_folder["whole"]), path => Safetensors.Read(path)).ShouldBeInRange(0.5, 0.99);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Idx_damaged_are_read_or_refused(bool compressed)
    {
        IdxWriter.Write(_folder["whole"], new IdxArray(new Shape(4, 3, 3), new byte[36]));
        var bytes = File.ReadAllBytes(_folder["whole"]);
        Fuzz(compressed ? Compressed(bytes) : bytes, path => IdxReader.Read(path)).ShouldBeInRange(0.3, 0.99);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 100)]
    public void Cifar_batches_damaged_are_read_or_refused(int labelBytes, int classes) =>
        Fuzz(new byte[2 * (3_072 + labelBytes)], path => InputFile.Read(path, file =>
            CifarBatch.Read(path, file.Length, file.ReadExactly, labelBytes, classes))).ShouldBeInRange(0.3, 0.99);

    [Fact]
    public void Archives_damaged_are_read_or_refused()
    {
        using var content = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(content, leaveOpen: true))
        {
            foreach (var name in new[] { "folder/a.bin", "folder/b.bin" })
            {
                tar.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(new byte[700]),
                });
            }
        }

        // Damaged beneath the compression too, where gzip's checksum would else refuse almost everything.
        Action<string> read = path => TarGzip.Visit(path, 1 << 20, member =>
            member.Read(new byte[Math.Min(member.Remaining, 1 << 10)]));
        Fuzz(Compressed(content.ToArray()), read).ShouldBeInRange(0.3, 1);
        Fuzz(content.ToArray(), path =>
        {
            File.WriteAllBytes(path, Compressed(File.ReadAllBytes(path)));
            read(path);
        }).ShouldBeInRange(0, 1);
    }

    [Theory]
    [InlineData("lenet-rates")]
    [InlineData("lenet-signs")]
    [InlineData("xor-pruning")]
    public void Descriptions_damaged_are_read_or_refused(string preset)
    {
        var text = File.ReadAllBytes(Path.Combine(Cli.Root, "experiments", $"{preset}.yaml"));
        Fuzz(text, path =>
        {
            var root = ConfigReader.ReadFile(path);
            if (ExperimentKind.Of(root) == ExperimentKind.Xor)
                XorFile.Bind(root);
            else
                ExperimentFile.BindStudy(root);
        }).ShouldBeInRange(0.2, 0.99);
    }

    [Fact]
    public void Json_damaged_is_read_or_refused()
    {
        var study = TicketStudy.Of(new TicketExperiment { Name = "small", Controls = [new() { Name = "reinit" }] });
        Fuzz(CanonicalJson.Pretty(study), path => CanonicalJson.ReadFile<TicketStudy>(path))
            .ShouldBeInRange(0.2, 0.99);
        var result = new TrainingResult(
            [], new CurvePoint(5, 0.1, 0.5, 0.5, 0.5, 0.5, 0.5, 1), 0.5, null, null, 7, 1.5, 0.5);
        Fuzz(CanonicalJson.Pretty(result), path => CanonicalJson.ReadFile<TrainingResult>(path))
            .ShouldBeInRange(0.2, 0.99);
    }

    [Fact]
    public void Leases_and_manifests_damaged_are_taken_for_damaged()
    {
        var lease = new LeaseHolder("token", "host", new ProcessMark("machine", 1, 2), 3, Released: false);
        Directory.CreateDirectory(_folder["lease"]);
        Fuzz(CanonicalJson.Pretty(lease), _folder["lease", "lease.json"], _ =>
        {
            var read = Leases.Read(_folder["lease"]);
            read?.Process?.HasEnded();
        }).ShouldBe(0);

        var stage = new Stage("test", "label", "{}", [], 1, _ => { });
        File.WriteAllText(_folder["stage", "out.txt"], "x");
        StageManifest.Write(stage, _folder["stage"]);
        var manifest = File.ReadAllText(_folder["stage", "stage.json"]);
        Fuzz(manifest, _folder["stage", "stage.json"], path =>
        {
            StageManifest.FindDamage(stage.Id, Path.GetDirectoryName(path)!);
            StageManifest.ParentsOf(Path.GetDirectoryName(path)!);
        }).ShouldBe(0);
    }

    [Fact]
    public void Tables_damaged_are_read_or_refused()
    {
        CurvePoint[] curve = [new(0, 1e-3, double.NaN, 2, 0.1, 2, 0.1, 0), new(9, 1e-3, 1, 2, 0.1, 1e-5, 0.1, 2)];
        TrainingFiles.WriteCurve(_folder.Path, curve);
        Fuzz(File.ReadAllText(_folder["curves.csv"]), _folder["curves.csv"], _ => TrainingFiles.ReadCurve(_folder.Path))
            .ShouldBeInRange(0.2, 0.99);
        Fuzz("step,loss,note\n1,0.5,\"a \"\"b\"\"\"\n2,,c\n3,1E-05,\"two\nlines\"\n", path =>
        {
            foreach (var row in CsvReader.Read(path).Rows)
                _ = (row.Integer("step"), row.IsEmpty("loss") ? 0 : row.Number("loss"), row.Text("note"));
        }).ShouldBeInRange(0.5, 0.99);
        Fuzz($"stage,kind,label\n{new string('a', 40)},train,\"x, y\"\n", _folder["run", "stages.csv"], _ =>
            RunStages.Read(Path.GetDirectoryName(_folder["run", "stages.csv"])!)).ShouldBeInRange(0.2, 0.99);
    }

    [Fact]
    public void A_header_that_claims_a_million_million_elements_is_refused_before_memory_is_asked_for()
    {
        var header = Encoding.UTF8.GetBytes(
            """{"w":{"dtype":"F32","shape":[1000000,1000000],"data_offsets":[0,4000000000000]}}""");
        var tensor = _folder.Write("w.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. header]);
        var idx = _folder.Write("images", [0, 0, 8, 3, 0, 15, 66, 64, 0, 15, 66, 64, 0, 0, 0, 1]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InputException>(() => Safetensors.Read(tensor)).Message.ShouldStartWith(tensor);
        Should.Throw<InputException>(() => IdxReader.Read(idx)).Message.ShouldStartWith(idx);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    private double Fuzz(string valid, Action<string> read) => Fuzz(Encoding.UTF8.GetBytes(valid), read);

    private double Fuzz(byte[] valid, Action<string> read) =>
        Mutations.FractionRefused(valid, _folder["mutant"], read);

    private static double Fuzz(string valid, string path, Action<string> read) =>
        Mutations.FractionRefused(Encoding.UTF8.GetBytes(valid), path, read);

    private static byte[] Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return target.ToArray();
    }
}
