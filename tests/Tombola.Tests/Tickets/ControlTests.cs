using Tombola.Nn.Models;
using Tombola.Tensors;
using Tombola.Tests.Training;
using Tombola.Tickets;
using Tombola.Tickets.Controls;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

/// <summary>What each control keeps of a ticket, and what it destroys.</summary>
public sealed class ControlTests : IDisposable
{
    private const string Layer = "fc1.weight";
    private readonly Model _model;
    private readonly Ticket _ticket;

    public ControlTests()
    {
        _model = ModelRegistry.Create(new ModelOptions { Name = "mlp", Hidden = [40] }, Quarters.Shape, 4);
        _model.Initialise(new Seed(1));
        var masks = _model.Layers.ToDictionary(
            layer => layer.Weight.Name,
            layer => new Mask(layer.Weight.Shape, [.. Enumerable.Range(0, layer.Weight.Shape.Count).Select(
                i => (i * 7919 % 100) < 30)]));
        _ticket = new Ticket(Weights.Capture(_model), masks);
    }

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("constant")]
    [InlineData("noise")]
    [InlineData("random-reinit")]
    [InlineData("shuffle-values")]
    [InlineData("survivor-reinit")]
    [InlineData("keep-training")]
    [InlineData("ticket")]
    public void Controls_of_weights_keep_the_mask(string control) =>
        Apply(control).Masks.ShouldBeSameAs(_ticket.Masks);

    [Theory]
    [InlineData("random-mask")]
    [InlineData("random-mask-by-unit")]
    [InlineData("rearrange")]
    public void Controls_of_masks_keep_the_density_of_each_layer_and_little_of_the_structure(string control)
    {
        var masks = Apply(control).Masks;
        foreach (var (name, mask) in _ticket.Masks)
            masks[name].Survivors.ShouldBe(mask.Survivors);
        var original = _ticket.Masks[Layer];
        var common = Enumerable.Range(0, original.Shape.Count)
            .Count(i => original.Survives[i] && masks[Layer].Survives[i]);
        common.ShouldBeLessThan(original.Survivors / 2, "chance leaves 30 %");
    }

    [Fact]
    public void Values_shuffled_or_rearranged_are_the_same_values()
    {
        float[] before = [.. SurvivorsOf(_ticket).Order()];
        var shuffled = SurvivorsOf(Apply("shuffle-values"));
        shuffled.ShouldNotBe(SurvivorsOf(_ticket));
        shuffled.Order().ShouldBe(before);
        SurvivorsOf(Apply("rearrange")).Order().ShouldBe(before);
    }

    [Fact]
    public void Survivors_are_redrawn_from_their_own_values_and_the_pruned_stay_as_they_were()
    {
        var drawn = Apply("survivor-reinit");
        var pool = SurvivorsOf(_ticket).ToHashSet();
        SurvivorsOf(drawn).ShouldAllBe(value => pool.Contains(value));
        SurvivorsOf(drawn).Distinct().Count().ShouldBeLessThan(pool.Count, "drawn with replacement");
        var (before, after) = (_ticket.Weights[Layer].ToArray(), drawn.Weights[Layer].ToArray());
        for (var i = 0; i < before.Length; i++)
        {
            if (!_ticket.Masks[Layer].Survives[i])
                after[i].ShouldBe(before[i]);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Noise_has_the_asked_multiple_of_the_layers_deviation(double scale)
    {
        var (before, after) = (SurvivorsOf(_ticket), SurvivorsOf(Apply("noise", scale)));
        var noise = Math.Sqrt(after.Zip(before).Average(pair => Math.Pow(pair.First - pair.Second, 2)));
        (noise / DeviationOf(Layer)).ShouldBe(scale, 0.2 * scale);
    }

    [Fact]
    public void Constants_have_the_layers_deviation_and_both_signs()
    {
        var values = SurvivorsOf(Apply("constant"));
        values.ShouldAllBe(value => Math.Abs(Math.Abs(value) - DeviationOf(Layer)) < 1e-6);
        ((double)values.Count(value => value > 0) / values.Length).ShouldBe(0.5, 0.2);
    }

    [Fact]
    public void Units_keep_the_number_of_their_inputs()
    {
        var (before, after) = (_ticket.Masks[Layer], Apply("random-mask-by-unit").Masks[Layer]);
        var columns = before.Shape[1];
        for (var unit = 0; unit < before.Shape[0]; unit++)
        {
            after.Survives.Slice(unit * columns, columns).Count(true)
                .ShouldBe(before.Survives.Slice(unit * columns, columns).Count(true));
        }
    }

    [Fact]
    public void Inversion_lets_the_others_survive()
    {
        var inverted = Apply("invert").Masks[Layer];
        for (var i = 0; i < inverted.Shape.Count; i++)
            inverted.Survives[i].ShouldBe(!_ticket.Masks[Layer].Survives[i]);
    }

    [Fact]
    public void Kept_signs_are_those_of_the_ticket()
    {
        var changed = Signs.Keep(Apply("constant"), _ticket);
        SurvivorsOf(changed).Zip(SurvivorsOf(_ticket))
            .ShouldAllBe(pair => Math.Sign(pair.First) == Math.Sign(pair.Second));
        SurvivorsOf(changed).ShouldAllBe(value => Math.Abs(Math.Abs(value) - DeviationOf(Layer)) < 1e-6);
    }

    [Fact]
    public void The_seed_decides()
    {
        string[] drawing =
        [
            "constant", "noise", "random-mask", "random-mask-by-unit", "random-reinit", "rearrange", "shuffle-values",
            "survivor-reinit",
        ];
        foreach (var control in drawing)
        {
            SurvivorsOf(Apply(control)).ShouldBe(SurvivorsOf(Apply(control)), control);
            SurvivorsOf(Apply(control, seed: 10)).ShouldNotBe(SurvivorsOf(Apply(control)), control);
        }
    }

    [Fact]
    public void Branches_are_named_by_what_departs_from_the_defaults()
    {
        new ControlOptions { Name = "noise" }.Branch.ShouldBe("noise");
        new ControlOptions { Name = "noise", Scale = 0.5, OtherOrder = true }.Branch.ShouldBe("noise-0.5-other-order");
        new ControlOptions { Name = "constant", KeepSigns = true }.Branch.ShouldBe("constant-signed");
    }

    private Ticket Apply(string control, double scale = 1, ulong seed = 9) =>
        ControlRegistry.Get(control).Apply(new ControlInput(_ticket, _model, new Seed(seed), scale));

    private double DeviationOf(string layer)
    {
        var values = _ticket.Weights[layer].ToArray();
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2)));
    }

    private static float[] SurvivorsOf(Ticket ticket)
    {
        var (values, mask) = (ticket.Weights[Layer].ToArray(), ticket.Masks[Layer]);
        return [.. Enumerable.Range(0, values.Length).Where(i => mask.Survives[i]).Select(i => values[i])];
    }
}
