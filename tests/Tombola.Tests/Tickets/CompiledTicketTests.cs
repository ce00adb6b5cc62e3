using Tombola.Nn.Models;
using Tombola.Numerics.Random;
using Tombola.Tensors;
using Tombola.Tests.Training;
using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

public sealed class CompiledTicketTests
{
    private const int Features = 64;
    private static readonly ModelOptions Options = new() { Name = "mlp", Hidden = [30, 20] };

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    [InlineData(0.02)]
    public void One_example_and_a_batch_get_the_same_answers(double density)
    {
        using var compiled = Ticket(density).Compile(Create());
        const int count = 21;
        var examples = new float[count * Features];
        new RandomStream(new Seed(5), "examples").FillNormal(examples, 1);
        foreach (ref var x in examples.AsSpan())
            x = Math.Max(x, 0);
        var batch = compiled.PredictBatch(examples, count);
        for (var i = 0; i < count; i++)
        {
            var one = compiled.Predict(examples.AsSpan(i * Features, Features));
            for (var c = 0; c < one.Length; c++)
                one[c].ShouldBe(batch[(i * one.Length) + c], 1e-4f);
            compiled.Classify(examples.AsSpan(i * Features, Features)).ShouldBe(Array.IndexOf(one, one.Max()));
        }
    }

    [Fact]
    public void A_network_sees_batches_in_the_shape_of_the_examples()
    {
        var recorder = new ShapeRecorder(Create());
        using var compiled = Ticket(1).Compile(recorder, new Shape(4, 2, 8));
        compiled.PredictBatch(new float[3 * Features], 3).ShouldBe(
            Ticket(1).Compile(Create()).PredictBatch(new float[3 * Features], 3));
        recorder.Seen.ShouldBe([new Shape(4, 2, 8, 3)]);
    }

    [Fact]
    public void An_answer_allocates_nothing()
    {
        using var compiled = Ticket(0.1).Compile(Create());
        var (example, logits) = (new float[Features], new float[5]);
        compiled.Predict(example, logits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        compiled.Predict(example, logits);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_ticket_survives_its_file_and_refuses_another_model()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "ticket.safetensors");
        var ticket = Ticket(0.2);
        ticket.Save(path);
        var read = Tombola.Tickets.Ticket.Load(path);
        read.Masks["fc1.weight"].ShouldBe(ticket.Masks["fc1.weight"]);
        read.Weights["fc2.weight"].ToArray().ShouldBe(ticket.Weights["fc2.weight"].ToArray());
        (read.WeightsRemaining, read.WeightsTotal).ShouldBe((ticket.WeightsRemaining, ticket.WeightsTotal));
        using var other = ModelRegistry.Create(new ModelOptions { Name = "mlp", Hidden = [7] }, new Shape(8, 8), 5);
        Should.Throw<InputException>(() => read.Weights.Restore(other));
    }

    private static Model Create() => ModelRegistry.Create(Options, new Shape(8, 8), 5);

    private static Ticket Ticket(double density)
    {
        using var model = Create();
        model.Initialise(new Seed(1));
        var masks = model.Layers.ToDictionary(layer => layer.Weight.Name, layer =>
        {
            var scores = new float[layer.Weight.Shape.Count];
            new RandomStream(new Seed(2), layer.Weight.Name).FillUniform(scores, 0, 1);
            return new Mask(layer.Weight.Shape, [.. scores.Select(score => score < density)]);
        });
        return new Ticket(Weights.Capture(model), masks);
    }
}
