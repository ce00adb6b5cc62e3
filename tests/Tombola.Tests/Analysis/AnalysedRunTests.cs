using Tombola.Analysis;
using Tombola.Tests.Tickets;

namespace Tombola.Tests.Analysis;

public sealed class AnalysedRunTests
{
    [Fact]
    public void Reads_the_weights_and_masks_of_a_real_run()
    {
        using var bench = new TicketBench();
        var computed = bench.Prepare().Execute();
        var run = AnalysedRun.Open(computed.Folder);
        run.Trainings.Count.ShouldBe((2 * 3) + (2 * 2));
        foreach (var training in run.Tickets)
        {
            var ticket = computed.TicketAt(training.Trial, training.Level);
            var trained = computed.TrainedAt(training.Trial, training.Level);
            var initial = run.InitialOf(training);
            initial.Names.ShouldBe(ticket.Weights.Names);
            initial["fc1.weight"].ToArray().ShouldBe(ticket.Weights["fc1.weight"].ToArray());
            run.FinalOf(training)["fc2.weight"].ToArray().ShouldBe(trained.Weights["fc2.weight"].ToArray());
            run.DenseFinalOf(training)["fc1.weight"].ToArray()
                .ShouldBe(computed.TrainedAt(training.Trial, 0).Weights["fc1.weight"].ToArray());
            var masks = run.MasksOf(training);
            masks.Select(layer => layer.Name).ShouldBe(["fc1.weight", "fc2.weight"]);
            masks.Sum(layer => (long)layer.Mask.Survivors).ShouldBe(training.WeightsRemaining);
            masks.ShouldAllBe(layer => training.Level == 0 || layer.Mask.Equals(ticket.Masks[layer.Name]));
        }

        run.RecipeOf(run.Trainings[0]).Model.Hidden.ShouldBe([12]);
        run.RecipeOf(run.Trainings[0]).Training.Optimizer.LearningRate.ShouldBe(1e-2);
        foreach (var control in run.Trainings.Where(training => !training.IsTicket))
            run.TicketOf(control)!.Trial.ShouldBe(control.Trial, "of one draw each");
    }

    [Fact]
    public void Trainings_that_did_not_go_through_are_left_out()
    {
        using var handmade = new HandmadeRun();
        handmade.AddDense(1, new float[18], new float[18]);
        handmade.AddFailed(1, 1);
        handmade.Open().Trainings.ShouldHaveSingleItem().Level.ShouldBe(0);
        handmade.AddFailed(1, 1);
        Should.Throw<InputException>(() => handmade.Open("failed")).Message
            .ShouldContain("no training went through, so there is nothing to analyse");
    }

    [Fact]
    public void A_run_of_another_kind_is_refused()
    {
        using var handmade = new HandmadeRun();
        handmade.AddDense(1, new float[18], new float[18]);
        var folder = handmade.Open().Folder;
        File.WriteAllText(Path.Combine(folder, "experiment.json"), """{"kind": "xor", "name": "xor"}""");
        Should.Throw<InputException>(() => AnalysedRun.Open(folder)).Message.ShouldContain("a run of kind 'xor'");
    }

    [Fact]
    public void Analyses_of_pruned_networks_say_that_there_are_none()
    {
        using var handmade = new HandmadeRun();
        handmade.AddDense(1, new float[18], new float[18]);
        var run = handmade.Open();
        foreach (var (name, _) in AnalysisRegistry.All.Where(row => row.Name != GeneralisationGap.Name))
        {
            Should.Throw<InputException>(() => AnalysisRegistry.Get(name).Run(new AnalysisInput(run), default))
                .Message.ShouldContain($"{name} needs a pruned network; run the experiment with --levels 1 or more");
        }
    }

    [Fact]
    public void A_damaged_or_missing_stage_says_what_to_do()
    {
        using var handmade = new HandmadeRun();
        var dense = handmade.AddDense(1, new float[18], new float[18]);
        handmade.AddTicket(dense, 1, 1, "1110 1001 0000 110 000");
        var run = handmade.Open();
        var stage = Directory.GetDirectories(handmade.FolderOf("stages"), dense.Id.Value, SearchOption.AllDirectories)
            .Single();
        File.WriteAllText(Path.Combine(stage, "final.safetensors"), "other");
        Should.Throw<InputException>(() => run.DenseFinalOf(run.Trainings[1])).Message
            .ShouldContain("final.safetensors is not what was written; the same 'tombola run' computes it again");
        Directory.Delete(stage, recursive: true);
        var again = AnalysedRun.Open(run.Folder);
        Should.Throw<InputException>(() => again.InitialOf(again.Trainings[0])).Message
            .ShouldContain("there is no such stage");
    }

    [Fact]
    public void An_analysis_that_is_stopped_stops()
    {
        using var handmade = new HandmadeRun();
        var dense = handmade.AddDense(1, new float[18], new float[18]);
        handmade.AddTicket(dense, 1, 1, "1110 1001 0000 110 000");
        var input = new AnalysisInput(handmade.Open());
        Should.Throw<OperationCanceledException>(() => new Stability().Run(input, new CancellationToken(true)));
    }
}
