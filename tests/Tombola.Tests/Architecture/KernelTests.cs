namespace Tombola.Tests.Architecture;

/// <summary>Holds kernels to being compiled alone, with the compiler's whole allowance for inlining lanes.</summary>
public sealed class KernelTests
{
    [Fact]
    public void A_method_optimised_at_once_is_never_inlined_into_another() =>
        Library.Types
            .SelectMany(type => type.Methods)
            .Where(method => method.AggressiveOptimization && !method.NoInlining)
            .Select(method => method.FullName)
            .ShouldBeEmpty();
}
