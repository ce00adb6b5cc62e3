using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tombola.Studio.Web;

/// <summary>Turns what goes wrong with a request into a status and one line of JSON.</summary>
internal static class Complaints
{
    /// <summary>Answers where the answer failed.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails in one request must not end the server.")]
    internal static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var (status, reason) = exception switch
            {
                RefusedException refused => (refused.Status, refused.Message),
                InputException input => (422, input.Message),
                BadHttpRequestException bad => (bad.StatusCode, "The request is malformed: " + bad.Message),
                JsonException => (400, "The request is malformed: expected JSON of the form that the page sends."),
                IOException or UnauthorizedAccessException => (500, exception.Message),
                _ => (500, $"Internal error, please report it: {exception.GetType().Name}: {exception.Message}"),
            };
            await WriteAsync(context, status, reason);
        }
    }

    /// <summary>Answers with a status and its reason.</summary>
    internal static Task WriteAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Complaint(reason), StudioJson.Options);
    }

    private sealed record Complaint(string Error);
}
