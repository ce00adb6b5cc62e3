namespace Tombola.Tests.Architecture;

/// <summary>Holds files, types, methods and lines of the sources to sizes that a reader can take in.</summary>
public sealed class SizeTests
{
    private const int FileLimit = 400;
    private const int FileNorm = 200;
    private const int TypeLimit = 250;
    private const int MethodLimit = 60;
    private const int KernelLimit = 120;
    private const int MethodNorm = 25;
    private const int LineLimit = 120;

    /// <summary>What may exceed a limit, each with its reason: a path, or a method as reported.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    private static IReadOnlyList<string> Sources => Repository.Files("src", ".cs");

    [Fact]
    public void No_file_is_longer_than_its_limit() =>
        Sources.Select(path => (path, Repository.Lines(path).Length)).ShouldAllFit(FileLimit, Exceptions);

    [Fact]
    public void Nine_files_in_ten_are_within_the_norm() =>
        NinthDecile(Sources.Select(path => Repository.Lines(path).Length)).ShouldBeLessThanOrEqualTo(FileNorm);

    [Fact]
    public void No_type_is_longer_than_its_limit() =>
        Sources
            .SelectMany(path => SourceText.Types(Repository.Lines(path))
                .Select(type => ($"{path}: {type.Name}", type.Lines)))
            .ShouldAllFit(TypeLimit, Exceptions);

    [Fact]
    public void No_method_is_longer_than_its_limit()
    {
        var methods = MethodSizes.All().ToLookup(method => method.Folder == "Numerics");
        methods[false].Select(method => (method.Name, method.Lines)).ShouldAllFit(MethodLimit, Exceptions);
        methods[true].Select(method => (method.Name, method.Lines)).ShouldAllFit(KernelLimit, Exceptions);
    }

    [Fact]
    public void Nine_methods_in_ten_are_within_the_norm() =>
        NinthDecile(MethodSizes.All().Where(method => method.Written).Select(method => method.Lines))
            .ShouldBeLessThanOrEqualTo(MethodNorm);

    [Fact]
    public void No_line_is_wider_than_its_limit() =>
        Repository.Files("", ".cs")
            .SelectMany(path => Repository.Lines(path).Select((line, index) => ($"{path}:{index + 1}", line.Length)))
            .ShouldAllFit(LineLimit, Exceptions);

    [Fact]
    public void Every_exception_gives_a_reason() =>
        Exceptions.Where(exception => exception.Value.Length < 20).ShouldBeEmpty();

    [Fact]
    public void The_sizes_of_a_known_type_and_method_are_measured()
    {
        string[] lines = ["namespace N;", "", "public sealed class A", "{", "    int _x;", "}", "", "enum B { C }"];
        SourceText.Types(lines).ShouldBe([("A", 4), ("B", 1)]);
        MethodSizes.All().ShouldContain(method =>
            method.Name.Contains("InputException::EditDistance", StringComparison.Ordinal) && method.Lines > 15);
    }

    private static int NinthDecile(IEnumerable<int> sizes)
    {
        var sorted = sizes.Order().ToArray();
        return sorted[(int)Math.Ceiling(0.9 * sorted.Length) - 1];
    }
}
