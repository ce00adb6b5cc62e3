using Tombola.Formats;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Tests.Tickets;

/// <summary>A description says which kind it is, and each kind refuses the others.</summary>
public sealed class ExperimentKindTests
{
    [Theory]
    [InlineData("name: x", "tickets")]
    [InlineData("kind: tickets\nname: x", "tickets")]
    [InlineData("kind: xor\nname: x", "xor")]
    public void The_kind_is_read_and_is_tickets_where_it_is_not_said(string yaml, string expected) =>
        ExperimentKind.Of(ConfigReader.Parse(yaml, "x.yaml")).ShouldBe(expected);

    [Fact]
    public void An_unknown_kind_is_named_with_its_place() =>
        Should.Throw<InputException>(() => ExperimentKind.Of(ConfigReader.Parse("name: x\nkind: xo", "x.yaml")))
            .Message.ShouldBe("x.yaml:2:7: kind: expected one of tickets, xor, got 'xo'. Did you mean 'xor'?");

    [Fact]
    public void Each_kind_refuses_the_others()
    {
        ExperimentFile.Bind(ConfigReader.Parse("kind: tickets\nname: x", "x.yaml")).Name.ShouldBe("x");
        Should.Throw<InputException>(() => ExperimentFile.Bind(ConfigReader.Parse("kind: xor\nname: x", "x.yaml")))
            .Message.ShouldContain("kind: expected one of tickets, got 'xor'");
        Should.Throw<InputException>(() => XorFile.Bind(ConfigReader.Parse("kind: tickets\nname: x", "x.yaml")))
            .Message.ShouldContain("kind: expected one of xor, got 'tickets'");
    }

    [Fact]
    public void The_kind_of_a_run_is_in_its_description()
    {
        using var folder = new TemporaryFolder();
        var path = folder["experiment.json"];
        File.WriteAllText(path, CanonicalJson.Pretty(new TicketExperiment { Name = "x" }));
        ExperimentKind.OfRun(folder.Path).ShouldBe("tickets");
        File.WriteAllText(path, CanonicalJson.Pretty(new XorExperiment { Name = "x" }));
        ExperimentKind.OfRun(folder.Path).ShouldBe("xor");
    }
}
