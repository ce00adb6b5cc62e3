using Tombola.Data;
using Tombola.Nn.Models;
using Tombola.Tickets;

namespace Tombola.Analysis;

/// <summary>The test examples of a run, and what its trained networks answer to them.</summary>
internal sealed class TestSet
{
    private const int Chunk = 512;

    private readonly AnalysedRun _run;
    private readonly DataSet _data;
    private readonly string _content;

    private TestSet(AnalysedRun run, DataSet data) =>
        (_run, _data, _content) = (run, data, TicketGraph.ContentHash(data));

    /// <summary>The label of each example.</summary>
    internal ReadOnlyMemory<byte> Labels => _data.Test.Labels;

    /// <summary>Number of classes.</summary>
    internal int Classes => _data.Test.Classes;

    /// <summary>Loads the data set that an experiment names.</summary>
    /// <param name="run">The run.</param>
    /// <param name="experiment">Which of its experiments, by the full name.</param>
    /// <param name="folders">Where data sets are looked for.</param>
    /// <exception cref="InputException">The data set is not found or damaged.</exception>
    internal static TestSet Load(AnalysedRun run, string experiment, DataFolders folders)
    {
        var study = RunFolder.ReadStudy(run.Folder);
        var described = study.Variants.FirstOrDefault(variant => variant.FullName == experiment)
            ?? throw new InputException(
                $"{run.Folder}: its description has no experiment '{experiment}', as its results have; run it again.");
        return new TestSet(run, DataSetLoader.Load(described.Data.Name, folders));
    }

    /// <summary>Computes what a trained network takes each class's probability to be, for every test example.</summary>
    /// <param name="training">A training of the run.</param>
    /// <returns>[examples × classes], example by example.</returns>
    /// <exception cref="InputException">The network was trained on other examples.</exception>
    internal double[] Probabilities(AnalysedTraining training)
    {
        var recipe = _run.RecipeOf(training);
        if (recipe.Data.Content != _content)
        {
            throw new InputException(
                $"{training.Label}: was trained on other examples than those of '{_data.Name}' found now; name the "
                + "folder of its data set with --data.");
        }

        var masks = _run.MasksOf(training).ToDictionary(layer => layer.Name, layer => layer.Mask);
        var model = ModelRegistry.Create(recipe.Model, _data.Test.ExampleShape, Classes);
        using var network = new Ticket(_run.FinalOf(training), masks).Compile(model, _data.Test.ExampleShape);
        return Answer(network, recipe.Data.Normalisation);
    }

    private double[] Answer(CompiledTicket network, Normalisation normalisation)
    {
        var (test, features) = (_data.Test, _data.Test.Features);
        var probabilities = new double[test.Count * Classes];
        var inputs = new float[Chunk * features];
        for (var start = 0; start < test.Count; start += Chunk)
        {
            var count = Math.Min(Chunk, test.Count - start);
            for (var i = 0; i < count; i++)
            {
                normalisation.Apply(
                    test.Pixels.Span.Slice((start + i) * features, features), inputs.AsSpan(i * features, features));
            }

            var logits = network.PredictBatch(inputs.AsSpan(0, count * features), count);
            for (var i = 0; i < count; i++)
            {
                Softmax(
                    logits.AsSpan(i * Classes, Classes), probabilities.AsSpan((start + i) * Classes, Classes));
            }
        }

        return probabilities;
    }

    private static void Softmax(ReadOnlySpan<float> logits, Span<double> probabilities)
    {
        var (largest, sum) = (float.NegativeInfinity, 0.0);
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        for (var i = 0; i < logits.Length; i++)
            sum += probabilities[i] = Math.Exp((double)logits[i] - largest);
        for (var i = 0; i < logits.Length; i++)
            probabilities[i] /= sum;
    }
}
