using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tombola.Tests.Tensors;

/// <summary>Holds a whole step to allocating nothing and to the same bits everywhere.</summary>
public sealed class TrainingStepTests
{
    private const string GoldenBits = "771ffb5c934936e64b36a8eb085923d1ce6c2e64cacad0c7e3ec1f93650da2da";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_steady_step_allocates_nothing(int threads)
    {
        using var step = new TrainingStep(60, threads, 784, 300, 100, 10);
        step.Run(classify: true);
        // The runtime itself allocates now and then, as when it compiles a hot method again; the least is the step's.
        var least = Enumerable.Range(0, 5).Min(_ => AllocatedBy(step, steps: 10));
        least.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bits_of_a_step_depend_on_neither_threads_nor_vector_width(int threads)
    {
        using var step = new TrainingStep(21, threads, 70, 33, 17, 5);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var loss = step.Run(classify: false, dropout: 0.25);
        hash.AppendData(MemoryMarshal.AsBytes([loss]));
        foreach (var parameter in step.Weights.Concat(step.Biases))
            hash.AppendData(MemoryMarshal.AsBytes(parameter.Gradient.Span));
        Convert.ToHexStringLower(hash.GetHashAndReset()).ShouldBe(GoldenBits);
    }

    [Fact]
    public void The_loss_of_classification_falls_along_its_gradient()
    {
        using var step = new TrainingStep(60, threads: 1, 50, 20, 10);
        var first = step.Run(classify: true);
        for (var i = 0; i < 200; i++)
        {
            foreach (var parameter in step.Weights.Concat(step.Biases))
            {
                for (var j = 0; j < parameter.Values.Length; j++)
                    parameter.Values.Span[j] -= 0.5f * parameter.Gradient.Span[j];
            }

            step.Run(classify: true);
        }

        step.Run(classify: true).ShouldBeLessThan(0.9f * first);
    }

    private static long AllocatedBy(TrainingStep step, int steps)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < steps; i++)
            step.Run(classify: true);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
