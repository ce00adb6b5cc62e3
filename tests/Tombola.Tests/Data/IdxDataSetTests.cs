using Tombola.Data;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class IdxDataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IdxDataSet _set;

    public IdxDataSetTests()
    {
        Images.WriteSmallSet(_folder["cache/small"]);
        var files = IdxFiles.Names.Select(name =>
        {
            var array = IdxReader.Read(_folder["cache", "small", name + ".gz"]);
            return new IdxFile(name, array.Shape, array.ContentSha256());
        });
        _set = new IdxDataSet("small", "A small set", [.. files], [], null);
    }

    private DataFolders Folders => new(null, null, _folder["cache"], _folder["system"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_description_gives_counts_and_shape() =>
        (_set.TrainCount, _set.TestCount, _set.ExampleShape).ShouldBe((6, 4, new Shape(4, 4)));

    [Fact]
    public void Published_files_are_verified() => States(_set).ShouldAllBe(state => state == FileState.Verified);

    [Fact]
    public void Files_without_a_known_hash_are_sound() =>
        States(_set with { Files = [.. _set.Files.Select(file => file with { ContentSha256 = null })] })
            .ShouldAllBe(state => state == FileState.Sound);

    [Fact]
    public void Missing_and_damaged_files_are_told_apart()
    {
        File.Delete(_folder["cache", "small", "train-labels-idx1-ubyte.gz"]);
        File.WriteAllBytes(_folder["cache", "small", "t10k-images-idx3-ubyte.gz"], [1, 2, 3, 4, 5]);
        var others = new IdxArray(new Shape(4), new byte[] { 9, 9, 9, 9 });
        IdxWriter.Write(_folder["cache", "small", "t10k-labels-idx1-ubyte.gz"], others);
        States(_set).ShouldBe([FileState.Verified, FileState.Missing, FileState.Damaged, FileState.Damaged]);
    }

    [Fact]
    public void A_complete_folder_is_judged_before_an_incomplete_one()
    {
        Images.WriteSmallSet(_folder["system/small"]);
        File.Delete(_folder["cache", "small", "train-labels-idx1-ubyte.gz"]);
        _set.Verify(Folders).ShouldAllBe(verdict => verdict.Path.StartsWith(_folder["system"]));
    }

    [Fact]
    public void A_set_that_is_nowhere_cannot_be_judged() =>
        Should.Throw<InputException>(() => (_set with { Name = "absent" }).Verify(Folders))
            .Message.ShouldContain("tombola data get absent");

    private IEnumerable<FileState> States(PublishedDataSet set) => set.Verify(Folders).Select(verdict => verdict.State);
}
