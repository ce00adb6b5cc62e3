using System.Text.Json;
using Tombola.Formats;

namespace Tombola.Training;

/// <summary>The files that a training leaves: <c>curves.csv</c> and <c>result.json</c>.</summary>
public static class TrainingFiles
{
    /// <summary>The columns of <c>curves.csv</c>.</summary>
    public static IReadOnlyList<string> CurveColumns { get; } =
        ["step", "learning_rate", "train_loss", "val_loss", "val_accuracy", "test_loss", "test_accuracy", "seconds"];

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    /// <summary>Writes both files.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="result">What the training came to.</param>
    public static void Write(string folder, TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using (var csv = new CsvWriter(Path.Combine(folder, "curves.csv"), CurveColumns))
        {
            foreach (var point in result.Curve)
            {
                csv.Write(
                    point.Step, point.LearningRate, double.IsNaN(point.TrainLoss) ? null : point.TrainLoss,
                    point.ValidationLoss, point.ValidationAccuracy, point.TestLoss, point.TestAccuracy, point.Seconds);
            }
        }

        File.WriteAllText(
            Path.Combine(folder, "result.json"), JsonSerializer.Serialize(result with { Curve = [] }, Json) + "\n");
    }

    /// <summary>Reads what <see cref="Write"/> wrote, without the curve.</summary>
    /// <param name="folder">The folder of the training.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static TrainingResult ReadResult(string folder)
    {
        var path = Path.Combine(folder, "result.json");
        try
        {
            return JsonSerializer.Deserialize<TrainingResult>(File.ReadAllText(path), Json)
                ?? throw new InputException($"{path}: expected the result of a training, found nothing.");
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new InputException($"{path}: cannot be read as the result of a training ({exception.Message}).", exception);
        }
    }
}
