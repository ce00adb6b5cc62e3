using Tombola.Data;

namespace Tombola.Tests.Data;

public sealed class DataSetRegistryTests
{
    [Fact]
    public void Sets_are_listed_under_their_own_names()
    {
        DataSetRegistry.Names.ShouldBe(["digits", "fashion-mnist", "kmnist", "mnist"]);
        foreach (var name in DataSetRegistry.Names)
            DataSetRegistry.Get(name).Name.ShouldBe(name);
    }

    [Fact]
    public void Every_source_of_the_library_is_registered()
    {
        var types = typeof(DataSetSource).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DataSetSource)));
        types.ShouldBe(DataSetRegistry.Sources.Select(source => source.GetType()).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void Published_sets_are_described_completely()
    {
        foreach (var set in DataSetRegistry.Sources.OfType<PublishedDataSet>())
        {
            set.Files.Select(file => file.Name).ShouldBe(IdxFiles.Names);
            set.Files.ShouldAllBe(file => (file.ContentSha256 ?? file.ArchiveSha256)!.Length == 64);
            set.Mirrors.Length.ShouldBeGreaterThan(1);
            set.Mirrors.ShouldAllBe(mirror => mirror.AbsoluteUri.EndsWith('/'));
            (set.TrainCount, set.TestCount, set.Classes).ShouldBe((60_000, 10_000, 10));
            set.ExampleShape.ToString().ShouldBe("[28, 28]");
        }
    }
}
