using Tombola.Nn.Models;
using Tombola.Tensors;
using Tombola.Tests.Training;
using Tombola.Tickets;
using Tombola.Tickets.Controls;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

public sealed class TicketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Comes_back_from_a_file()
    {
        var ticket = Create();
        ticket.Save(_folder["ticket.safetensors"]);
        var loaded = Ticket.Load(_folder["ticket.safetensors"]);
        loaded.Masks.Keys.ShouldBe(["fc1.weight"]);
        loaded.Masks["fc1.weight"].ShouldBe(ticket.Masks["fc1.weight"]);
        loaded.Weights.Names.ShouldBe(ticket.Weights.Names);
        foreach (var name in ticket.Weights.Names)
            loaded.Weights[name].ToArray().ShouldBe(ticket.Weights[name].ToArray());
        (loaded.WeightsRemaining, loaded.WeightsTotal, loaded.Density).ShouldBe((107, 320, 107 / 320.0));
    }

    [Fact]
    public void Is_refused_by_another_model_which_stays_as_it_was()
    {
        var ticket = Create();
        using var wider = ModelRegistry.Create(new ModelOptions { Name = "mlp", Hidden = [6] }, Quarters.Shape, 4);
        wider.Initialise(new Seed(4));
        var before = Weights.Capture(wider)["fc1.weight"].ToArray();
        var message = Should.Throw<InputException>(() => ticket.ApplyTo(wider)).Message;
        message.ShouldContain("'fc1.weight'");
        message.ShouldContain("another model");
        Weights.Capture(wider)["fc1.weight"].ToArray().ShouldBe(before);
    }

    [Fact]
    public void Of_a_whole_network_replaces_the_masks_that_were_there()
    {
        using var model = CreateModel();
        var whole = new Ticket(Weights.Capture(model), new Dictionary<string, Mask>());
        Create().ApplyTo(model);
        model.Layers[0].Weight.Mask.ShouldNotBeNull();
        whole.ApplyTo(model);
        model.Layers[0].Weight.Mask.ShouldBeNull();
        Weights.Capture(model)["fc1.weight"].ToArray().ShouldBe(whole.Weights["fc1.weight"].ToArray());
    }

    [Fact]
    public void Random_reinitialisation_keeps_the_mask_and_draws_other_values_by_the_seed()
    {
        var ticket = Create();
        using var model = CreateModel();
        Ticket Drawn(ulong seed) =>
            ControlRegistry.Get("random-reinit").Apply(new ControlInput(ticket, model, new Seed(seed), 1));
        var control = Drawn(5);
        control.Masks.ShouldBe(ticket.Masks);
        var (values, original) = (control.Weights["fc1.weight"].ToArray(), ticket.Weights["fc1.weight"].ToArray());
        values.Zip(original).Count(pair => pair.First == pair.Second).ShouldBeLessThan(5);
        Drawn(5).Weights["fc1.weight"].ToArray().ShouldBe(values);
        Drawn(6).Weights["fc1.weight"].ToArray().ShouldNotBe(values);
    }

    [Fact]
    public void Every_control_is_registered()
    {
        var written = typeof(IControl).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IControl)) && !type.IsInterface);
        ControlRegistry.All.Select(entry => ControlRegistry.Get(entry.Name).GetType())
            .ShouldBe(written, ignoreOrder: true);
        ControlRegistry.All.ShouldAllBe(entry => entry.Description.Length > 10);
        Should.Throw<InputException>(() => ControlRegistry.Get("random-reini")).Message
            .ShouldContain("'random-reinit'");
    }

    private static Model CreateModel()
    {
        var model = ModelRegistry.Create(new ModelOptions { Name = "mlp", Hidden = [5] }, Quarters.Shape, 4);
        model.Initialise(new Seed(1));
        return model;
    }

    private static Ticket Create()
    {
        using var model = CreateModel();
        var mask = new Mask(new Shape(5, 64), [.. Enumerable.Range(0, 320).Select(i => i % 3 == 0)]);
        return new Ticket(Weights.Capture(model), new Dictionary<string, Mask> { ["fc1.weight"] = mask });
    }
}
