using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Byok.Tests.Testing;

/// <summary>A sandbox for tests of credentials: what is there, and what was asked.</summary>
internal sealed class TestAccount(SandboxShell sandbox)
{
    public SandboxServer Server => sandbox.Server;

    public ModuleRunspace Shell => sandbox.Shell;

    public IReadOnlyList<RecordedRequest> Tests =>
    [
        .. Server.Requests.Where(
            static request => request.PathAndQuery.EndsWith("/chat/completions", StringComparison.Ordinal)),
    ];

    /// <summary>Runs with $apiKey as an inference key of the default workspace.</summary>
    public RunResult Run(string script, object? variables = null)
    {
        Shell.Runspace.SessionStateProxy.SetVariable("apiKey", Secret.Of(Server.InferenceKey));
        return Shell.Run(script, variables);
    }

    /// <summary>Makes these openai credentials all there are, in this order.</summary>
    public IReadOnlyList<Guid> Hold(
        params (string Name, SandboxUpstream Upstream, Func<Credential, Credential> With)[] credentials)
    {
        Server.Store.ReplaceCredentials([]);
        return
        [
            .. credentials.Select(one => Server.Store.Create(one.With(Draft(one.Name))).Id)
                .Zip(credentials, (id, one) =>
                {
                    Server.Store.SetUpstream(id, one.Upstream);
                    return id;
                }),
        ];
    }

    /// <summary>The same, with nothing special about them.</summary>
    public IReadOnlyList<Guid> Hold(params SandboxUpstream[] upstreams) => Hold(
        [.. upstreams.Select(static (upstream, index) =>
            ($"Key {index}", upstream, (Func<Credential, Credential>)Plain))]);

    public static Credential Plain(Credential credential) => credential;

    public static Credential Required(Credential credential) => credential with { IsRequired = true };

    public static Credential Fallback(Credential credential) => credential with { IsFallback = true };

    private static Credential Draft(string name) => new()
    {
        Id = Guid.Empty,
        Provider = "openai",
        Name = name,
        Label = "sk-...AbCd",
        WorkspaceId = SampleAccount.DefaultWorkspaceId,
        CreatedAt = default,
    };
}
