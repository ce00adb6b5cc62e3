using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using MediaTypeHeaderValue = Microsoft.Net.Http.Headers.MediaTypeHeaderValue;

namespace Tombola.Studio.Web;

/// <summary>Lets in only who may, by host, token, method and origin; tells browsers what a page may do.</summary>
/// <remarks>
/// The host is checked so that a foreign name that was made to lead here (DNS rebinding) reads nothing. A request that
/// has something computed must be JSON from this very page, so that a foreign page cannot send one.
/// </remarks>
/// <param name="host">The host that the server was told to listen on.</param>
/// <param name="address">Its address.</param>
/// <param name="token">What a browser must know; empty for nothing.</param>
internal sealed class Guard(string host, IPAddress address, string token)
{
    internal const string CookieName = "tombola-studio";

    // Vega sets styles of the marks it draws; scripts come from here alone, and expressions are interpreted.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    /// <summary>Answers a request that may not pass; passes on the others.</summary>
    internal async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers, context.Request.Path);
        if (!IsKnown(context.Request.Host))
        {
            await RefuseAsync(context, 403, "This host name is not one that Tombola Studio was started for.");
            return;
        }

        if (_token.Length > 0 && !await HasTokenAsync(context))
            return;
        if (context.Request.Method is not ("GET" or "HEAD" or "POST"))
        {
            await RefuseAsync(context, 405, "Only GET and POST are answered here.");
            return;
        }

        if (context.Request.Method == "POST" && !IsFromHere(context.Request))
        {
            await RefuseAsync(context, 403, "Expected JSON, sent by Tombola Studio's own page.");
            return;
        }

        await next(context);
    }

    private static void SetHeaders(IHeaderDictionary headers, PathString path)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Answers change while runs go on: nobody keeps them. A browser that keeps one besides makes a second request
        // for it wait for the first, even where that was given up.
        headers.CacheControl = path.StartsWithSegments("/api") ? "no-store" : "no-cache";
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason) =>
        Complaints.WriteAsync(context, status, reason);

    private bool IsKnown(HostString given)
    {
        var name = given.Host.Trim('[', ']');
        if (name is "localhost" or "127.0.0.1" or "::1" || name.Equals(host, StringComparison.OrdinalIgnoreCase))
            return true;
        // Listening on all addresses: a name that others control leads nowhere, since the token is asked for.
        var listensOnAll = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        return listensOnAll && (IPAddress.TryParse(name, out _)
            || name.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsFromHere(HttpRequest request)
    {
        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return isJson && site is "" or "same-origin"
            && (origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}");
    }

    private async Task<bool> HasTokenAsync(HttpContext context)
    {
        var request = context.Request;
        var bearer = request.Headers.Authorization.ToString();
        if (Matches(request.Cookies[CookieName])
            || (bearer.StartsWith("Bearer ", StringComparison.Ordinal) && Matches(bearer["Bearer ".Length..])))
        {
            return true;
        }

        if (request.Method == "GET" && Matches(request.Query["token"]))
        {
            // The token leaves the address bar at once, and with it histories and screenshots.
            context.Response.Cookies.Append(
                CookieName, token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            context.Response.Redirect("/" + request.Path.Value?.TrimStart('/', '\\'));
            return false;
        }

        await RefuseAsync(
            context, 401, "Open the address that 'tombola studio' has printed: it holds the token that is needed.");
        return false;
    }

    private bool Matches(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _token);
}
