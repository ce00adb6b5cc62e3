namespace Tombola.EndToEnd;

/// <summary>The packages, installed and used as by a stranger.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void The_tool_installs_from_a_folder_and_runs_quickstart()
    {
        var configuration = AppContext.BaseDirectory.Contains(
            "release", StringComparison.Ordinal) ? "Release" : "Debug";
        var packages = _shop.Path("packages");
        foreach (var project in new[] { "Tombola", "Tombola.Cli" })
            Dotnet("pack", Path.Combine(Cli.Root, "src", project), "--no-build", "-c", configuration, "-o", packages);

        Directory.GetFiles(_shop.Path("packages"), "Tombola.0.1.0.nupkg").ShouldHaveSingleItem();
        File.WriteAllText(_shop.Path("nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{_shop.Path("packages")}" /></packageSources>
            </configuration>
            """);
        Dotnet(
            "tool", "install", "Tombola.Cli", "--tool-path", _shop.Path("tool"), "--configfile",
            _shop.Path("nuget.config"));
        var result = Cli.Start(
            _shop.Path("tool", "tombola"), _shop.Folder, "run", "quickstart", "--levels", "1", "--trials", "1",
            "--set", "training.steps=300");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("winning-ticket");
    }

    [Fact]
    public void The_example_of_the_readme_compiles_and_runs()
    {
        var readme = File.ReadAllText(Path.Combine(Cli.Root, "README.md"));
        var code = readme.Split("```csharp")[1].Split("```")[0];
        var library = Path.Combine(Path.GetDirectoryName(Cli.Path)!, "Tombola.dll");
        Directory.CreateDirectory(_shop.Path("example"));
        File.WriteAllText(_shop.Path("example", "Program.cs"), code);
        File.WriteAllText(_shop.Path("example", "Example.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup><Reference Include="{library}" /></ItemGroup>
            </Project>
            """);
        foreach (var needed in new[] { "System.Numerics.Tensors.dll", "YamlDotNet.dll" })
        {
            Directory.CreateDirectory(_shop.Path("example", "bin"));
            File.Copy(Path.Combine(Path.GetDirectoryName(Cli.Path)!, needed), _shop.Path("example", "bin", needed));
        }

        Dotnet("build", _shop.Path("example"), "-c", "Release", "-o", _shop.Path("example", "bin"));
        var result = Cli.Start("dotnet", _shop.Folder, _shop.Path("example", "bin", "Example.dll"));
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.Split('\n').Count(line => line.Contains("of the weights", StringComparison.Ordinal)).ShouldBe(5);
        result.Output.ShouldContain("A blank image looks like a");
        File.Exists(_shop.Path("ticket.safetensors")).ShouldBeTrue();
    }

    private void Dotnet(params string[] arguments)
    {
        var result = Cli.Start("dotnet", _shop.Folder, arguments);
        result.ExitCode.ShouldBe(0, result.Output + result.Error);
    }
}
