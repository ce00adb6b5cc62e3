using System.Text.Json.Nodes;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

public sealed class TicketGraphTests : IDisposable
{
    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Each_level_prunes_the_training_before_it_and_returns_to_the_dense_start()
    {
        var nodes = _bench.Prepare().Nodes;
        nodes.Count.ShouldBe(2 * (1 + 2 + 2), "dense, two tickets and two controls a trial");
        TicketNode dense = Node(nodes, 0), first = Node(nodes, 1), second = Node(nodes, 2);
        dense.Prune.ShouldBeNull();
        dense.Train.Parents.ShouldBeEmpty();
        first.Train.Parents.ShouldBe([first.Prune!, dense.Train]);
        first.Prune!.Parents.ShouldBe([dense.Train, dense.Train]);
        second.Train.Parents.ShouldBe([second.Prune!, dense.Train]);
        second.Prune!.Parents.ShouldBe([first.Train, dense.Train, first.Prune], "trained, start, mask so far");
        var control = nodes.Single(node => node is { Branch: "random-reinit", Trial: 1, Level: 2 });
        control.Prune.ShouldBe(second.Prune);
        control.Train.Id.ShouldNotBe(second.Train.Id);
    }

    [Fact]
    public void One_shot_prunes_every_level_from_the_dense_training()
    {
        var iterative = _bench.Prepare().Nodes;
        var oneShot = _bench.Prepare(With(new PruningOptions { Schedule = PruningSchedule.OneShot })).Nodes;
        var dense = Node(oneShot, 0);
        Node(oneShot, 2).Prune!.Parents.ShouldBe([dense.Train, dense.Train]);
        Recipe(Node(oneShot, 2).Prune!)["rounds"]!.GetValue<int>().ShouldBe(2);
        dense.Train.Id.ShouldBe(Node(iterative, 0).Train.Id, "the dense training is shared");
        Node(oneShot, 1).Train.Id.ShouldBe(Node(iterative, 1).Train.Id, "so is the first level");
        Node(oneShot, 2).Train.Id.ShouldNotBe(Node(iterative, 2).Train.Id);
    }

    [Fact]
    public void Rewinding_keeps_a_step_and_starts_there_but_controls_start_at_zero()
    {
        var nodes = _bench.Prepare(_bench.Experiment with { RewindStep = 10 }).Nodes;
        Recipe(Node(nodes, 0).Train)["keep_step"]!.GetValue<long>().ShouldBe(10);
        Recipe(Node(nodes, 0).Train).ContainsKey("first_step").ShouldBeFalse();
        Recipe(Node(nodes, 1).Train)["first_step"]!.GetValue<long>().ShouldBe(10);
        Node(nodes, 1).Train.Work.ShouldBe(30);
        var control = nodes.Single(node => node is { Branch: "random-reinit", Trial: 1, Level: 1 });
        Recipe(control.Train).ContainsKey("first_step").ShouldBeFalse();
        control.Train.Work.ShouldBe(40);
    }

    [Fact]
    public void Continued_training_prunes_what_was_never_rewound_and_trains_each_ticket_beside_it()
    {
        var options = new PruningOptions { Schedule = PruningSchedule.IterativeContinued };
        var nodes = _bench.Prepare(With(options) with { Controls = [] }).Nodes;
        nodes.Count.ShouldBe(2 * (1 + 2 + 2), "dense, two tickets and two continued trainings a trial");
        TicketNode Continued(int level) =>
            nodes.Single(node => node.Branch == "continued-training" && node.Trial == 1 && node.Level == level);
        Continued(1).Train.Parents.ShouldBe([Node(nodes, 1).Prune!, Node(nodes, 0).Train]);
        Continued(2).Train.Parents.ShouldBe([Node(nodes, 2).Prune!, Continued(1).Train]);
        Recipe(Continued(2).Train)["from_trained"]!.GetValue<bool>().ShouldBeTrue();
        Node(nodes, 2).Prune!.Parents[0].ShouldBe(Continued(1).Train, "not the rewound ticket");
        Node(nodes, 2).Train.Parents.ShouldBe([Node(nodes, 2).Prune!, Node(nodes, 0).Train]);
        Node(nodes, 1).Train.Id.ShouldBe(Node(_bench.Prepare().Nodes, 1).Train.Id, "the first level is shared");
    }

    [Fact]
    public void Controls_start_where_they_say_and_may_have_the_data_in_another_order()
    {
        ControlOptions[] controls =
        [
            new() { Name = "keep-training" }, new() { Name = "noise", Scale = 2 },
            new() { Name = "ticket", OtherOrder = true },
        ];
        var nodes = _bench.Prepare(_bench.Experiment with { Controls = controls, RewindStep = 10 }).Nodes;
        TicketNode Control(string branch) => nodes.Single(node =>
            node.Branch == branch && node.Trial == 1 && node.Level == 2);
        Control("keep-training").Train.Parents[1].ShouldBe(Node(nodes, 1).Train, "what was pruned, trained");
        Control("keep-training").Train.Work.ShouldBe(40);
        Control("noise-2").Train.Work.ShouldBe(30, "from the step that tickets rewind to");
        Recipe(Control("noise-2").Train)["control_scale"]!.GetValue<double>().ShouldBe(2);
        var order = Recipe(Control("ticket-other-order").Train)["data_order"]!.ToJsonString();
        order.ShouldNotBe(Recipe(Node(nodes, 2).Train)["data_order"]!.ToJsonString());
    }

    [Fact]
    public void Every_draw_of_a_control_is_a_trial_of_its_own()
    {
        ControlOptions[] thrice = [new() { Name = "random-reinit", Draws = 3 }];
        var drawn = _bench.Prepare(_bench.Experiment with { Controls = thrice }).Nodes
            .Where(node => node.Branch == "random-reinit" && node.Level == 1).ToArray();
        drawn.Select(node => node.Trial).ShouldBe([1, 2, 3, 4, 5, 6]);
        drawn.Select(node => node.Train.Id).Distinct().Count().ShouldBe(6);
        drawn.Select(node => node.Prune!.Id).Distinct().Count().ShouldBe(2, "one mask for each trial");
        drawn[0].Train.Id.ShouldBe(
            _bench.Prepare().Nodes.First(node => node is { Branch: "random-reinit", Level: 1 }).Train.Id,
            "more draws leave the first as it was");
    }

    [Fact]
    public void More_levels_trials_and_controls_leave_the_others_stages_alone()
    {
        var more = _bench.Experiment with { Trials = 3, Levels = 4, Controls = [], Name = "more", Description = "d" };
        var ids = _bench.Prepare(more).Stages.Select(stage => stage.Id).ToHashSet();
        _bench.Prepare().Nodes.Where(node => node.Branch == "winning-ticket")
            .ShouldAllBe(node => ids.Contains(node.Train.Id));
    }

    [Fact]
    public void What_changes_the_numbers_changes_the_ids_and_what_does_not_does_not()
    {
        var dense = Node(_bench.Prepare().Nodes, 0).Train.Id;
        var small = _bench.Experiment;
        TicketExperiment[] others =
        [
            small with { Seed = new Seed(2) },
            small with { RewindStep = 1 },
            small with { Data = small.Data with { Validation = 81 } },
            small with { Data = small.Data with { Normalisation = "standard" } },
            small with { Data = small.Data with { Augment = "flip-crop" } },
            small with { Model = small.Model with { Hidden = [13] } },
            small with { Model = small.Model with { Initialiser = "kaiming-normal" } },
            small with { Training = small.Training with { Steps = 41 } },
            small with { Training = small.Training with { Batch = 21 } },
            small with { Training = small.Training with { EvaluateEvery = 10 } },
            small with { Training = small.Training with { Schedule = new() { Name = "cosine" } } },
        ];
        var ids = others.Select(other => Node(_bench.Prepare(other).Nodes, 0).Train.Id).Append(dense).ToArray();
        ids.Distinct().Count().ShouldBe(others.Length + 1);
        var settings = new RunSettings { Output = _bench["elsewhere"], Jobs = 7, Threads = 3, Sparse = SparseMode.Off };
        Node(TicketRun.Prepare(small, settings).Nodes, 0).Train.Id.ShouldBe(dense);
    }

    [Fact]
    public void Only_criteria_that_draw_take_a_seed()
    {
        Recipe(Node(_bench.Prepare().Nodes, 1).Prune!).ContainsKey("seed").ShouldBeFalse();
        var random = _bench.Prepare(With(new PruningOptions { Criterion = "random" })).Nodes;
        var seeds = new[] { Node(random, 1), Node(random, 2), Node(random, 1, trial: 2) }
            .Select(node => Recipe(node.Prune!)["seed"]!.GetValue<string>());
        seeds.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Seeds_of_all_parts_differ()
    {
        var seed = new Seed(1);
        List<Seed> seeds = [seed, TrialSeeds.Split(seed)];
        for (var trial = 1; trial <= 20; trial++)
        {
            seeds.AddRange([TrialSeeds.Initialisation(seed, trial), TrialSeeds.DataOrder(seed, trial)]);
            for (var level = 1; level <= 20; level++)
            {
                seeds.Add(TrialSeeds.Pruning(seed, trial, level));
                seeds.AddRange(Enumerable.Range(1, 3).SelectMany(draw => new[] { "a", "b" }.Select(
                    control => TrialSeeds.Control(seed, control, trial, level, draw))));
            }
        }

        seeds.Distinct().Count().ShouldBe(seeds.Count);
        TrialSeeds.Initialisation(new Seed(2), 1).ShouldNotBe(TrialSeeds.Initialisation(seed, 1));
        TrialSeeds.Initialisation(seed, 1).ShouldBe(new Seed(2540573508558456704), "a released seed keeps its trials");
    }

    private TicketExperiment With(PruningOptions pruning) => _bench.Experiment with { Pruning = pruning };

    private static TicketNode Node(IReadOnlyList<TicketNode> nodes, int level, int trial = 1) =>
        nodes.Single(node => node.Branch == "winning-ticket" && node.Trial == trial && node.Level == level);

    private static JsonObject Recipe(Tombola.Experiments.Stage stage) => JsonNode.Parse(stage.Recipe)!.AsObject();
}
