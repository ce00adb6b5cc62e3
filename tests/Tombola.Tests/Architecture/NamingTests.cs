namespace Tombola.Tests.Architecture;

/// <summary>Holds names to saying what a thing is: files, folders, namespaces and types.</summary>
public sealed class NamingTests
{
    private static readonly string[] Vague =
        ["Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Manager", "Managers", "Base"];

    private static readonly (string Folder, string Namespace)[] Projects =
    [
        ("src/Tombola", "Tombola"),
        ("src/Tombola.Cli", "Tombola.Cli"),
        ("src/Tombola.Studio", "Tombola.Studio"),
        ("bench/Tombola.Benchmarks", "Tombola.Benchmarks"),
        ("tests/Tombola.Tests", "Tombola.Tests"),
        ("tests/Tombola.EndToEnd", "Tombola.EndToEnd"),
        ("tests/Tombola.Faults", "Tombola.Faults"),
        ("tests/Tombola.Slurm", "Tombola.Slurm"),
    ];

    private static IReadOnlyList<string> Sources => Repository.Files("", ".cs");

    [Fact]
    public void No_file_or_folder_has_a_name_that_says_nothing() =>
        Sources.Where(path => path.Split('/', '.').Any(IsVague)).ShouldBeEmpty();

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Library.Types.Select(type => type.FullName)
            .Concat(Sources.SelectMany(path => Types(path).Select(name => $"{path}: {name}")))
            .Where(IsVague)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("TensorUtils", true)]
    [InlineData("src/Tombola/Common", true)]
    [InlineData("Tombola.Tensors.Tensor`1", false)]
    [InlineData("Database", false)]
    public void A_vague_name_is_told_by_its_last_word(string name, bool vague) => IsVague(name).ShouldBe(vague);

    [Fact]
    public void Every_file_is_named_for_a_type_in_it() =>
        Sources
            .Where(path => SourceText.Namespace(Repository.Lines(path)) is not null)
            .Where(path => !Types(path).Contains(Path.GetFileName(path).Split('.')[0]))
            .ShouldBeEmpty();

    [Fact]
    public void Every_namespace_is_that_of_its_folder() =>
        Sources
            .Select(path => (path, found: SourceText.Namespace(Repository.Lines(path)), due: NamespaceOf(path)))
            .Where(file => file.found is not null && file.found != file.due)
            .Select(file => $"{file.path} declares {file.found}, not {file.due}")
            .ShouldBeEmpty();

    private static IEnumerable<string> Types(string path) =>
        SourceText.Types(Repository.Lines(path)).Select(type => type.Name);

    private static bool IsVague(string name) =>
        Vague.Any(word => name.EndsWith(word, StringComparison.Ordinal));

    private static string NamespaceOf(string path)
    {
        var (folder, root) = Projects.FirstOrDefault(project =>
            path.StartsWith(project.Folder + "/", StringComparison.Ordinal));
        return folder is null
            ? "that of a project named in the table of this test"
            : root + string.Concat(path[(folder.Length + 1)..].Split('/').SkipLast(1).Select(part => "." + part));
    }
}
