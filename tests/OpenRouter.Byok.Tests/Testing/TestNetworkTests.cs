using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Tests.Secrets;
using Xunit;

namespace OpenRouter.Byok.Tests.Testing;

/// <summary>
/// Bad networks and hostile answers: a request that costs money goes out once, and no secret comes out.
/// </summary>
public sealed class TestNetworkTests : IDisposable
{
    private const string ApiKey = "sk-or-v1-Inference/Marker+7Zq=Kp3.Ws";

    private const string ManagementKey = "sk-or-v1-Mgmt:Marker-8xJ~tQ5/Vb";

    private readonly ScriptedServer server = new();

    public TestNetworkTests() => server.DefaultResponse = Answering;

    private Queue<Response> Chats { get; } = new();

    private int Tests => server.Requests.Count(static request => request.Method == "POST");

    public void Dispose() => server.Dispose();

    public static TheoryData<string, string> UnclearOutcomes => new()
    {
        { "reset", "ConnectionFailed" },
        { "hangup", "ConnectionFailed" },
        { "truncated", "ConnectionFailed" },
        { "garbage", "InvalidResponse" },
        { "empty", "InvalidResponse" },
        { "html", "InvalidResponse" },
    };

    [Theory]
    [MemberData(nameof(UnclearOutcomes))]
    public void After_an_unclear_outcome_it_is_not_sent_again(string outcome, string reason)
    {
        Chats.Enqueue(outcome switch
        {
            "reset" => Response.ResetAfterReading,
            "hangup" => Response.Hangup,
            "truncated" => Response.Truncated("""{"id":"gen-1","choices":[]"""),
            "garbage" => Response.Json("""{"id":"gen-1","choi"""),
            "empty" => Response.Json("{}"),
            _ => Response.Html(200),
        });

        var error = Run().OnlyError();

        Assert.StartsWith($"OpenRouterByok.{reason},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Samples.Id, error.TargetObject);
        Assert.Contains("not repeated", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, Tests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(524)]
    [InlineData(529)]
    public void Trouble_at_the_edge_is_a_result_and_not_repeated(int status)
    {
        Chats.Enqueue(Response.Html(status, "Retry-After: 0"));

        var result = Run().Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.Inconclusive, status, null, $"OpenRouter returned {status}"),
            (result.Outcome, result.Status, result.UpstreamStatus, result.Meaning));
        Assert.Equal(1, Tests);
    }

    [Fact]
    public void OpenRouters_own_rate_limit_is_waited_out()
    {
        Chats.Enqueue(Response.Error(429, "Slow down", "Retry-After: 0"));
        Chats.Enqueue(Served);

        Assert.True(Run().Only<ByokKeyTestResult>().Passed);
        Assert.Equal(2, Tests);
    }

    [Fact]
    public void The_providers_rate_limit_is_a_result()
    {
        Chats.Enqueue(Response.Json(
            """
            {"error":{"code":429,"message":"Provider returned error",
            "metadata":{"provider_name":"OpenAI","is_byok":true}}}
            """,
            429, "Retry-After: 0", "X-Generation-Id: gen-42"));

        var result = Run().Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.Failed, 429, ByokKeyAttribution.Yes, "gen-42"),
            (result.Outcome, result.UpstreamStatus, result.IsThisKey, result.GenerationId));
        Assert.Equal(1, Tests);
    }

    [Theory]
    [InlineData(400, "InvalidRequest", false)]
    [InlineData(401, "Unauthorized", true)]
    [InlineData(402, "PaymentRequired", false)]
    [InlineData(403, "Forbidden", false)]
    public void What_OpenRouter_refuses_of_itself_is_an_error(int status, string reason, bool isTerminating)
    {
        Chats.Enqueue(Response.Error(status, "No"));

        var result = Run();

        Assert.StartsWith(
            $"OpenRouterByok.{reason},", result.OnlyError().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(isTerminating, result.Terminating is not null);
        Assert.DoesNotContain(
            "management", result.OnlyError().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"gen-1","choices":[],"error":{"code":401,"message":"x"},"usage":{"is_byok":true}}""", 401)]
    [InlineData(
        """{"id":"gen-1","choices":[{"error":{"code":503,"message":"x"}}],"openrouter_metadata":{"is_byok":true}}""",
        503)]
    [InlineData("""{"id":"gen-1","choices":[{"error":{"code":"oops"}}],"usage":{"is_byok":true}}""", 502)]
    public void An_error_inside_a_success_counts(string body, int status)
    {
        Chats.Enqueue(Response.Json(body));

        Assert.Equal(status, Run().Only<ByokKeyTestResult>().UpstreamStatus);
    }

    [Theory]
    [InlineData("""{"choices":[{}],"usage":{"is_byok":true},"openrouter_metadata":null}""", "Yes")]
    [InlineData("""{"choices":[null],"usage":{"is_byok":true},"openrouter_metadata":"later"}""", "Yes")]
    [InlineData(
        """{"choices":[{}],"usage":{"is_byok":true},"openrouter_metadata":{"attempts":[{"status":"fine"}]}}""",
        "Yes")]
    [InlineData(
        """{"choices":[{}],"openrouter_metadata":{"is_byok":true,"attempts":[{"status":429},{"status":200}]}}""",
        "Yes")]
    [InlineData(
        """{"choices":[{}],"openrouter_metadata":{"is_byok":false,"attempts":[{"status":401},{"status":200}]}}""",
        "Yes")]
    [InlineData("""{"choices":[{}],"openrouter_metadata":{"is_byok":false,"attempts":[{"status":200}]}}""", "Unknown")]
    [InlineData("""{"choices":[{}],"usage":{"is_byok":false}}""", "Unknown")]
    [InlineData("""{"choices":[{}]}""", "Unknown")]
    [InlineData("""{"choices":[{}],"usage":null,"new":{"field":[1]}}""", "Unknown")]
    public void An_answer_of_another_shape_is_taken_for_what_it_tells(string body, string isThisKey)
    {
        Chats.Enqueue(Response.Json(body));

        var result = Run().Only<ByokKeyTestResult>();

        Assert.Equal((isThisKey, 200), (result.IsThisKey.ToString(), result.Status));
        Assert.NotEmpty(result.Explanation);
    }

    [Theory]
    [MemberData(nameof(SecretLeakTests.Encodings), MemberType = typeof(SecretLeakTests))]
    public void No_secret_shows_whatever_the_server_repeats(string encoding)
    {
        KnownSecret[] secrets =
        [
            new("management key", ManagementKey) { PublicPrefix = "sk-or-v1-" },
            new("API key", ApiKey) { PublicPrefix = "sk-or-v1-" },
        ];
        using var shell = new ModuleRunspace();
        foreach (var status in new[] { 200, 400, 401, 402, 403, 404, 429, 500 })
        {
            foreach (var path in new[] { "/key", "/keys/", "/chat/" })
            {
                server.DefaultResponse = request => request.Target.Contains("/api/v1" + path, StringComparison.Ordinal)
                    ? EchoingServer.Answering(status, encoding)(request)
                    : Answering(request);
                Chats.Enqueue(Served);
                shell.Reset();

                var result = Run(
                    shell, "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; ");

                var leaks = LeakScan.Leaks(LeakScan.Collect(shell, result), secrets);
                Assert.True(leaks is [], $"{status} {path}: {string.Join(", ", leaks)}");
                Chats.Clear();
            }
        }
    }

    private static Response Served => Response.Json(
        """
        {"id":"gen-1","choices":[{}],"usage":{"is_byok":true},
        "openrouter_metadata":{"is_byok":true,"attempts":[{"status":200}]}}
        """);

    private RunResult Run()
    {
        using var shell = new ModuleRunspace();
        return Run(shell);
    }

    private RunResult Run(ModuleRunspace shell, string before = "")
    {
        using var session = FastRetrySession.For(server.BaseUri, ManagementKey, retries: 3);
        return shell.Run(
            before + "Test-OpenRouterByokKey $id -ApiKey $apiKey -Session $session",
            new { id = Samples.Id, apiKey = Secret.Of(ApiKey), session });
    }

    private Response Answering(RawRequest request) => request.Target["/api/v1".Length..] switch
    {
        "/key" => Response.Json("""{"data":{"label":"sk-or-v1-abc...def","is_management_key":false}}"""),
        "/chat/completions" => Chats.Dequeue(),
        "/providers" => Response.Json("""{"data":[{"slug":"openai","name":"OpenAI"}]}"""),
        var path when path.StartsWith("/keys/", StringComparison.Ordinal) => Response.Json(
            Samples.One(
                $"\"hash\":\"{path["/keys/".Length..]}\",\"name\":\"App\",\"label\":\"x\","
                + "\"creator_user_id\":\"user_1\",\"workspace_id\":\"550e8400-e29b-41d4-a716-446655440000\"")),
        var path when path.StartsWith("/models", StringComparison.Ordinal) => Response.Json(
            """
            {"data":[{"id":"openai/gpt-4o-mini","name":"m",
            "pricing":{"prompt":"0.00000015","completion":"0.0000006"}}]}
            """),
        var path when path.StartsWith("/byok?", StringComparison.Ordinal) => Response.Json(
            "{\"data\":[" + Samples.Published["{\"data\":".Length..^1] + "],\"total_count\":1}"),
        _ => Response.Json(Samples.Published),
    };
}
