using Tombola.Data.Augmentations;

namespace Tombola.Tests.Data.Augmentations;

public sealed class AugmentationRegistryTests
{
    [Fact]
    public void Every_augmentation_of_the_library_is_registered()
    {
        var types = typeof(IAugmentation).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IAugmentation)) && !type.IsInterface);
        AugmentationRegistry.All.Select(known => AugmentationRegistry.Get(known.Name)?.GetType())
            .OfType<Type>().ShouldBe(types, ignoreOrder: true);
        AugmentationRegistry.All.Select(known => known.Name).ShouldBe(["flip-crop", "none"]);
    }

    [Fact]
    public void None_changes_nothing() => AugmentationRegistry.Get(AugmentationRegistry.None).ShouldBeNull();

    [Fact]
    public void An_unknown_name_points_to_the_nearest() =>
        Should.Throw<InputException>(() => AugmentationRegistry.Get("flipcrop"))
            .Message.ShouldBe("Unknown augmentation 'flipcrop'. Did you mean 'flip-crop'? Known: flip-crop, none.");
}
