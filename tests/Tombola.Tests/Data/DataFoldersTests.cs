using Tombola.Data;

namespace Tombola.Tests.Data;

public sealed class DataFoldersTests
{
    [Fact]
    public void Folders_are_searched_from_the_most_to_the_least_particular() =>
        new DataFolders("/given", "/preferred", "/cache", "/system").Candidates("mnist").ShouldBe(
            ["/given/mnist", "/given", "/preferred/mnist", "/cache/mnist", "/system/mnist"]);

    [Fact]
    public void Folders_that_were_not_named_are_left_out() =>
        new DataFolders(null, null, "/cache", "/system").Candidates("mnist")
            .ShouldBe(["/cache/mnist", "/system/mnist"]);

    [Theory]
    [InlineData("XDG_CACHE_HOME=/xdg;HOME=/home/ann", "/xdg/tombola/data")]
    [InlineData("XDG_CACHE_HOME=;HOME=/home/ann", "/home/ann/.cache/tombola/data")]
    [InlineData("HOME=/home/ann", "/home/ann/.cache/tombola/data")]
    public void The_cache_follows_the_environment(string variables, string cache)
    {
        var folders = Folders("/given", variables + ";TOMBOLA_DATA=/data");
        folders.ShouldBe(new DataFolders("/given", "/data", cache, "/usr/share/datasets"));
    }

    [Fact]
    public void An_empty_variable_names_no_folder() =>
        Folders(null, "HOME=/home/ann;TOMBOLA_DATA=").Preferred.ShouldBeNull();

    private static DataFolders Folders(string? given, string variables)
    {
        var table = variables.Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return DataFolders.FromEnvironment(given, table.GetValueOrDefault);
    }
}
