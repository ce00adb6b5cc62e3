using Tombola.Formats;

namespace Tombola.Training;

/// <summary>The files that a training leaves: <c>curves.csv</c> and <c>result.json</c>.</summary>
public static class TrainingFiles
{
    private const string CurveFile = "curves.csv";

    /// <summary>The columns of <c>curves.csv</c>.</summary>
    public static IReadOnlyList<string> CurveColumns { get; } =
        ["step", "learning_rate", "train_loss", "val_loss", "val_accuracy", "test_loss", "test_accuracy", "seconds"];

    /// <summary>Writes both files.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="result">What the training came to.</param>
    public static void Write(string folder, TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        WriteCurve(folder, result.Curve);
        File.WriteAllText(Path.Combine(folder, "result.json"), CanonicalJson.Pretty(result with { Curve = [] }));
    }

    /// <summary>Reads what <see cref="Write"/> wrote, without the curve.</summary>
    /// <param name="folder">The folder of the training.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static TrainingResult ReadResult(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return CanonicalJson.ReadFile<TrainingResult>(Path.Combine(folder, "result.json"));
    }

    /// <summary>Writes <c>curves.csv</c> alone.</summary>
    internal static void WriteCurve(string folder, IReadOnlyList<CurvePoint> curve)
    {
        using var csv = new CsvWriter(Path.Combine(folder, CurveFile), CurveColumns);
        foreach (var point in curve)
        {
            csv.Write(
                point.Step, point.LearningRate, double.IsNaN(point.TrainLoss) ? null : point.TrainLoss,
                point.ValidationLoss, point.ValidationAccuracy, point.TestLoss, point.TestAccuracy, point.Seconds);
        }
    }

    /// <summary>Reads <c>curves.csv</c>, every number as it was written.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal static IReadOnlyList<CurvePoint> ReadCurve(string folder) =>
    [
        .. CsvReader.Read(Path.Combine(folder, CurveFile)).Rows.Select(row => new CurvePoint(
            row.Integer("step"), row.Number("learning_rate"),
            row.IsEmpty("train_loss") ? double.NaN : row.Number("train_loss"), row.Number("val_loss"),
            row.Number("val_accuracy"), row.Number("test_loss"), row.Number("test_accuracy"), row.Number("seconds"))),
    ];
}
