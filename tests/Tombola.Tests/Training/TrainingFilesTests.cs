using Tombola.Training;

namespace Tombola.Tests.Training;

public sealed class TrainingFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Curves_have_the_documented_columns_and_no_value_where_there_is_none()
    {
        var start = new CurvePoint(0, 1.2e-3, double.NaN, 2.3, 0.1, 2.25, 0.125, 0.5);
        var next = new CurvePoint(100, 1.2e-3, 1.5, 1.25, 0.5, 1.5, 0.75, 1.5);
        TrainingFiles.Write(_folder.Path, Result([start, next]) with { EarlyStop = next, Final = next });
        File.ReadAllText(_folder["curves.csv"]).ShouldBe(
            "step,learning_rate,train_loss,val_loss,val_accuracy,test_loss,test_accuracy,seconds\n"
            + "0,0.0012,,2.3,0.1,2.25,0.125,0.5\n"
            + "100,0.0012,1.5,1.25,0.5,1.5,0.75,1.5\n");
    }

    [Fact]
    public void Results_come_back_without_the_curve()
    {
        var start = new CurvePoint(0, 1e-3, double.NaN, 2.3, 0.1, 2.25, 0.125, 0.5);
        var diverged = Result([start]) with { EarlyStop = start, EarlyStopTrainAccuracy = 0.25, DivergedAt = 17 };
        TrainingFiles.Write(_folder.Path, diverged);
        var read = TrainingFiles.ReadResult(_folder.Path);
        read.Curve.ShouldBeEmpty();
        (read with { Curve = diverged.Curve }).ShouldBe(diverged);
        read.Status.ShouldBe("diverged at step 17");
        Result([]).Status.ShouldBe("completed");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{")]
    [InlineData("null")]
    public void What_cannot_be_read_is_refused_by_name(string? content)
    {
        if (content is not null)
            File.WriteAllText(_folder["result.json"], content);
        Should.Throw<InputException>(() => TrainingFiles.ReadResult(_folder.Path)).Message.ShouldContain("result.json");
    }

    private static TrainingResult Result(IReadOnlyList<CurvePoint> curve) =>
        new(curve, null, null, null, null, null, 2, 0.5);
}
