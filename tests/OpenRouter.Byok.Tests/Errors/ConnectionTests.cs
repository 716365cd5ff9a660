using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using Xunit;

namespace OpenRouter.Byok.Tests.Errors;

/// <summary>No connection, no answer, or half of one.</summary>
[Collection(NonParallel.Name)]
public sealed class ConnectionTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public ConnectionTests(ScriptedShell scripted) =>
        (server, shell) = (scripted.Reset("-MaximumRetryCount 0 -TimeoutSec 1").Server, scripted.Shell);

    [Fact]
    public void A_refused_connection_is_told_apart()
    {
        shell.Connect(ScriptedServer.Nowhere(), "k", "-MaximumRetryCount 0");

        var error = Failure("ConnectionFailed", ErrorCategory.ConnectionError);

        Assert.Contains(": the connection was refused.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Get-OpenRouterContext", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_does_not_exist_is_not_looked_up_again_and_again()
    {
        shell.Connect(new Uri("https://no-such-host.invalid/api/v1"), "k", "-MaximumRetryCount 3");
        var watch = Stopwatch.StartNew();

        var error = Failure("ConnectionFailed", ErrorCategory.ConnectionError);

        Assert.Contains("no-such-host.invalid", error.ToString(), StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_broken_connection_is_told_as_such()
    {
        foreach (var answer in new[]
                 {
                     Response.ResetBeforeReading, Response.ResetAfterReading, Response.Hangup,
                     Response.Truncated("{\"data\":"), Response.Truncated("{\"data\":", reset: true),
                     Response.Raw("HTTP/1.1 200 OK\r\nContent-"),
                     Response.Raw("220 smtp.example.com ESMTP\r\n"),
                 })
        {
            // .NET itself asks again where not a byte came back.
            server.Reset();
            server.Then(answer, answer, answer, answer, answer, answer);

            var error = Failure("ConnectionFailed", ErrorCategory.ConnectionError);

            Assert.Contains(server.BaseUri.Authority, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_answer_in_time_is_a_timeout()
    {
        server.Then(Response.Silence);
        var watch = Stopwatch.StartNew();

        var error = Failure("Timeout", ErrorCategory.OperationTimeout);

        Assert.Contains("no complete response within 1 seconds.", error.ToString(), StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void An_answer_that_trickles_is_a_timeout_as_well()
    {
        server.Then(Response.Trickle(Samples.Published, TimeSpan.FromMilliseconds(100)));

        Failure("Timeout", ErrorCategory.OperationTimeout);
    }

    [Fact]
    public void A_page_of_HTML_with_200_is_not_taken_for_an_answer()
    {
        server.Then(Response.Html(200));

        var error = Failure("InvalidResponse", ErrorCategory.InvalidResult);

        Assert.Contains("(text/html)", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_nobody_vouches_for_is_refused_before_the_key_is_sent()
    {
        using var secure = new ScriptedServer(SelfSigned());
        shell.Connect(secure.BaseUri, "k", "-MaximumRetryCount 3");

        var error = Failure("ConnectionFailed", ErrorCategory.ConnectionError);

        Assert.Contains("the server's certificate is not trusted", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, secure.Connections);
        Assert.Empty(secure.Requests);
    }

    [Fact]
    public async Task A_script_that_accepts_every_certificate_does_not_do_so_for_the_module()
    {
        using var secure = new ScriptedServer(SelfSigned()) { DefaultResponse = Samples.Echo };
        shell.Connect(secure.BaseUri, "k", "-MaximumRetryCount 3");
#pragma warning disable SYSLIB0014, CA5359 // What scripts set, and a client that heeds it.
        ServicePointManager.ServerCertificateValidationCallback = static (_, _, _, _) => true;
        try
        {
            using var accepted = await WebRequest.Create(secure.BaseUri).GetResponseAsync();
            Assert.Single(secure.Requests);

            Failure("ConnectionFailed", ErrorCategory.ConnectionError);

            Assert.Single(secure.Requests);
        }
        finally
        {
            ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014, CA5359
        }
    }

    [Fact]
    public void A_body_is_sent_without_waiting_for_the_server_s_consent()
    {
        server.DefaultResponse = Samples.Echo;

        shell.Run("Set-OpenRouterByokKey -Id $id -Disabled", new { id = Samples.Id }).IsSilent();

        Assert.Null(Assert.Single(server.Requests).Header("Expect"));
        using var client = HttpClientFactory.Create(server.BaseUri, proxy: null, proxyCredential: null);
        Assert.False(client.DefaultRequestHeaders.ExpectContinue);
    }

    [Fact]
    public void A_server_that_does_not_speak_TLS_is_no_secure_connection()
    {
        server.Then(Response.Raw("HTTP/1.1 400 Bad Request\r\n\r\n"));
        shell.Connect(new Uri($"https://127.0.0.1:{server.Port}/"), "k", "-MaximumRetryCount 0 -TimeoutSec 1");

        var result = shell.Run("Get-OpenRouterByokKey -Id " + Samples.Id);

        Assert.Single(result.Errors);
        Assert.DoesNotContain(
            server.Requests, static request => request.Head.Contains("Bearer", StringComparison.Ordinal));
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private ErrorRecord Failure(string reason, ErrorCategory category)
    {
        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        Assert.Equal("OpenRouterByok." + reason, error.FullyQualifiedErrorId.Split(',').First());
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(Samples.Id, error.TargetObject);
        Assert.StartsWith($"Reading credential '{Samples.Id}' failed: ", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(".", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        return error;
    }
}
