namespace Tombola.Nn;

/// <summary>Which parameters of a network are trained; the others stay at their initial values.</summary>
public enum TrainedPart
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>γ and β of batch normalisation alone (Frankle, Schwab and Morcos 2021).</summary>
    BatchNorm,

    /// <summary>The output layer alone, a control of the former (ibid.).</summary>
    Output,
}
