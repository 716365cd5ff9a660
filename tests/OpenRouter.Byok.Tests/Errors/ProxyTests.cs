using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Errors;

/// <summary>Proxies: when one is used, and what is said when it does not do its part.</summary>
[Collection(NonParallel.Name)]
public sealed class ProxyTests : IClassFixture<ScriptedShell>, IDisposable
{
    private const string Elsewhere = "https://openrouter.invalid/api/v1";

    private readonly IWebProxy usual = HttpClient.DefaultProxy;
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public ProxyTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    private Uri Proxy => new($"http://127.0.0.1:{server.Port}");

    public void Dispose() => HttpClient.DefaultProxy = usual;

    [Fact]
    public void A_proxy_is_asked_for_a_tunnel_and_sees_no_key()
    {
        server.DefaultResponse = static _ => Response.Error(502, "No");
        var address = new Uri("https://localhost:9/api/v1");
        shell.Connect(address, ScriptedServer.Key, $"-MaximumRetryCount 0 -Proxy {Proxy}");

        Assert.Single(shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).Errors);

        var request = Assert.Single(server.Requests);
        Assert.Equal(("CONNECT", "localhost:9"), (request.Method, request.Target));
        Assert.DoesNotContain(ScriptedServer.Key, request.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_http_never_goes_through_a_proxy_of_the_system()
    {
        using var api = new ScriptedServer { DefaultResponse = Samples.Echo };
        server.DefaultResponse = Samples.Echo;
        HttpClient.DefaultProxy = new WebProxy(Proxy);
        using (var other = new HttpClient())
        {
            await other.GetAsync(new Uri(api.BaseUri + "/byok/x"), TestContext.Current.CancellationToken);
        }

        Assert.Single(server.Requests);
        Assert.Empty(api.Requests);
        shell.Connect(api.BaseUri, ScriptedServer.Key);

        shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).Only<ByokKey>();

        Assert.Single(server.Requests);
        Assert.Single(api.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/api/v1")]
    [InlineData("http://localhost:1/api/v1")]
    public void A_proxy_and_plain_http_exclude_each_other(string address)
    {
        var error = shell.Run(
            "Connect-OpenRouter $key -SkipCheck -BaseUri $address -Proxy $proxy",
            new { key = Secret.Of("k"), address, proxy = Proxy }).OnlyError();

        IsUnsafe(error);
        Assert.StartsWith("-Proxy cannot be used with an http address", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user:pa55word@proxy:8080")]
    [InlineData("proxy:8080")]
    [InlineData("proxy.example.com")]
    [InlineData("ftp://pa55word:21")]
    [InlineData("file:///pa55word")]
    [InlineData("socks6://pa55word:1")]
    [InlineData("ws://pa55word:1")]
    [InlineData("mailto:user@pa55word")]
    [InlineData("http://proxy.example.com:8080/pa55word")]
    [InlineData("http://proxy.example.com:8080/?pa55word")]
    [InlineData("http://proxy.example.com:8080/#pa55word")]
    public void What_is_no_address_of_a_proxy_is_refused_unrepeated(string proxy)
    {
        var result = Connect(proxy);

        var error = result.OnlyError();
        IsUnsafe(error);
        Assert.StartsWith(
            "-Proxy is not a proxy address. A proxy address consists of a scheme (one of http://",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("-ProxyCredential", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("pa55word", result.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://proxy.example.com:8080")]
    [InlineData("https://proxy.example.com:8443")]
    [InlineData("socks4://proxy.example.com:1080")]
    [InlineData("socks4a://proxy.example.com:1080")]
    [InlineData("socks5://proxy.example.com:1080")]
    public void What_is_one_is_taken(string proxy) =>
        Assert.Equal(new Uri(proxy), Connect(proxy).Only<OpenRouterSession>().Proxy);

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public void A_proxy_that_is_not_there_is_named_as_the_proxy(string scheme)
    {
        var nobody = new UriBuilder(ScriptedServer.Nowhere()) { Scheme = scheme, Path = "" }.Uri;

        var error = Failure($"-Proxy {nobody}");

        Assert.EndsWith(
            $"failed: {nobody.Host}:{nobody.Port}: the connection to this proxy was refused.",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Check the -Proxy parameter ", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_one_whose_name_does_not_exist()
    {
        var error = Failure("-Proxy http://no-such-proxy.invalid:8080");

        Assert.Contains(": no-such-proxy.invalid:8080: ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("proxy", error.ToString().Split(": ")[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("openrouter.invalid", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_that_of_the_system()
    {
        var nobody = new Uri(ScriptedServer.Nowhere().GetLeftPart(UriPartial.Authority));
        HttpClient.DefaultProxy = new WebProxy(nobody);

        var error = Failure("");

        Assert.EndsWith(
            $"failed: {nobody.Authority}: the connection to this proxy was refused.",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_hangs_up_is_named_as_the_proxy()
    {
        server.Then(Response.ResetBeforeReading);

        Assert.Contains(
            "no connection could be established through this proxy.",
            Failure($"-Proxy socks5://127.0.0.1:{server.Port}").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_asks_for_a_password_is_told_at_once_and_with_the_parameter()
    {
        server.DefaultResponse =
            static _ => Response.Of(407, "text/plain", "", "Proxy-Authenticate: Basic realm=\"p\"");

        var error = Failure($"-Proxy {Proxy}", retries: 3);

        Assert.Contains(
            "failed: the proxy refused the connection and returned status 407. It requires a user name",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("-ProxyCredential", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void So_is_one_that_answers_in_the_API_s_place()
    {
        server.Then(Response.Error(407, "Authenticate yourself"));

        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        Assert.Equal("OpenRouterByok.ConnectionFailed", error.FullyQualifiedErrorId.Split(',').First());
        Assert.Contains("failed: the proxy refused the connection", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, 1)]
    [InlineData(502, 2)]
    public void A_proxy_that_refuses_to_connect_is_named_with_its_status(int status, int attempts)
    {
        server.DefaultResponse = _ => Response.Html(status);

        var error = Failure($"-Proxy {Proxy}", retries: 1);

        Assert.Contains(
            $"failed: the proxy refused to connect to the API and returned status {status}.",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(attempts, server.Requests.Count);
    }

    [Fact]
    public void Without_a_proxy_none_is_named()
    {
        shell.Connect(ScriptedServer.Nowhere(), "k", "-MaximumRetryCount 0");

        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        Assert.DoesNotContain("proxy", error.ToString(), StringComparison.Ordinal);
    }

    private RunResult Connect(string proxy) => shell.Run(
        "Connect-OpenRouter $key -SkipCheck -PassThru -BaseUri https://openrouter.ai/api/v1 -Proxy $proxy",
        new { key = Secret.Of("k"), proxy });

    private ErrorRecord Failure(string more, int retries = 0)
    {
        shell.Connect(new Uri(Elsewhere), ScriptedServer.Key, $"-MaximumRetryCount {retries} {more}");
        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        Assert.Equal("OpenRouterByok.ConnectionFailed", error.FullyQualifiedErrorId.Split(',').First());
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        return error;
    }

    private static void IsUnsafe(ErrorRecord error)
    {
        Assert.Equal("OpenRouterByok.UnsafeAddress", error.FullyQualifiedErrorId.Split(',').First());
        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
    }
}
