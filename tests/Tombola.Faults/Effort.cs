namespace Tombola.Faults;

/// <summary>How often to try: a little in the default suite, much in a long run.</summary>
/// <remarks><c>TOMBOLA_FAULTS=long</c> in the environment asks for much; see docs/reliability.md.</remarks>
internal static class Effort
{
    public static int Of(int quick, int @long) =>
        Environment.GetEnvironmentVariable("TOMBOLA_FAULTS") == "long" ? @long : quick;
}
