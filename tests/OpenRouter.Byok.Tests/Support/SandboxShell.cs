using System;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests;

/// <summary>A runspace connected to a sandbox, shared by the tests of a class one after the other.</summary>
public class SandboxShell : IAsyncLifetime
{
    internal SandboxServer Server { get; private set; } = null!;

    internal ModuleRunspace Shell { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await SandboxServer.StartAsync(Options, TestContext.Current.CancellationToken);
        Shell = NewShell();
    }

    /// <summary>As if both were new: the sample credentials, a session, and no request yet.</summary>
    internal SandboxShell Reset(string more = "")
    {
        Server.Intercept = null;
        Server.Faults = null;
        Server.Store.Reset();
        Server.ClearRequests();
        Shell.Reset();
        Shell.Connect(Server.BaseUri, Server.ManagementKey, more);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual SandboxOptions Options => new();

    private protected virtual ModuleRunspace NewShell() => new();
}

/// <summary>The same with a server that lists credentials in no helpful order, for tests of what must sort.</summary>
public sealed class ShuffledSandboxShell : SandboxShell
{
    private protected override SandboxOptions Options => new() { ShuffleSeed = 1 };
}
