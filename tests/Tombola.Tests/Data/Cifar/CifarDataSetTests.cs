using System.Security.Cryptography;
using Tombola.Data;
using Tombola.Data.Cifar;

namespace Tombola.Tests.Data.Cifar;

public sealed class CifarDataSetTests : IDisposable
{
    private static readonly CifarForm Form = CifarForm.Cifar10;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, byte[]> _files = CifarFiles.Small10();
    private readonly CifarDataSet _set;

    public CifarDataSetTests()
    {
        var archive = _folder["published", Form.ArchiveName];
        CifarFiles.WriteArchive(archive, Form.FolderName, _files);
        var published = (CifarDataSet)DataSetRegistry.Get("cifar-10");
        _set = published with
        {
            Name = "small",
            Archive = Describe(Form.ArchiveName, File.ReadAllBytes(archive)),
            Batches = [.. Form.FileNames.Select(name => Describe(name, _files[name]))],
        };
    }

    private DataFolders Folders => new(null, null, _folder["cache"], _folder["system"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Batches_in_a_folder_are_verified_one_by_one()
    {
        CifarFiles.WriteFolder(_folder["cache", "small", Form.FolderName], _files);
        var verdicts = _set.Verify(Folders);
        verdicts.Select(verdict => verdict.Name).ShouldBe(Form.FileNames);
        verdicts.ShouldAllBe(verdict => verdict.State == FileState.Verified);
        _set.FindFolder(Folders).ShouldBe(_folder["cache/small"]);
        _set.Load(Folders).Train.Count.ShouldBe(8);
    }

    [Fact]
    public void Missing_and_damaged_batches_are_told_apart()
    {
        var files = CifarFiles.Small10();
        files.Remove("data_batch_2.bin");
        files["data_batch_3.bin"][5] ^= 1;
        files["data_batch_4.bin"] = [1, 2, 3];
        CifarFiles.WriteFolder(_folder["cache", "small"], files);
        _set.Verify(Folders).Select(verdict => verdict.State).ShouldBe(
            [
                FileState.Verified, FileState.Missing, FileState.Damaged, FileState.Damaged, FileState.Verified,
                FileState.Verified,
            ]);
        Should.Throw<InputException>(() => _set.Load(Folders)).Message
            .ShouldContain($"{_folder["cache/small"]} (lacks data_batch_2.bin)");
    }

    [Fact]
    public void An_archive_is_verified_as_a_whole()
    {
        Directory.CreateDirectory(_folder["cache/small"]);
        var target = _folder["cache", "small", Form.ArchiveName];
        File.Copy(_folder["published", Form.ArchiveName], target);
        Verdict().State.ShouldBe(FileState.Verified);
        _set.Load(Folders).Test.Count.ShouldBe(2);

        using (var stream = File.OpenWrite(target))
            stream.WriteByte(0);
        Verdict().Detail.ShouldContain("its SHA-256 is not the published one");
        File.AppendAllText(target, "more");
        Verdict().Detail.ShouldMatch(@"has \d+ bytes, but \d+ were expected");

        FileVerdict Verdict() => _set.Verify(Folders).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_set_that_is_nowhere_says_how_to_get_it() =>
        Should.Throw<InputException>(() => _set.Verify(Folders)).Message.ShouldContain("tombola data get small");

    private static ExactFile Describe(string name, byte[] content) =>
        new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
}
