using Tombola.Tensors;

namespace Tombola.Tests.Optim;

/// <summary>Says whether a tensor of ours has followed that of another framework.</summary>
/// <remarks>
/// Relative: of the tensor in the Euclidean norm, of its change since step 0 too, and of each element, where the root
/// mean square of its tensor is added to its own magnitude so that elements that happen to be near zero are measured on
/// the tensor's scale.
/// </remarks>
internal static class TrajectoryAgreement
{
    public static void Check(
        Parameter actual, ReadOnlySpan<float> initial, TensorSummary expected, double tolerance, string where)
    {
        var values = new float[actual.Shape.Count];
        actual.CopyTo(values);
        var (error, norm, change, worst, worstAt) = (0.0, 0.0, 0.0, 0.0, 0);
        for (var i = 0; i < expected.Values.Length; i++)
        {
            double theirs = expected.Values[i], ours = values[i * expected.Stride];
            var share = Math.Abs(ours - theirs) / (Math.Abs(theirs) + expected.RootMeanSquare);
            if (!(share <= worst))
                (worst, worstAt) = (share, i * expected.Stride);
            error += Math.Pow(ours - theirs, 2);
            norm += theirs * theirs;
            change += Math.Pow(theirs - initial[i * expected.Stride], 2);
        }

        worst.ShouldBeLessThanOrEqualTo(tolerance, $"{where}: {actual.Name}[{worstAt}] is {values[worstAt]:R}");
        Math.Sqrt(error / norm).ShouldBeLessThanOrEqualTo(tolerance, $"{where}: {actual.Name}");
        Math.Sqrt(error / change).ShouldBeLessThanOrEqualTo(tolerance, $"{where}: change of {actual.Name}");
        RootMeanSquare(values).ShouldBe(
            expected.RootMeanSquare, tolerance * expected.RootMeanSquare, $"{where}: all of {actual.Name}");
    }

    private static double RootMeanSquare(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += (double)value * value;
        return Math.Sqrt(sum / values.Length);
    }
}
