using System;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Connects this PowerShell session to an OpenRouter account.</summary>
/// <remarks>
/// <para>
/// The cmdlet checks the key with the API and rejects a key that is not a management key. Every cmdlet in this runspace
/// then uses the session until you run Disconnect-OpenRouter. If you omit -ManagementKey, the cmdlet uses the
/// environment variable OPENROUTER_MANAGEMENT_KEY or OPENROUTER_API_KEY. If neither is set, you are prompted for the
/// key.
/// </para>
/// <para>
/// You do not need to connect if one of the environment variables is set: the cmdlets read them automatically.
/// </para>
/// </remarks>
/// <example>
/// <summary>Connect and be prompted for the key</summary>
/// <code>Connect-OpenRouter</code>
/// <para>The prompt is masked.</para>
/// </example>
/// <example>
/// <summary>Connect from a vault, with a default workspace</summary>
/// <code>
/// $key = Get-Secret OpenRouterManagementKey
/// Connect-OpenRouter $key -Workspace Production
/// </code>
/// <para>The cmdlets list and create credentials in that workspace unless you specify another one.</para>
/// </example>
/// <example>
/// <summary>Work on two accounts at once</summary>
/// <code>
/// $a = Connect-OpenRouter $keyA -PassThru
/// $b = Connect-OpenRouter $keyB -PassThru
/// Get-OpenRouterByokKey -Session $a
/// </code>
/// <para>You can also use -Session to pass a session to ForEach-Object -Parallel, as $using:a.</para>
/// </example>
/// <seealso cref="DisconnectOpenRouterCommand"/>
/// <seealso cref="GetOpenRouterContextCommand"/>
/// <seealso href="https://openrouter.ai/settings/management-keys">Create management keys</seealso>
[Cmdlet(
    VerbsCommunications.Connect, "OpenRouter",
    HelpUri = HelpPages.Address + "Connect-OpenRouter.md")]
[OutputType(typeof(OpenRouterSession))]
public sealed class ConnectOpenRouterCommand : OpenRouterCommand
{
    /// <summary>The management key, as a SecureString.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [SecretArgument]
    public SecureString? ManagementKey { get; set; }

    /// <summary>
    /// The address of the API, such as https://eu.openrouter.ai/api/v1. It must be an https address; http is accepted
    /// only for this computer. The default is the value of the environment variable OPENROUTER_BASE_URL or, if it is
    /// not set, https://openrouter.ai/api/v1.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [AddressArgument]
    public Uri? BaseUri { get; set; }

    /// <summary>
    /// The name or slug of the workspace in which credentials are listed and created by default. It is looked up
    /// immediately, even with -SkipCheck. It cannot be combined with -WorkspaceId.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    public string? Workspace { get; set; }

    /// <summary>The id of the workspace in which credentials are listed and created by default.</summary>
    [Parameter]
    [ValidateNotNull]
    [WorkspaceIdArgument]
    public string? WorkspaceId { get; set; }

    /// <summary>The time limit, in seconds, for one attempt of a request, including its response: 1 to 3600.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    [PSDefaultValue(Value = SessionSettings.DefaultTimeoutSec)]
    public int TimeoutSec { get; set; } = SessionSettings.DefaultTimeoutSec;

    /// <summary>The maximum number of times that a request is retried after a transient failure: 0 to 100.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    [PSDefaultValue(Value = SessionSettings.DefaultRetryCount)]
    public int MaximumRetryCount { get; set; } = SessionSettings.DefaultRetryCount;

    /// <summary>
    /// The proxy to use instead of the system proxy, such as http://proxy.example.com:8080. It can be an http, https,
    /// socks4, socks4a, or socks5 address; in Windows PowerShell, it must be an http address. An API at an http
    /// address, which is on this computer, is never reached through a proxy.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [AddressArgument]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for the proxy that -Proxy specifies.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Connects without checking the key with the API, so that nothing is sent yet.</summary>
    [Parameter]
    public SwitchParameter SkipCheck { get; set; }

    /// <summary>Outputs the session, so that you can pass it to the -Session parameter of other cmdlets.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        if (Workspace is not null && WorkspaceId is not null)
        {
            throw Validate.TwoForms(nameof(Workspace), nameof(WorkspaceId));
        }

        Validate.NullOrNotBlank(nameof(Workspace), Workspace);
        var baseUri = BaseUri is null
            ? SessionEnvironment.BaseUri()
            : BaseAddress.Check(BaseUri, "-" + nameof(BaseUri));
        var settings = new SessionSettings(baseUri)
        {
            WorkspaceId = WorkspaceId is null ? null : Validate.WorkspaceId(WorkspaceId),
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            Retry = new RetryPolicy(MaximumRetryCount),
            Proxy = Proxy is null ? null : BaseAddress.CheckProxy(Proxy, "-" + nameof(Proxy), baseUri),
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
        };

        using var found = ManagementKey is null ? SessionEnvironment.Key() : null;
        var key = Validate.ManagementKey(
            ManagementKey ?? found?.Text ?? SecretPrompt.Read(Host, Messages.PromptManagementKey));
        var session = new OpenRouterSession(
            settings with { KeySource = ManagementKey is not null ? "Parameter" : found?.Source ?? "Prompt" }, key);
        session.WarnOfAddress(this);
        if (!SkipCheck || Workspace is not null)
        {
            session = Completed(session);
        }

        SessionTable.Connect(session);
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private OpenRouterSession Completed(OpenRouterSession session)
    {
        try
        {
            var label = SkipCheck ? null : CheckedLabel(session);
            var workspaceId = Workspace is null ? session.WorkspaceId : RunNow((output, cancellationToken) =>
                new NameResolver(session.Account, session.UtcNow)
                    .WorkspaceIdAsync(Workspace, output, cancellationToken));
            return session.With(label, workspaceId);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private string? CheckedLabel(OpenRouterSession session)
    {
        var key = RunNow((output, cancellationToken) => session.Client.GetCurrentKeyAsync(output, cancellationToken));
        return key is { IsManagementKey: true } or { IsProvisioningKey: true }
            ? key.Label
            : throw new OpenRouterException(ErrorReason.NotManagementKey, Messages.NotManagementKey, key.Label);
    }
}
