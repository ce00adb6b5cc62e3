using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

public sealed class StageIdTests
{
    [Fact]
    public void Ids_are_frozen()
    {
        var root = StageId.Of("train", "{\"steps\":1}", []);
        root.ToString().ShouldBe("1b46f206c769e08e0589665c75347f8bd9afec35");
        StageId.Of("prune", "{}", [root, root]).Value.ShouldBe("1ad9e341262589ab3f0c7ea50f35842c73113ab2");
    }

    [Fact]
    public void Kind_recipe_and_the_order_of_parents_count_and_labels_do_not()
    {
        StageId a = StageId.Of("k", "{\"a\":1}", []), b = StageId.Of("k", "{\"a\":2}", []);
        StageId[] ids =
        [
            a, b, StageId.Of("l", "{\"a\":1}", []),
            StageId.Of("k", "{\"a\":1}", [a]), StageId.Of("k", "{\"a\":1}", [b]),
            StageId.Of("k", "{\"a\":1}", [a, b]), StageId.Of("k", "{\"a\":1}", [b, a]),
        ];
        ids.Distinct().Count().ShouldBe(ids.Length);
        var one = new Stage("k", "one label", "{\"a\":1}", [], work: 1, _ => { });
        var other = new Stage("k", "another", "{\"a\":1}", [], work: 9, _ => { });
        one.Id.ShouldBe(a);
        other.Id.ShouldBe(a);
    }
}
