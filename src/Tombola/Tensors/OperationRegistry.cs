namespace Tombola.Tensors;

/// <summary>The operations by name; every one has a gradient that is tested against finite differences.</summary>
public static class OperationRegistry
{
    /// <summary>One line an operation.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>
    {
        ["add"] = "the sum of two tensors",
        ["average-pool"] = "the mean of each window of an image",
        ["batch-norm"] = "the normalisation of channels by their statistics over a batch",
        ["bias"] = "one number added to each feature",
        ["binary-cross-entropy"] = "the loss of yes-or-no questions, on logits",
        ["convolution"] = "the convolution of images",
        ["dropout"] = "random omission of features in training",
        ["linear"] = "the fully connected layer",
        ["max-pool"] = "the largest number of each window of an image",
        ["mean-squared-error"] = "the loss of regression",
        ["multiply"] = "the elementwise product of two tensors",
        ["relu"] = "the rectified linear unit",
        ["reshape"] = "the same numbers under another shape",
        ["sigmoid"] = "the logistic function",
        ["softmax-cross-entropy"] = "the loss of classification",
        ["tanh"] = "the hyperbolic tangent",
    };
}
