using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using OpenRouter.Byok.Tests.Shell;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Testing;

/// <summary>The temporary credential is removed whatever happens while a key is tested.</summary>
public sealed class NewKeyNetworkTests : IClassFixture<SandboxShell>
{
    private const int Requests = 11;

    private static readonly string[] Providers = ["openai", "anthropic", "groq", "mistral"];

    private readonly ScratchWorkspace world;

    public NewKeyNetworkTests(SandboxShell sandbox) => world = new ScratchWorkspace(sandbox.Reset());

    public static TheoryData<int> EachRequest => [.. Enumerable.Range(1, Requests)];

    [Fact]
    public void A_test_sends_as_many_requests_as_the_tests_here_assume()
    {
        world.Run(ScratchWorkspace.Test).Only<ByokKeyTestResult>();

        Assert.Equal(
            [
                "GET /workspaces",
                "GET /key",
                "GET /keys/" + SampleAccount.CredentialTests.Hash,
                "GET /keys",
                "GET /providers",
                "GET /models",
                "GET /byok",
                "GET /byok",
                "POST /byok",
                "POST /chat/completions",
                "DELETE /byok/{id}",
            ],
            world.Sent);
    }

    [Theory]
    [MemberData(nameof(EachRequest))]
    public async Task It_is_removed_when_the_command_is_stopped_at_any_request(int number)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        world.Server.Intercept = async context =>
        {
            if (System.Threading.Interlocked.Increment(ref count) == number)
            {
                held.SetResult();
                await release.Task;
            }

            return false;
        };
        using var running = world.Start(ScratchWorkspace.Test);
        await held.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stopped = Task.Run(running.Stop, TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        release.SetResult();
        await stopped;

        world.IsEmpty();
        Assert.Empty(running.Output);
        Assert.Equal(
            world.Changes.Contains("POST /byok") ? 1 : 0,
            world.Changes.Count(static request => request == "DELETE /byok/{id}"));
    }

    [Fact]
    public async Task It_is_removed_when_the_command_is_stopped_during_the_removal()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Server.Intercept = async context =>
        {
            if (context.Request.Method == "DELETE" && held.TrySetResult())
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }

            return false;
        };
        using var running = world.Start(ScratchWorkspace.Test);
        await held.Task.WaitAsync(TestContext.Current.CancellationToken);

        running.Stop();

        world.IsEmpty();
    }

    [Fact]
    public async Task A_server_that_never_responds_does_not_keep_a_stopped_command()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Server.Intercept = async context =>
        {
            if (context.Request.Method != "GET")
            {
                held.TrySetResult();
                await Task.Delay(-1, context.RequestAborted).ContinueWith(
                    static _ => { }, TestContext.Current.CancellationToken,
                    TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            return false;
        };
        using var running = world.Start(ScratchWorkspace.Test);
        await held.Task.WaitAsync(TestContext.Current.CancellationToken);

        await Task.Run(running.Stop, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.True(running.IsOver);
        world.Server.Intercept = null;
    }

    [Theory]
    [InlineData("lost-after=0.2,seed=1")]
    [InlineData("lost-before=0.2,seed=2")]
    [InlineData("rate-limit=0.2,retry-after=0,seed=3")]
    [InlineData("unavailable=0.2,retry-after=0,seed=4")]
    [InlineData("garbage=0.1,lost-after=0.1,unavailable=0.1,rate-limit=0.1,retry-after=0,seed=5")]
    public async Task Nothing_is_left_over_a_bad_network(string faults)
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { KeyCount = 0, Faults = FaultPlan.Parse(faults) },
            TestContext.Current.CancellationToken);
        using var session = FastRetrySession.For(server);
        using var shell = new ModuleRunspace();

        var result = shell.Run(
            """
            0..39 | ForEach-Object { [pscustomobject]@{ Provider = $providers[$_ % 4]; Key = $key } } |
                Test-OpenRouterByokKey -ProvingWorkspace Scratch -ApiKey $scratch -Session $session -ThrottleLimit 16
            """,
            new
            {
                session,
                providers = Providers,
                key = Secret.Of("sk-live-abcd1234"),
                scratch = Secret.Of(server.ScratchKey),
            });

        Assert.Empty(server.Store.Credentials);
        Assert.Equal(40, result.Output.Count + result.Errors.Count);
        Assert.DoesNotContain(result.Errors, IsNotRemoved);
        Assert.All(
            result.Output,
            static one => Assert.NotEqual(ByokKeyTestOutcome.Failed, ((ByokKeyTestResult)one.BaseObject).Outcome));
        // The control: the faults were there.
        Assert.True(server.FaultCounts.Values.Sum() > 20, string.Join(", ", server.FaultCounts));
    }

    [Fact]
    public void A_credential_that_cannot_be_removed_is_an_error_with_the_command_that_removes_it()
    {
        world.Server.Intercept = RefuseAsync("DELETE", 400);

        var result = world.Run(ScratchWorkspace.Test);

        var left = Assert.Single(world.Credentials);
        Assert.True(((ByokKeyTestResult)Assert.Single(result.Output).BaseObject).Passed);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("OpenRouterByok.NotRemoved", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(left.Id.ToString(), error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("openai", error.TargetObject);

        world.Server.Intercept = null;
        var command = error.ErrorDetails.RecommendedAction["Run ".Length..];
        world.Run(command + " -Confirm:$false").IsSilent();
        world.IsEmpty();
    }

    [Fact]
    public void A_credential_that_may_have_been_created_is_looked_up_and_removed()
    {
        world.Server.Intercept = async context =>
        {
            if (!IsTo(context, "POST", "/byok"))
            {
                return false;
            }

            // It is created, but the response says nothing about it.
            world.LeaveBehind(TimeSpan.Zero, credential => credential with { Name = NameIn(context) });
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync("{\"data\":null}", TestContext.Current.CancellationToken);
            return true;
        };

        var result = world.Run(ScratchWorkspace.Test + "-Verbose");

        world.IsEmpty();
        Assert.NotEmpty(world.Changes);
        Assert.DoesNotContain(result.Errors, IsNotRemoved);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public void A_create_that_is_refused_leaves_nothing(int status)
    {
        world.Shell.Connect(world.Server.BaseUri, world.Server.ManagementKey, "-MaximumRetryCount 0");
        world.Server.Intercept = RefuseAsync("POST", status);

        world.Run(ScratchWorkspace.Test).OnlyError();

        world.IsEmpty();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(500)]
    public void A_test_request_that_is_refused_leaves_nothing(int status)
    {
        world.Server.Intercept = RefuseAsync("POST", status, "/chat/completions");

        world.Run(ScratchWorkspace.Test);

        world.IsEmpty();
        Assert.Contains("DELETE /byok/{id}", world.Changes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    public async Task It_is_removed_when_the_window_is_closed_or_the_process_is_terminated(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that a process can send to another one.");
        Assert.SkipWhen(SandboxProcess.InheritsIgnoring(signal), "The tests were started with this signal ignored.");
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Server.Intercept = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/chat/completions", StringComparison.Ordinal))
            {
                held.TrySetResult();
                await Task.WhenAny(release.Task, Task.Delay(-1, context.RequestAborted));
            }

            return false;
        };
        var file = Path.GetTempFileName() + ".ps1";
        await File.WriteAllTextAsync(
            file,
            $$"""
            Connect-OpenRouter (ConvertTo-SecureString '{{world.Server.ManagementKey}}' -AsPlainText -Force) `
                -BaseUri {{world.Server.BaseUri}}
            Test-OpenRouterByokKey -Provider openai -ProvingWorkspace Scratch `
                -Key (ConvertTo-SecureString 'sk-0123456789' -AsPlainText -Force) `
                -ApiKey (ConvertTo-SecureString '{{world.Server.ScratchKey}}' -AsPlainText -Force)
            """,
            TestContext.Current.CancellationToken);
        try
        {
            using var process = SandboxProcess.Start("run", "--embedded", file);
            await held.Task.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Single(world.Credentials);

            process.Signal(signal);

            await process.ToEndAsync();
            world.IsEmpty();
        }
        finally
        {
            release.TrySetResult();
            File.Delete(file);
        }
    }

    private static Func<HttpContext, Task<bool>> RefuseAsync(string method, int status, string path = "/byok") =>
        async context =>
        {
            if (!IsTo(context, method, path))
            {
                return false;
            }

            context.Response.StatusCode = status;
            await context.Response.WriteAsync(
                $$$"""{"error":{"code":{{{status}}},"message":"Refused"}}""", TestContext.Current.CancellationToken);
            return true;
        };

    private static bool IsTo(HttpContext context, string method, string path) =>
        context.Request.Method == method && context.Request.Path.Value!.Contains(path, StringComparison.Ordinal);

    private static bool IsNotRemoved(ErrorRecord error) =>
        error.FullyQualifiedErrorId.StartsWith("OpenRouterByok.NotRemoved", StringComparison.Ordinal);

    private static string NameIn(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        return System.Text.Json.JsonDocument.Parse(body.ReadToEndAsync(TestContext.Current.CancellationToken).Result)
            .RootElement.GetProperty("name").GetString()!;
    }
}
