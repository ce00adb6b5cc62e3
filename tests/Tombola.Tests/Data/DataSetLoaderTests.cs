using Tombola.Data;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class DataSetLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private DataFolders Folders => new(_folder["given"], _folder["preferred"], _folder["cache"], _folder["system"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("given/mnist", ".gz")]
    [InlineData("given", ".gz")]
    [InlineData("preferred/mnist", "")]
    [InlineData("cache/mnist", ".gz")]
    [InlineData("system/mnist", "")]
    public void A_named_set_is_found_wherever_it_lies(string place, string suffix)
    {
        Images.WriteSmallSet(_folder[place], suffix);
        var data = DataSetLoader.Load("mnist", Folders);
        (data.Name, data.Train.Count, data.Test.Count).ShouldBe(("mnist", 6, 4));
        data.Train.ExampleShape.ShouldBe(new Shape(4, 4));
        data.Train.Pixels.ToArray().ShouldBe(Images.Random(6, new Shape(4, 4)).Pixels.ToArray());
    }

    [Fact]
    public void The_given_folder_comes_first()
    {
        Images.WriteSmallSet(_folder["cache/mnist"], seed: 1);
        Images.WriteSmallSet(_folder["given/mnist"], seed: 2);
        DataSetLoader.Load("mnist", Folders).Train.Labels.ToArray()
            .ShouldBe(Images.Random(6, new Shape(4, 4), seed: 2).Labels.ToArray());
    }

    [Fact]
    public void A_folder_is_taken_in_place_of_a_name()
    {
        Images.WriteSmallSet(_folder["mine"], "");
        foreach (var path in Directory.GetFiles(_folder["mine"]))
            File.Move(path, path.Replace("-idx", ".idx", StringComparison.Ordinal));
        var data = DataSetLoader.Load(_folder["mine"], Folders);
        data.Train.Classes.ShouldBe(data.Train.Labels.ToArray().Max() + 1);
    }

    [Fact]
    public void A_set_that_is_nowhere_lists_the_places_and_the_remedy()
    {
        Images.WriteSmallSet(_folder["cache/mnist"]);
        File.Delete(_folder["cache", "mnist", "t10k-labels-idx1-ubyte.gz"]);
        var message = Failure("mnist");
        message.ShouldContain(_folder["given/mnist"]);
        message.ShouldContain(_folder["cache/mnist"] + " (lacks t10k-labels-idx1-ubyte)");
        message.ShouldContain("`tombola data get mnist` or give --download");
    }

    [Fact]
    public void An_unknown_name_points_to_the_nearest() =>
        Failure("fashon-mnist").ShouldContain("Did you mean 'fashion-mnist'?");

    [Fact]
    public void A_folder_without_the_files_says_which_are_missing() =>
        Failure(_folder.Path).ShouldContain("no train-images-idx3-ubyte, no train-labels-idx1-ubyte");

    [Fact]
    public void Counts_that_differ_are_refused() =>
        Failure(With(IdxFiles.TrainLabelsName, new Shape(5), new byte[5]))
            .ShouldContain("holds 5 labels, but");

    [Fact]
    public void A_label_out_of_range_is_refused() =>
        Failure(With(IdxFiles.TestLabelsName, new Shape(4), [0, 1, 200, 1]))
            .ShouldContain("label 200 of example 2 is outside 0 to");

    [Fact]
    public void Images_and_labels_in_each_others_place_are_refused()
    {
        Failure(With(IdxFiles.TrainImagesName, new Shape(6), new byte[6])).ShouldContain("images have three or four");
        Failure(With(IdxFiles.TrainLabelsName, new Shape(6, 1, 1), new byte[6])).ShouldContain("labels have one");
    }

    [Fact]
    public void Images_of_another_size_are_refused() =>
        Failure(With(IdxFiles.TestImagesName, new Shape(4, 5, 4), new byte[80]))
            .ShouldContain("has images of [5, 4], but");

    [SkippableFact]
    public void Fashion_mnist_of_the_system_is_found_and_verified()
    {
        var folders = new DataFolders(null, null, _folder["cache"], DataFolders.DefaultSystem);
        var set = (PublishedDataSet)DataSetRegistry.Get("fashion-mnist");
        Skip.If(set.FindFolder(folders) is null, "dataset-fashion-mnist is not installed");
        var data = DataSetLoader.Load("fashion-mnist", folders);
        (data.Train.Count, data.Test.Count).ShouldBe((60_000, 10_000));
        DataSetRegistry.Get("fashion-mnist").Verify(folders)
            .ShouldAllBe(verdict => verdict.State == FileState.Verified);

        var mistaken = folders with { Given = Path.Combine(DataFolders.DefaultSystem, "fashion-mnist") };
        Should.Throw<InputException>(() => DataSetLoader.Load("mnist", mistaken))
            .Message.ShouldContain("belongs to 'fashion-mnist', not to 'mnist'");
    }

    // A small set with one of its files replaced.
    private string With(string name, Shape shape, byte[] content)
    {
        var folder = _folder["replaced"];
        Images.WriteSmallSet(folder);
        IdxWriter.Write(Path.Combine(folder, name + ".gz"), new IdxArray(shape, content));
        return folder;
    }

    private string Failure(string nameOrPath)
    {
        var message = Should.Throw<InputException>(() => DataSetLoader.Load(nameOrPath, Folders)).Message;
        message.ShouldNotContain("\n");
        return message;
    }
}
