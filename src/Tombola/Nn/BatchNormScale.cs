namespace Tombola.Nn;

/// <summary>What γ of batch normalisation starts from.</summary>
public enum BatchNormScale
{
    /// <summary>1 everywhere.</summary>
    One,

    /// <summary>Drawn evenly from 0 to 1, as where nothing else is trained (Frankle, Schwab and Morcos 2021).</summary>
    Uniform,
}
