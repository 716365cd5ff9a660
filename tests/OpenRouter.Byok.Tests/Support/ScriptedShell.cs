using System;

namespace OpenRouter.Byok.Tests;

/// <summary>A runspace connected to a scripted server, shared by the tests of a class one after the other.</summary>
public sealed class ScriptedShell : IDisposable
{
    internal ScriptedServer Server { get; } = new();

    internal ModuleRunspace Shell { get; } = new();

    /// <summary>As if both were new. A failed request is not repeated.</summary>
    internal ScriptedShell Reset(string more = "-MaximumRetryCount 0")
    {
        Server.Reset();
        Shell.Reset();
        Shell.Connect(Server.BaseUri, ScriptedServer.Key, more);
        return this;
    }

    public void Dispose()
    {
        Shell.Dispose();
        Server.Dispose();
    }
}
