namespace Tombola.Studio.Web;

/// <summary>Refuses a request, with a status and a reason for people.</summary>
/// <param name="status">Of HTTP.</param>
/// <param name="message">One line.</param>
internal sealed class RefusedException(int status, string message) : Exception(message)
{
    /// <summary>The status of HTTP.</summary>
    internal int Status { get; } = status;

    /// <summary>Refuses since there is no such thing.</summary>
    internal static RefusedException NotFound(string message) => new(404, message);

    /// <summary>Refuses since the request asks for what cannot be.</summary>
    internal static RefusedException BadRequest(string message) => new(400, message);
}
