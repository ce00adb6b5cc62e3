using Tombola.Nn.Initialisers;

namespace Tombola.Tests.Nn.Initialisers;

public class InitialiserRegistryTests
{
    [Fact]
    public void Every_name_is_listed_as_it_is_written() =>
        InitialiserRegistry.All.Select(entry => entry.Name).ShouldBe([
            "constant(x)", "glorot-normal", "glorot-uniform", "kaiming-normal", "kaiming-uniform", "normal(x)",
            "truncated-normal(x)", "uniform(x)",
        ]);

    [Theory]
    [InlineData("glorot-norml", "Did you mean 'glorot-normal'?")]
    [InlineData("", "Unknown initialiser ''.")]
    [InlineData("glorot-normal(2)", "takes no number")]
    [InlineData("normal", "for example 'normal(0.1)'")]
    [InlineData("normal(", "for example 'normal(0.1)'")]
    [InlineData("normal()", "for example 'normal(0.1)'")]
    [InlineData("normal(0.1", "for example 'normal(0.1)'")]
    [InlineData("normal(0,1)", "for example 'normal(0.1)'")]
    [InlineData("normal(wide)", "for example 'normal(0.1)'")]
    [InlineData("normal(NaN)", "for example 'normal(0.1)'")]
    [InlineData("uniform(1e39)", "for example 'uniform(0.1)'")]
    [InlineData("truncated-normal(-0.1)", "a number of 0 or more")]
    public void Malformed_texts_are_refused_in_one_line(string text, string expected)
    {
        var message = Should.Throw<InputException>(() => InitialiserRegistry.Parse(text)).Message;
        message.ShouldContain(expected);
        message.ShouldContain($"'{text}'");
        message.ShouldNotContain("\n");
    }
}
