using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reliability;

/// <summary>A create makes one credential, whatever becomes of its answer.</summary>
public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private const string Create = "New-OpenRouterByokKey openai $key Nightly -Session $session -Verbose";

    private SandboxServer server = null!;
    private ModuleRunspace shell = null!;
    private OpenRouterSession session = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SandboxServer.StartAsync(
            new SandboxOptions { KeyCount = 0 }, TestContext.Current.CancellationToken);
        shell = new ModuleRunspace();
        session = FastRetrySession.For(server);
    }

    public async ValueTask DisposeAsync()
    {
        shell.Dispose();
        session.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("lost-after=1")]
    [InlineData("garbage=1")]
    public void What_was_made_before_the_answer_was_lost_is_found(string fault)
    {
        FailFirstPost(fault);

        var result = Run();

        Assert.Equal(Assert.Single(server.Store.Credentials).Id.ToString(), result.Only<ByokKey>().Id);
        Assert.Contains(result.Verbose, line => line.Contains("the credential was created", StringComparison.Ordinal));
        Assert.Equal(1, Posts);
    }

    [Theory]
    [InlineData("lost-before=1")]
    [InlineData("unavailable=1")]
    public void What_was_not_made_is_made_by_a_repetition(string fault)
    {
        FailFirstPost(fault);

        var result = Run();

        Assert.Equal(Assert.Single(server.Store.Credentials).Id.ToString(), result.Only<ByokKey>().Id);
        Assert.Equal(2, Posts);
    }

    [Fact]
    public void A_rate_limit_is_waited_out()
    {
        FailFirstPost("rate-limit=1,retry-after=0");

        Run().Only<ByokKey>();

        Assert.Single(server.Store.Credentials);
    }

    [Fact]
    public void A_late_answer_is_as_good_as_a_lost_one()
    {
        using var hasty = FastRetrySession.For(server, timeoutSeconds: 0.3);
        FailFirstPost("slow=1,slow-ms=600");

        var result = Run(hasty);

        // The sandbox is slow before it acts, so the credential may appear after it was looked for: one or an honest
        // error.
        if (result.Errors.Count == 0)
        {
            Assert.Equal(Assert.Single(server.Store.Credentials).Id.ToString(), result.Only<ByokKey>().Id);
        }
        else
        {
            Assert.StartsWith(
                "OpenRouterByok.AmbiguousCreate", result.OnlyError().FullyQualifiedErrorId, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_repetitions_a_lost_answer_is_still_looked_for()
    {
        using var once = FastRetrySession.For(server, retries: 0);
        FailFirstPost("lost-after=1");

        var made = Run(once).Only<ByokKey>();

        Assert.Equal(Assert.Single(server.Store.Credentials).Id.ToString(), made.Id);
    }

    [Fact]
    public void Without_repetitions_the_error_says_that_nothing_was_made()
    {
        using var once = FastRetrySession.For(server, retries: 0);
        FailFirstPost("lost-before=1");

        var error = Run(once).OnlyError();

        Assert.Contains("no credential was created", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Store.Credentials);
    }

    [Fact]
    public void An_older_twin_is_not_taken_for_the_new_one()
    {
        server.Store.Add(Twin(DateTime.UtcNow.AddMinutes(-1)));
        FailFirstPost("lost-before=1");

        var made = Run().Only<ByokKey>();

        Assert.Equal(2, server.Store.Credentials.Count);
        Assert.Equal(server.Store.Credentials.MaxBy(static key => key.CreatedAt)!.Id.ToString(), made.Id);
    }

    [Fact]
    public void A_twin_with_another_key_is_not_taken_for_the_new_one()
    {
        BeforeFirstPost(async context =>
        {
            server.Store.Add(Twin(DateTime.UtcNow) with { Label = "sk-...zzzz" });
            context.Abort();
            await Task.CompletedTask;
        });

        var made = Run().Only<ByokKey>();

        Assert.Equal("sk-...1234", made.Label);
        Assert.Equal(2, server.Store.Credentials.Count);
    }

    [Fact]
    public void Two_that_could_be_it_are_an_error_that_names_both()
    {
        BeforeFirstPost(async context =>
        {
            server.Store.Add(Twin(DateTime.UtcNow));
            server.Store.Add(Twin(DateTime.UtcNow) with { SortOrder = 1 });
            context.Abort();
            await Task.CompletedTask;
        });

        var error = Run().OnlyError();

        Assert.StartsWith("OpenRouterByok.AmbiguousCreate", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.All(server.Store.Credentials, key =>
        {
            Assert.Contains(key.Id.ToString(), error.ToString(), StringComparison.Ordinal);
            Assert.Contains(key.Id.ToString(), error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        });
        Assert.Equal(1, Posts);
    }

    [Fact]
    public void One_that_appears_after_the_repetition_is_an_error_too()
    {
        BeforeFirstPost(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        var lists = 0;
        server.Intercept = Chain(server.Intercept!, context =>
        {
            // The third look is the one after the repetition succeeded.
            if (HttpMethods.IsGet(context.Request.Method) && Interlocked.Increment(ref lists) == 3)
            {
                server.Store.Add(Twin(DateTime.UtcNow));
            }
        });

        var error = Run().OnlyError();

        Assert.StartsWith("OpenRouterByok.AmbiguousCreate", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(2, Posts);
    }

    [Fact]
    public void A_look_that_fails_is_an_error_that_says_so()
    {
        using var few = FastRetrySession.For(server, retries: 1);
        server.Intercept = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };

        var error = Run(few).OnlyError();

        Assert.StartsWith("OpenRouterByok.AmbiguousCreate", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            "could not determine whether the credential was created", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Posts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public void Fifty_equal_ones_at_once_are_fifty(int throttle)
    {
        server.Faults = FaultPlan.Parse("lost-after=0.1,lost-before=0.1,seed=7");

        var made = shell.Run(
            "1..50 | ForEach-Object { [pscustomobject]@{ Provider = 'openai'; Name = 'Same'; Key = $key } } |"
            + " New-OpenRouterByokKey -Session $session -ThrottleLimit $throttle",
            new { key = Secret.Of("sk-live-abcd1234"), session, throttle }).All<ByokKey>();

        Assert.Equal(50, made.Select(static key => key.Id).Distinct().Count());
        Assert.Equal(
            server.Store.Credentials.Select(static key => key.Id.ToString()).Order(),
            made.Select(static key => key.Id).Order());
        Assert.Equal(made.Select(static key => key.SortOrder).Order(), made.Select(static key => key.SortOrder));
    }

    private int Posts => server.Requests.Count(static request => request.Method == "POST");

    private RunResult Run(OpenRouterSession? with = null) =>
        shell.Run(Create, new { key = Secret.Of("sk-live-abcd1234"), session = with ?? session });

    private Credential Twin(DateTime createdAt) => new()
    {
        Id = Guid.NewGuid(),
        Provider = "openai",
        Name = "Nightly",
        Label = "sk-...1234",
        WorkspaceId = server.Store.DefaultWorkspaceId,
        CreatedAt = createdAt,
    };

    private void FailFirstPost(string fault)
    {
        server.Faults = FaultPlan.Parse(fault);
        server.Intercept = context =>
        {
            // The plan strikes this request and no other.
            if (!HttpMethods.IsPost(context.Request.Method) || Posts > 1)
            {
                server.Faults = null;
            }

            return Task.FromResult(false);
        };
    }

    private void BeforeFirstPost(Func<HttpContext, Task> act) => server.Intercept = async context =>
    {
        if (!HttpMethods.IsPost(context.Request.Method) || Posts > 1)
        {
            return false;
        }

        await act(context);
        return true;
    };

    private static Func<HttpContext, Task<bool>> Chain(Func<HttpContext, Task<bool>> first, Action<HttpContext> then) =>
        async context =>
        {
            if (await first(context))
            {
                return true;
            }

            then(context);
            return false;
        };
}
