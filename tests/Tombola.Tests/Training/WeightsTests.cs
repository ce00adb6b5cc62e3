using Tombola.Formats;
using Tombola.Nn.Models;
using Tombola.Tensors;
using Tombola.Training;

namespace Tombola.Tests.Training;

public sealed class WeightsTests : IDisposable
{
    private static readonly ModelOptions Options = new() { Name = "mlp", Hidden = [5] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Come_back_from_a_file_bit_by_bit()
    {
        using var model = Create(seed: 1);
        model.Layers[0].Weight.Values.Span[0] = -0f;
        var weights = Weights.Capture(model);
        weights.Save(_folder["w.safetensors"]);
        var loaded = Weights.Load(_folder["w.safetensors"]);
        loaded.Names.ShouldBe(["fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight"]);
        foreach (var name in weights.Names)
        {
            loaded[name].ToArray().Select(BitConverter.SingleToInt32Bits)
                .ShouldBe(weights[name].ToArray().Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void Do_not_follow_the_network_they_were_taken_from()
    {
        using var model = Create(seed: 1);
        var weights = Weights.Capture(model);
        var first = weights["fc1.weight"].ToArray();
        model.Initialise(new Seed(2));
        weights["fc1.weight"].ToArray().ShouldBe(first);
        weights.Restore(model);
        Weights.Capture(model)["fc1.weight"].ToArray().ShouldBe(first);
    }

    [Fact]
    public void Leave_pruned_weights_at_zero()
    {
        using var model = Create(seed: 1);
        var weights = Weights.Capture(model);
        var shape = model.Layers[0].Weight.Shape;
        model.Layers[0].Weight.SetMask(new Mask(shape, [.. Enumerable.Range(0, shape.Count).Select(i => i % 2 == 0)]));
        weights.Restore(model);
        var restored = Weights.Capture(model)["fc1.weight"].ToArray();
        for (var i = 0; i < restored.Length; i++)
            restored[i].ShouldBe(i % 2 == 0 ? weights["fc1.weight"].Span[i] : 0);
    }

    [Fact]
    public void Of_another_model_are_refused_by_name_and_shape()
    {
        using var model = Create(seed: 1);
        using var wider = ModelRegistry.Create(Options with { Hidden = [6] }, Quarters.Shape, 4);
        using var deeper = ModelRegistry.Create(Options with { Hidden = [5, 4] }, Quarters.Shape, 4);
        var weights = Weights.Capture(model);
        var message = Should.Throw<InputException>(() => weights.Restore(wider)).Message;
        message.ShouldContain("[5, 64]");
        message.ShouldContain("'fc1.weight'");
        message.ShouldContain("[6, 64]");
        Should.Throw<InputException>(() => weights.Restore(deeper)).Message.ShouldContain("another model");
        Should.Throw<KeyNotFoundException>(() => weights["fc9.weight"]);
    }

    [Fact]
    public void Of_another_type_or_a_damaged_file_are_refused()
    {
        var path = _folder["mask.safetensors"];
        Safetensors.Write(path, [NamedTensor.OfBooleans("m", new Shape(2), [true, false])]);
        Should.Throw<InputException>(() => Weights.Load(path));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Should.Throw<InputException>(() => Weights.Load(path)).Message.ShouldContain("mask.safetensors");
        Should.Throw<InputException>(() => Weights.Load(_folder["none.safetensors"]));
    }

    private static Model Create(ulong seed)
    {
        var model = ModelRegistry.Create(Options, Quarters.Shape, 4);
        model.Initialise(new Seed(seed));
        return model;
    }
}
