using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OpenRouter.Sandbox.Server;

/// <summary>A local OpenRouter: answers the management API from memory, on loopback only.</summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private const long MaximumBodySize = 1024 * 1024;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication app;
    private readonly RequestPipeline pipeline;

    private SandboxServer(WebApplication app, RequestPipeline pipeline, SandboxStore store, string managementKey)
    {
        this.app = app;
        this.pipeline = pipeline;
        Store = store;
        ManagementKey = managementKey;
        BaseUri = new Uri(app.Urls.Single() + Router.Prefix);
    }

    /// <summary>Such as <c>http://127.0.0.1:5000/api/v1</c>.</summary>
    public Uri BaseUri { get; }

    public string ManagementKey { get; }

    /// <summary>A valid key that is not a management key: management endpoints answer it with 403.</summary>
    public string InferenceKey { get; } = SampleAccount.InferenceKey;

    /// <summary>The inference key of the workspace "Scratch", in which new credentials are tested.</summary>
    public string ScratchKey => InferenceKeys[SampleAccount.CredentialTests.Name];

    /// <summary>Every inference key of the account, by the name of its API key; one of them is disabled.</summary>
    public IReadOnlyDictionary<string, string> InferenceKeys { get; } = SampleAccount.InferenceKeys;

    public SandboxStore Store { get; }

    /// <summary>The latest requests in order of arrival, at most <see cref="RequestLog.Capacity"/>.</summary>
    public IReadOnlyList<RecordedRequest> Requests => pipeline.Log.Snapshot();

    /// <summary>How often each fault of the current plan was injected, by its name in the plan's text.</summary>
    public IReadOnlyDictionary<string, int> FaultCounts => pipeline.Faults.Counts();

    /// <summary>The plan in force; setting one starts its random sequence and its counters anew.</summary>
    public FaultPlan? Faults
    {
        get => pipeline.Faults.Plan;
        set => pipeline.Faults = new FaultInjector(value);
    }

    /// <summary>Runs before the sandbox answers; true means that the request was answered here.</summary>
    public Func<HttpContext, Task<bool>>? Intercept
    {
        get => pipeline.Intercept;
        set => pipeline.Intercept = value;
    }

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = new SandboxStore(options);
        var managementKey = options.ManagementKey ?? NewManagementKey();
        var pipeline = new RequestPipeline(options, new Router(store, options, managementKey));

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodySize;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        var app = builder.Build();
        app.Run(pipeline.HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SandboxServer(app, pipeline, store, managementKey);
    }

    public void ClearRequests() => pipeline.Log.Clear();

    public async ValueTask DisposeAsync()
    {
        using var timeLimit = new CancellationTokenSource(StopTimeout);
        await app.StopAsync(timeLimit.Token);
        await app.DisposeAsync();
    }

    private static string NewManagementKey() => "sk-or-v1-" + RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Ctrl+C and SIGTERM belong to the program around; the host's own lifetime would take them.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
