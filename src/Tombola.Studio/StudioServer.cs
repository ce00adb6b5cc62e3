using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tombola.Studio.Live;
using Tombola.Studio.Machine;
using Tombola.Studio.Playground;
using Tombola.Studio.Runs;
using Tombola.Studio.Tickets;
using Tombola.Studio.Web;

namespace Tombola.Studio;

/// <summary>Tombola Studio: serves the page and what it shows.</summary>
public sealed class StudioServer : IAsyncDisposable
{
    private const int LargestBody = 64 * 1024;
    private const int MostConnections = 512;
    private const int TokenBytes = 16;

    private readonly WebApplication _application;
    private readonly StoreWatch _watch;

    private StudioServer(WebApplication application, StoreWatch watch, string address, string token)
    {
        (_application, _watch, Address) = (application, watch, address);
        EntryAddress = token.Length == 0 ? address : $"{address}?token={token}";
    }

    /// <summary>Whether the page was built in, which takes Node.js.</summary>
    public static bool HasPage => PageAssets.HasScript;

    /// <summary>Where it listens, for example <c>http://127.0.0.1:4040/</c>.</summary>
    public string Address { get; }

    /// <summary>What to open in a browser: the address, with the token where one is needed.</summary>
    public string EntryAddress { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">Where, and what to show.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <returns>The server, ready; the caller disposes of it.</returns>
    /// <exception cref="InputException">The host is unknown or the port is taken.</exception>
    public static async Task<StudioServer> StartAsync(
        StudioOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = Resolve(options.Host);
        if (!IPAddress.IsLoopback(address) && options.Token.Length == 0)
            options = options with { Token = RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true) };
        var watch = new StoreWatch(new RunCatalogue(options.Store, options.Time));
        var application = Build(options, address, watch);
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new InputException(
                $"--port {options.Port}: another program listens there; choose another port, or 0 for any free one.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new InputException(
                $"--host {options.Host} --port {options.Port}: cannot listen there ({exception.Message}).", exception);
        }

        watch.Start();
        return new StudioServer(application, watch, AddressOf(application, options.Host), options.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false); // First, so that streams end and let the server stop.
        await _application.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(StudioOptions options, IPAddress address, StoreWatch watch)
    {
        // The empty builder: no configuration is read from files or the environment, nothing is logged.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<ComputeGate>();
        builder.Services.Configure<RouteHandlerOptions>(handler => handler.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => StudioJson.Configure(json.SerializerOptions));
        var application = builder.Build();
        application.Use(new Guard(options.Host, address, options.Token).InvokeAsync);
        application.Use(Complaints.InvokeAsync);
        application.UseRouting();
        EventRoutes.Map(application, watch);
        RunRoutes.Map(application, watch.Catalogue);
        FigureRoutes.Map(application, watch.Catalogue);
        var gate = application.Services.GetRequiredService<ComputeGate>();
        new TicketRoutes(watch.Catalogue, options, gate).Map(application);
        new MachineRoutes(options, gate).Map(application);
        new XorRoutes(gate).Map(application);
        new DigitRoutes(watch.Catalogue, options, gate).Map(application);
        PageRoutes.Map(application);
        return application;
    }

    private static IPAddress Resolve(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return address;
        if (host == "localhost")
            return IPAddress.Loopback;
        try
        {
            return Dns.GetHostAddresses(host).FirstOrDefault()
                ?? throw new InputException($"--host {host}: the name has no address here.");
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new InputException(
                $"--host {host}: no such host; give an address of this machine, for example 0.0.0.0 for all.",
                exception);
        }
    }

    private static string AddressOf(WebApplication application, string host)
    {
        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        var port = new Uri(bound.Addresses.First()).Port;
        var name = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
        return $"http://{name}:{port}/";
    }
}
