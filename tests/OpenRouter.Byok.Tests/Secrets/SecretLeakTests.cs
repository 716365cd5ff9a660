using System;
using System.Collections.Generic;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests.Secrets;

/// <summary>
/// No secret shows up anywhere: every cmdlet, every outcome, every stream, and a server that repeats it all.
/// </summary>
public sealed class SecretLeakTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    private static readonly KnownSecret ManagementKey =
        new("management key", "sk-or-v1-MgmtMarker/7f3K+w=Zq.8Lh2~Vx") { PublicPrefix = "sk-or-v1-" };
    private static readonly KnownSecret ProviderKey = new("provider key", "sk-prov-\"Marker\\9é/Tq+Wz=&5 Rb<Yk>");
    private static readonly KnownSecret ProxyPassword = new("proxy password", "Pr0xyMarker:Jd8%Gn2!Xc");
    private static readonly KnownSecret InferenceKey =
        new("inference key", "sk-or-v1-InfrMarker/4c8D+x=Yp.3Nw6~Qz") { PublicPrefix = "sk-or-v1-" };
    private static readonly KnownSecret[] Secrets = [ManagementKey, ProviderKey, ProxyPassword, InferenceKey];

    private const string Noisily =
        "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; $ErrorView = 'NormalView'; ";

    private static readonly string[] Commands =
    [
        "Connect-OpenRouter $management -BaseUri $uri -MaximumRetryCount 0 -PassThru",
        "Get-OpenRouterByokKey",
        "Get-OpenRouterByokKey -Id $id",
        "New-OpenRouterByokKey openai $provider -Name Nightly -AllowedModel openai/gpt-4o",
        "New-OpenRouterByokKey openai $provider -WhatIf",
        "New-OpenRouterByokKey openai $provider -Confirm",
        "New-OpenRouterByokKey openai",
        "Set-OpenRouterByokKey -Id $id -Key $provider -PassThru",
        "Set-OpenRouterByokKey -Id $id -Key $provider -WhatIf",
        "Set-OpenRouterByokKey -Id $id -Key $provider -AllowedApiKey Nightly",
        "Get-OpenRouterApiKey",
        "Get-OpenRouterMember",
        "Get-OpenRouterModel",
        "Get-OpenRouterProvider",
        "Get-OpenRouterWorkspace -Id $id",
        "Enable-OpenRouterByokKey -Id $id -PassThru",
        "Disable-OpenRouterByokKey -Id $id -PassThru",
        "Remove-OpenRouterByokKey -Id $id -Confirm:$false",
        "Remove-OpenRouterByokKey -Id $id -WhatIf",
        "Get-OpenRouterContext",
        "Get-OpenRouterByokKey -ApiKey $plain",
        "Get-OpenRouterByokUsage Total -ApiKey $plain",
        "Resolve-OpenRouterByokRoute openai/gpt-4o -Provider openai -ApiKey $plain",
        "Set-OpenRouterByokKey -Id $id -AllowedApiKey $plain",
        "Test-OpenRouterByokKey -Id $id -ApiKey $inference -Model openai/gpt-4o",
        "Test-OpenRouterByokKey -Id $id -ApiKey $management -Model openai/gpt-4o",
        "Test-OpenRouterByokKey -Id $id -ApiKey $plain -Model openai/gpt-4o",
        "Invoke-OpenRouterByokAudit",
        "Get-OpenRouterWorkspace",
        "Get-OpenRouterByokUsage Total",
        "New-OpenRouterByokKey openai $plain",
        "New-OpenRouterByokKey azure (New-OpenRouterByokSecret -ResourceName contoso -ApiKey $provider)",
        "Connect-OpenRouter $plain -BaseUri $uri",
        "Set-OpenRouterByokKey -Id $id -Key $plain",
        "[pscustomobject]@{ Provider = 'openai'; Key = $plain } | New-OpenRouterByokKey",
    ];

    public static TheoryData<string> Encodings => [.. EchoingServer.Encodings];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void No_command_shows_a_secret_whatever_the_server_repeats(string encoding)
    {
        int[] statuses = encoding == "raw" ? [200, 302, 400, 401, 402, 403, 404, 409, 422, 429, 500, 503] : [400, 503];
        foreach (var status in statuses)
        {
            using var server = new ScriptedServer { DefaultResponse = EchoingServer.Answering(status, encoding) };
            AssertSilent(server);
        }
    }

    [Fact]
    public void No_command_shows_a_secret_when_the_connection_breaks()
    {
        using var server = new ScriptedServer { DefaultResponse = static _ => Response.ResetAfterReading };
        AssertSilent(server);
    }

    [Fact]
    public void No_command_shows_a_secret_when_it_succeeds()
    {
        const string credential = $$"""
            {"id":"{{Id}}","provider":"openai","label":"sk-...Yk>","name":null,"workspace_id":null,"disabled":false}
            """;
        using var server = new ScriptedServer
        {
            DefaultResponse = static request => request switch
            {
                { Method: "DELETE" } => Response.Json("""{"deleted":true}"""),
                { Method: "POST" } => Response.Json($$"""{"data":{{credential}}}""", 201),
                { Target: var target } when target.EndsWith("/key", StringComparison.Ordinal) =>
                    Response.Json("""{"data":{"label":"sk-or-v1-Mgm...h2~","is_management_key":true}}"""),
                { Target: var target } when target.Contains('?', StringComparison.Ordinal) =>
                    Response.Json($$"""{"data":[{{credential}}],"total_count":1}"""),
                _ => Response.Json($$"""{"data":{{credential}}}"""),
            },
        };
        AssertSilent(server);
    }

    [Fact]
    public void The_password_of_a_proxy_goes_to_the_proxy_and_nowhere_else()
    {
        using var proxy = new ScriptedServer
        {
            DefaultResponse = static request => request.Header("Proxy-Authorization") is null
                ? Response.Error(407, "who are you", "Proxy-Authenticate: Basic realm=\"p\"")
                : Response.Error(502, request.Head),
        };
        using var shell = new ModuleRunspace();

        var result = shell.Run(
            Noisily + "Connect-OpenRouter $management -BaseUri https://openrouter.invalid/api/v1 -Proxy $proxy "
            + "-ProxyCredential $who -MaximumRetryCount 0",
            new
            {
                management = Secret.Of(ManagementKey.Text),
                proxy = new Uri(proxy.BaseUri.GetLeftPart(UriPartial.Authority)),
                who = new PSCredential("proxy-user", Secret.Of(ProxyPassword.Text)),
            });

        Assert.NotEmpty(result.Errors);
        Assert.Contains(proxy.Requests, static request => request.Header("Proxy-Authorization") is not null);
        Assert.All(proxy.Requests, static request => Assert.Null(request.Header("Authorization")));
        Assert.Empty(LeakScan.Leaks(LeakScan.Collect(shell, result), Secrets));
    }

    [Fact]
    public void Tracing_shows_no_secret()
    {
        using var server = new ScriptedServer { DefaultResponse = EchoingServer.Answering(400, "raw") };
        using var session = FastRetrySession.For(server.BaseUri, ManagementKey.Text, retries: 0);
        using var shell = new ModuleRunspace();

        shell.Run(
            "Set-PSDebug -Trace 2; New-OpenRouterByokKey openai $provider -Session $session; Set-PSDebug -Off",
            new { session, provider = Secret.Of(ProviderKey.Text) });

        Assert.Contains("New-OpenRouterByokKey", shell.Host.Screen.Trace, StringComparison.Ordinal);
        Assert.Empty(LeakScan.Leaks(shell.Host.Screen.Trace, Secrets));
    }

    /// <summary>The control: the same scan finds what is planted.</summary>
    [Theory]
    [InlineData(
        "& { [CmdletBinding()] param() "
            + "$PSCmdlet.WriteError("
            + "[Management.Automation.ErrorRecord]::new([Exception]::new($text), 'x', 0, $null)) }",
        "raw")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteVerbose($text) } -Verbose", "raw")]
    [InlineData("[pscustomobject]@{ a = @{ b = $text } }", "raw")]
    [InlineData("throw [Exception]::new('outer', [Exception]::new($text))", "raw")]
    [InlineData("[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('xy' + $text))", "utf-8 base64")]
    [InlineData("[Uri]::EscapeDataString($text)", "URL-encoded")]
    [InlineData("$Host.UI.WriteLine($text)", "raw")]
    public void The_scan_finds_what_is_planted(string plant, string encoding)
    {
        using var shell = new ModuleRunspace();

        var result = shell.Run(plant, new { text = ProviderKey.Text });

        Assert.Contains($"provider key {encoding}", LeakScan.Leaks(LeakScan.Collect(shell, result), Secrets));
    }

    private static void AssertSilent(ScriptedServer server)
    {
        using var session = FastRetrySession.For(server.BaseUri, ManagementKey.Text, retries: 1);
        using var shell = new ModuleRunspace();
        var results = new List<RunResult>();
        foreach (var command in Commands)
        {
            shell.Host.Screen.Secrets.Enqueue(ProviderKey.Text);
            shell.Host.Screen.Answers.Enqueue("Yes");
            var usesSession = !command.Contains("Connect", StringComparison.Ordinal)
                && !command.Contains('|', StringComparison.Ordinal);
            var result = shell.Run(
                Noisily + command + (usesSession ? " -Session $session" : ""),
                new
                {
                    session,
                    id = Id,
                    uri = server.BaseUri,
                    management = Secret.Of(ManagementKey.Text),
                    provider = Secret.Of(ProviderKey.Text),
                    inference = Secret.Of(InferenceKey.Text),
                    plain = ProviderKey.Text,
                });

            var text = LeakScan.Collect(result);
            Assert.True(LeakScan.Leaks(text, Secrets) is [], $"{command}:\n{text}");
            results.Add(result);
        }

        AssertNothingLeft();
        results.Add(shell.Run(Noisily + "Disconnect-OpenRouter"));
        AssertNothingLeft();

        void AssertNothingLeft()
        {
            var left = LeakScan.Collect(shell, results);
            Assert.True(LeakScan.Leaks(left, Secrets) is [], left);
        }
    }
}
