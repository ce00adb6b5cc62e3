using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class MaskOverlapTests
{
    private static readonly float[] Zeros = new float[18];

    [Fact]
    public void Trials_of_a_branch_are_compared_in_pairs_layer_by_layer_and_whole()
    {
        using var handmade = new HandmadeRun();
        AddTrials(handmade, "1110 1001 0000 110 000", "1000 1111 1000 011 000", "0000 0000 1111 000 011");
        var tables = Run(handmade.Open());
        var pairs = tables[1].RowsOf<MaskOverlapPair>();
        pairs.Select(pair => (pair.Trial, pair.OtherTrial)).Distinct().ShouldBe([(1, 2), (1, 3), (2, 3)]);
        pairs.ShouldAllBe(pair => pair.Between == "trials");
        Counts(pairs[0]).ShouldBe(("fc1.weight", 12, 5, 6, 3, 2.5));
        Counts(pairs[1]).ShouldBe(("fc2.weight", 6, 2, 2, 1, 2 * 2 / 6.0));
        Counts(pairs[2]).ShouldBe(("all", 18, 7, 8, 4, 2.5 + (4 / 6.0)));
        var summary = tables[0].RowsOf<MaskOverlapSummary>()[0];
        (summary.Layer, summary.Pairs).ShouldBe(("fc1.weight", 3));
        summary.Density.ShouldBe((5 + 5 + 6) / 36.0, 1e-12, "of the first mask of each pair");
        // Ratios 3 / 2.5, 0 / (5 · 4 / 12) and 1 / (6 · 4 / 12).
        (summary.RatioMin, summary.RatioMax).ShouldBe((0, 1.2));
        summary.Ratio!.Value.ShouldBe((1.2 + 0 + 0.5) / 3, 1e-12);
    }

    [Fact]
    public void A_control_with_its_own_mask_is_held_against_its_ticket_and_against_its_other_draws()
    {
        using var handmade = new HandmadeRun();
        var prunings = AddTrials(handmade, "1110 1001 0000 110 000", "1000 1111 1000 011 000");
        for (var draw = 1; draw <= 2; draw++)
        {
            var (dense, prune) = prunings[1];
            handmade.AddControl(dense, prune, "random-mask", 2 + draw, 1, "1111 1000 0000 110 000", ownMask: true);
            handmade.AddControl(dense, prune, "random-reinit", 2 + draw, 1, "1000 1111 1000 011 000");
        }

        var pairs = Run(handmade.Open())[1].RowsOf<MaskOverlapPair>().Where(pair => pair.Layer == "all");
        pairs.Select(pair => (pair.Between, pair.Branch, pair.Trial, pair.OtherBranch, pair.OtherTrial)).ShouldBe(
            [
                ("trials", "winning-ticket", 1, "winning-ticket", 2),
                ("branches", "winning-ticket", 2, "random-mask", 3),
                ("branches", "winning-ticket", 2, "random-mask", 4),
                ("trials", "random-mask", 3, "random-mask", 4),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Variants_and_runs_are_compared_trial_by_trial_as_methods()
    {
        using var handmade = new HandmadeRun();
        var variant = handmade.AddDense(1, Zeros, Zeros, "handmade/low");
        handmade.AddTicket(variant, 1, 1, "1110 1001 0000 110 000", experiment: "handmade/low");
        var other = handmade.AddDense(1, Zeros, Zeros, "handmade/high");
        handmade.AddTicket(other, 1, 1, "1000 0000 0000 100 000", experiment: "handmade/high");
        var first = handmade.Open("first");
        handmade.AddTicket(handmade.AddDense(1, Zeros, Zeros), 1, 1, "0000 0000 0001 000 111");
        var second = handmade.Open("second");
        Labels(Run(first)).ShouldBe([("methods", "first", "handmade/low", "first", "handmade/high")]);
        Labels(Run(first, second)).ShouldBe(
            [
                ("methods", "first", "handmade/low", "first", "handmade/high"),
                ("methods", "first", "handmade/low", "second", "handmade"),
                ("methods", "first", "handmade/high", "second", "handmade"),
            ]);

        static IEnumerable<(string, string, string, string, string)> Labels(IReadOnlyList<AnalysisTable> tables) =>
            tables[1].RowsOf<MaskOverlapPair>().Where(pair => pair.Layer == "all").Select(pair =>
                (pair.Between, pair.Run, pair.Experiment, pair.OtherRun, pair.OtherExperiment));
    }

    [Fact]
    public void A_single_mask_needs_another()
    {
        using var handmade = new HandmadeRun();
        AddTrials(handmade, "1110 1001 0000 110 000");
        var run = handmade.Open();
        Should.Throw<InputException>(() => Run(run)).Message.ShouldContain("--trials 2 or more");
    }

    private static List<(Tombola.Experiments.Stage Dense, Tombola.Experiments.Stage Prune)> AddTrials(
        HandmadeRun handmade, params string[] masks) =>
    [
        .. masks.Select((mask, index) =>
        {
            var dense = handmade.AddDense(index + 1, Zeros, Zeros);
            return (dense, handmade.AddTicket(dense, index + 1, 1, mask));
        }),
    ];

    private static IReadOnlyList<AnalysisTable> Run(AnalysedRun run, params AnalysedRun[] others) =>
        new MaskOverlap().Run(new AnalysisInput(run) { Others = others }, default);

    private static (string, long, long, long, long, double) Counts(MaskOverlapPair pair) => (
        pair.Layer, pair.Weights, pair.Survivors, pair.OtherSurvivors, pair.Intersection, pair.Expected);
}
