using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Testing;

/// <summary>A sandbox whose workspace Scratch is there for tests of new keys.</summary>
internal sealed class ScratchWorkspace(SandboxShell sandbox)
{
    public const string Test = "Test-OpenRouterByokKey -Provider openai -Key $key -ProvingWorkspace Scratch "
        + "-ApiKey $scratch ";

    public SandboxServer Server => sandbox.Server;

    public ModuleRunspace Shell => sandbox.Shell;

    /// <summary>The credentials of the workspace alone.</summary>
    public IReadOnlyList<Credential> Credentials =>
    [
        .. Server.Store.Credentials.Where(
            static credential => credential.WorkspaceId == SampleAccount.ScratchWorkspaceId),
    ];

    /// <summary>All credentials with all that is known of them, to compare before and after.</summary>
    public IReadOnlyList<string> Everything => [.. Server.Store.Credentials.Select(Describe)];

    public IReadOnlyList<string> Sent =>
    [
        .. Server.Requests.Select(static request => request.Method + " " + PathOf(request)),
    ];

    public IReadOnlyList<string> Changes =>
        [.. Sent.Where(static request => !request.StartsWith("GET ", StringComparison.Ordinal))];

    /// <summary>Runs with $key, and with $scratch and $production as API keys of these workspaces.</summary>
    public RunResult Run(string script, string key = "sk-proj-0123456789", object? more = null)
    {
        Set(key);
        return Shell.Run(script, more);
    }

    public RunningScript Start(string script, string key = "sk-proj-0123456789")
    {
        Set(key);
        return Shell.Start(script);
    }

    /// <summary>A temporary credential as an interrupted test leaves it behind.</summary>
    public Credential LeaveBehind(TimeSpan age, Func<Credential, Credential>? with = null)
    {
        var credential = new Credential
        {
            Id = Guid.NewGuid(),
            Provider = "openai",
            Name = "OpenRouter.Byok test " + Guid.NewGuid(),
            Label = "sk-...AbCd",
            WorkspaceId = SampleAccount.ScratchWorkspaceId,
            IsByokOnly = true,
            CreatedAt = DateTime.UtcNow - age,
        };
        credential = with?.Invoke(credential) ?? credential;
        Server.Store.Add(credential);
        return credential;
    }

    /// <summary>Nothing of a test is left.</summary>
    public void IsEmpty() => Assert.Empty(Credentials);

    private void Set(string key)
    {
        var variables = Shell.Runspace.SessionStateProxy;
        variables.SetVariable("key", Secret.Of(key));
        variables.SetVariable("scratch", Secret.Of(Server.ScratchKey));
        variables.SetVariable("production", Secret.Of(Server.InferenceKeys[SampleAccount.Storefront.Name]));
        variables.SetVariable("assistant", Secret.Of(Server.InferenceKey));
    }

    private static string PathOf(RecordedRequest request)
    {
        var path = request.PathAndQuery.Split('?')[0]["/api/v1".Length..];
        return path.StartsWith("/byok/", StringComparison.Ordinal) ? "/byok/{id}" : path;
    }

    private static string Describe(Credential credential) => credential
        + $" {string.Join(',', credential.AllowedModels ?? [])}"
        + $" {string.Join(',', credential.AllowedApiKeyHashes ?? [])}"
        + $" {string.Join(',', credential.AllowedUserIds ?? [])}";
}
