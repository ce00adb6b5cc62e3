using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class InitialValuesTests
{
    [Fact]
    public void Describes_the_survivors_of_all_trials()
    {
        using var handmade = new HandmadeRun();
        float[] one = [1, -2, 3, -4, 5, -6, 7, -8, 1, 1, 1, 1, /**/ 0.5f, -0.5f, 0, 0, 0, 0];
        float[] two = [8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /**/ 0, 0, 0, 0, 0, -1];
        var final = new float[18];
        handmade.AddTicket(handmade.AddDense(1, one, final), 1, 1, "0110 0001 0000 110 000");
        handmade.AddTicket(handmade.AddDense(2, two, final), 2, 1, "1000 0000 0000 000 001");
        var tables = new InitialValues().Run(new AnalysisInput(handmade.Open()), default);
        var statistics = tables[0].RowsOf<InitialValueStatistics>();
        statistics.Select(row => (row.Level, row.Layer, row.Survivors)).ShouldBe([
            (0, "fc1.weight", 24), (0, "fc2.weight", 12), (1, "fc1.weight", 4), (1, "fc2.weight", 3)]);
        var fc1 = statistics[2];
        (fc1.Experiment, fc1.Trials, fc1.LayerDensity).ShouldBe(("handmade", 2, 4 / 24.0));
        fc1.Density.ShouldBe((5 + 2) / 36.0, 1e-12, "mean over the trials");
        // −2, 3 and −8 of the first trial and 8 of the second.
        (fc1.Mean, fc1.MeanMagnitude, fc1.PositiveShare).ShouldBe((0.25, 5.25, 0.5));
        fc1.Deviation.ShouldBe(Math.Sqrt(((4 + 9 + 64 + 64) / 4.0) - 0.0625), 1e-12);
        statistics[3].Mean.ShouldBe(-1 / 3.0, 1e-12, "0.5, −0.5 and −1");
    }

    [Fact]
    public void Bins_are_the_same_at_all_levels_and_hold_every_survivor()
    {
        using var handmade = new HandmadeRun();
        float[] initial = [1, -2, 3, -4, 5, -6, 7, -8, 1, 1, 1, 1, /**/ 0.5f, -0.5f, 0, 0, 0, 0];
        var dense = handmade.AddDense(1, initial, new float[18]);
        handmade.AddTicket(dense, 1, 1, "0110 0001 0000 110 000");
        var bins = new InitialValues().Run(new AnalysisInput(handmade.Open()), default)[1].RowsOf<InitialValueBin>();
        var fc1 = bins.Where(bin => bin.Layer == "fc1.weight").ToLookup(bin => bin.Level);
        fc1[0].Select(bin => (bin.From, bin.To)).ShouldBe(fc1[1].Select(bin => (bin.From, bin.To)));
        (fc1[0].First().From, fc1[0].Last().To).ShouldBe((-8, 8));
        (fc1[0].Sum(bin => bin.Survivors), fc1[1].Sum(bin => bin.Survivors)).ShouldBe((12, 3));
        fc1[1].Sum(bin => bin.Share).ShouldBe(1, 1e-12);
        fc1[1].Single(bin => bin.From <= 3 && bin.To > 3).Survivors.ShouldBe(1);
        fc1[1].First().Survivors.ShouldBe(1, "the value at the edge of the range");
    }
}
