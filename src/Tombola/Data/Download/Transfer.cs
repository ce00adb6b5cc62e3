using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Tombola.Data.Download;

/// <summary>Fetches one file from one address once, going on from what has arrived before.</summary>
/// <param name="client">Sends the requests; it should not decompress.</param>
/// <param name="stallTimeout">How long nothing may arrive.</param>
internal sealed class Transfer(HttpClient client, TimeSpan stallTimeout)
{
    private const int BufferSize = 1 << 16;

    /// <summary>Fetches what is missing of a file.</summary>
    /// <remarks>
    /// Asks for the rest by an HTTP range. A server that ignores ranges sends the whole, and the part is written anew.
    /// </remarks>
    /// <param name="address">Where the file is.</param>
    /// <param name="part">What has arrived of it; grows, and keeps what has arrived when the attempt fails.</param>
    /// <param name="limit">More bytes than the file can have.</param>
    /// <param name="report">Told the bytes that have arrived and, where known, those of the whole.</param>
    /// <param name="cancellation">Ends the transfer.</param>
    /// <exception cref="TransferException">The attempt failed.</exception>
    /// <exception cref="InputException">The part cannot be written.</exception>
    internal async Task RunAsync(
        Uri address, PartFile part, long limit, Action<long, long?> report, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(stallTimeout);
        try
        {
            var have = part.Length;
            using var response = await SendAsync(address, have, stall.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                EndWithoutRange(response, part, have);
                return;
            }

            have = StartOf(response, have);
            var total = have + response.Content.Headers.ContentLength;
            if (total > limit)
                throw new TransferException($"offers {total} bytes, more than the file can have", mayRetry: false);
            await CopyAsync(response, part, have, total, limit, report, stall).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var seconds = stallTimeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            throw new TransferException($"sent nothing for {seconds} s", mayRetry: true);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            var what = part.Length > 0 ? $"broke off after {part.Length} bytes" : "could not be reached";
            throw new TransferException($"{what} ({failure.Message})", mayRetry: true, failure);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, long have, CancellationToken stall)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall).ConfigureAwait(false);
    }

    // The server has nothing behind what we have: either that is the whole file, or it is not the server's at all.
    private static void EndWithoutRange(HttpResponseMessage response, PartFile part, long have)
    {
        if (response.Content.Headers.ContentRange?.Length == have)
            return;
        part.Delete();
        throw new TransferException($"has no file of more than {have} bytes", mayRetry: true);
    }

    /// <summary>Returns the position at which the bytes of a response belong.</summary>
    private static long StartOf(HttpResponseMessage response, long have)
    {
        var status = response.StatusCode;
        if (status == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have)
            return have;
        if (status == HttpStatusCode.OK)
            return 0;
        var mayRetry = status >= HttpStatusCode.InternalServerError
            || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        throw new TransferException($"answered {(int)status} {response.ReasonPhrase}".TrimEnd(), mayRetry);
    }

    private async Task CopyAsync(
        HttpResponseMessage response,
        PartFile part,
        long have,
        long? total,
        long limit,
        Action<long, long?> report,
        CancellationTokenSource stall)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
            await using var file = part.Open(have);
            report(have, total);
            int count;
            while ((count = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false)) > 0)
            {
                stall.CancelAfter(stallTimeout);
                have += count;
                if (have > limit)
                    throw new TransferException($"sent more than {limit} bytes", mayRetry: false);
                await part.WriteAsync(file, buffer.AsMemory(0, count)).ConfigureAwait(false);
                report(have, total);
            }

            if (have < total)
                throw new TransferException($"broke off after {have} of {total} bytes", mayRetry: true);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
