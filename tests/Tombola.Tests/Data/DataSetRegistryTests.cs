using Tombola.Data;
using Tombola.Data.Cifar;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class DataSetRegistryTests
{
    [Fact]
    public void Sets_are_listed_under_their_own_names()
    {
        DataSetRegistry.Names.ShouldBe(["cifar-10", "cifar-100", "digits", "fashion-mnist", "kmnist", "mnist"]);
        foreach (var name in DataSetRegistry.Names)
            DataSetRegistry.Get(name).Name.ShouldBe(name);
    }

    [Fact]
    public void Every_source_of_the_library_is_registered()
    {
        var types = typeof(DataSetSource).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DataSetSource)) && !type.IsAbstract);
        types.ShouldBe(DataSetRegistry.Sources.Select(source => source.GetType()).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void Every_form_of_the_library_is_recognised()
    {
        var types = typeof(IDataSetForm).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IDataSetForm)) && !type.IsInterface);
        types.ShouldBe(DataSetForms.All.Select(form => form.GetType()).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void Published_sets_are_described_completely()
    {
        foreach (var set in DataSetRegistry.Sources.OfType<IdxDataSet>())
        {
            set.Files.Select(file => file.Name).ShouldBe(IdxFiles.Names);
            set.Files.ShouldAllBe(file => (file.ContentSha256 ?? file.ArchiveSha256)!.Length == 64);
            set.Mirrors.Length.ShouldBeGreaterThan(1);
            set.Mirrors.ShouldAllBe(mirror => mirror.AbsoluteUri.EndsWith('/'));
            (set.TrainCount, set.TestCount, set.Classes).ShouldBe((60_000, 10_000, 10));
            set.ExampleShape.ToString().ShouldBe("[28, 28]");
        }
    }
    [Fact]
    public void Cifar_is_described_completely()
    {
        var sets = DataSetRegistry.Sources.OfType<CifarDataSet>().ToArray();
        sets.Select(set => (set.Name, set.Classes)).ShouldBe([("cifar-10", 10), ("cifar-100", 100)]);
        foreach (var set in sets)
        {
            set.Batches.Select(file => file.Name).ShouldBe(set.Form.FileNames);
            set.Downloads.ShouldBe([set.Archive]);
            set.Batches.Append(set.Archive).ShouldAllBe(file => file.Sha256.Length == 64 && file.Length > 30_000_000);
            set.Mirrors.ShouldAllBe(mirror => mirror.AbsoluteUri.EndsWith('/'));
            (set.TrainCount, set.TestCount, set.ExampleShape).ShouldBe((50_000, 10_000, new Shape(3, 32, 32)));
            set.Standard!.Channels!.Count.ShouldBe(3);
        }
    }
}
