namespace Tombola.Pruning;

/// <summary>Which weights compete with each other when the lowest scores are removed.</summary>
public enum PruningScope
{
    /// <summary>Each layer loses its own fraction (Frankle and Carbin 2019, for LeNet and Conv-2/4/6).</summary>
    LayerWise,

    /// <summary>All layers together lose one fraction (ibid., for ResNet-18 and VGG-19).</summary>
    Global,
}
