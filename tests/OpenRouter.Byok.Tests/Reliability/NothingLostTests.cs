using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reliability;

/// <summary>A thousand creates, updates and deletes over a network in which one request in five goes wrong.</summary>
public sealed class NothingLostTests
{
    private const string Faults =
        "rate-limit=0.05,retry-after=0,unavailable=0.04,lost-before=0.04,lost-after=0.04,garbage=0.03,conflict=0.05,"
        + "seed=3";

    private static readonly string[] Providers =
        ["openai", "anthropic", "groq", "mistral", "xai", "cohere", "together", "novita"];

    [Theory]
    [InlineData(1, 200)]
    [InlineData(8, 1000)]
    [InlineData(64, 200)]
    public async Task What_is_there_afterwards_is_what_was_reported(int throttle, int count)
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { KeyCount = 0, Faults = FaultPlan.Parse(Faults) },
            TestContext.Current.CancellationToken);
        using var session = FastRetrySession.For(server);
        using var shell = new ModuleRunspace();
        var variables = new { session, throttle, count, providers = Providers, key = Secret.Of("sk-live-abcd1234") };

        var made = shell.Run(
            """
            1..$count |
                ForEach-Object { [pscustomobject]@{ Provider = $providers[$_ % 8]; Name = "Key $_"; Key = $key } } |
                New-OpenRouterByokKey -Session $session -ThrottleLimit $throttle
            """, variables).All<ByokKey>();
        Assert.Equal(
            Enumerable.Range(1, count).Select(static number => $"Key {number}"), made.Select(static key => key.Name));
        Assert.Equal(
            made.Select(static key => (key.Id, key.Name)).Order(),
            server.Store.Credentials.Select(static key => (key.Id.ToString(), key.Name)).Order());

        var changed = shell.Run(
            "$ids | Set-OpenRouterByokKey -Disabled -Session $session -ThrottleLimit $throttle -PassThru",
            new { session, throttle, ids = made.Select(static key => key.Id).ToArray() }).All<ByokKey>();
        Assert.Equal(made.Select(static key => key.Id), changed.Select(static key => key.Id));
        Assert.All(server.Store.Credentials, static key => Assert.True(key.Disabled));

        shell.Run(
            "$ids | Remove-OpenRouterByokKey -Confirm:$false -Session $session -ThrottleLimit $throttle",
            new { session, throttle, ids = made.Select(static key => key.Id).ToArray() }).IsSilent();
        Assert.Empty(server.Store.Credentials);

        // The control: the faults were there.
        Assert.True(server.FaultCounts.Values.Sum() > count / 2, string.Join(", ", server.FaultCounts));
        Assert.All(
            server.FaultCounts.Where(static fault => fault.Key is not ("slow" or "forbidden")),
            static fault => Assert.True(fault.Value > 0, fault.Key));
    }
}
