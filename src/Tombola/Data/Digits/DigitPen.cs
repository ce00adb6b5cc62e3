namespace Tombola.Data.Digits;

/// <summary>Says what ink a drawing is made with.</summary>
/// <param name="Radius">Half the width of a stroke at half height, in pixels.</param>
/// <param name="Taper">By which fraction the radius grows from the top of the digit to its bottom.</param>
/// <param name="Pressure">The grey level of full ink; above 1 the soft edge is narrower.</param>
/// <param name="Grain">The most that noise adds to a grey level.</param>
internal readonly record struct DigitPen(float Radius, float Taper, float Pressure, float Grain)
{
    private const float ThinRadius = 0.7f;
    private const float ThickRadius = 1.9f;
    private const float TaperDeviation = 0.15f;
    private const float FaintPressure = 0.75f;
    private const float StrongPressure = 1.15f;
    private const float LargestGrain = 0.16f;

    /// <summary>Draws a pen at random.</summary>
    /// <param name="draws">The numbers of the drawing, of which it takes 7.</param>
    internal static DigitPen Choose(ref RandomDraws draws)
    {
        var radius = draws.Uniform(ThinRadius, ThickRadius);
        var taper = draws.Bell(0, TaperDeviation);
        var pressure = draws.Uniform(FaintPressure, StrongPressure);
        // Most drawings are clean, some are noisy.
        var noisiness = draws.Uniform(0, 1);
        return new DigitPen(radius, taper, pressure, LargestGrain * noisiness * noisiness);
    }

    /// <summary>Returns half the width of a stroke at a height of the digit.</summary>
    /// <param name="height">0 at the top, 1 at the bottom.</param>
    internal float RadiusAt(float height) => Radius * (1 + (Taper * (height - 0.5f)));
}
