using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>A sandbox and somebody who calls it with nothing but HttpClient.</summary>
internal sealed class SandboxCaller : IAsyncDisposable
{
    public const string PlainKey = "sk-proj-not-a-real-key-AbCd";

    private readonly HttpClient http = new();

    private SandboxCaller(SandboxServer server) => Server = server;

    public SandboxServer Server { get; }

    public static async Task<SandboxCaller> StartAsync(SandboxOptions? options = null) =>
        new(await SandboxServer.StartAsync(options ?? new SandboxOptions(), TestContext.Current.CancellationToken));

    public Task<Answered> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answered> PostAsync(string body) => SendAsync("POST", "/byok", body);

    public Task<Answered> PatchAsync(string id, string body) => SendAsync("PATCH", $"/byok/{id}", body);

    public async Task<string> CreateAsync(string extraFields = "")
    {
        var created = await PostAsync($$"""{"provider":"openai","key":"{{PlainKey}}"{{extraFields}}}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        return (string)created.Data["id"]!;
    }

    public Task<Answered> SendAsync(
        string method, string path, string? body = null, string contentType = "application/json") =>
        SendAsync(method, path, body, contentType, "Bearer " + Server.ManagementKey);

    /// <summary>A chat of one word; extra fields are more of the body, such as <c>,"max_tokens":1</c>.</summary>
    public Task<Answered> ChatAsync(
        string extraFields = "",
        string model = "openai/gpt-5-mini",
        string? key = null,
        string? metadata = "enabled") =>
        SendAsync("POST", "/chat/completions",
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hi"}]{{extraFields}}}""",
            "application/json", "Bearer " + (key ?? Server.InferenceKey), metadata);

    public async Task<Answered> SendAsync(
        string method, string path, string? body, string contentType, string? authorization, string? metadata = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Server.BaseUri + path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (metadata is not null)
        {
            request.Headers.TryAddWithoutValidation("X-OpenRouter-Metadata", metadata);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answered(response.StatusCode, text, response.Headers, response.Content.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
    }
}

internal sealed record Answered(
    HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode Data => Json["data"]!;

    /// <summary>The message of the documented error body, whose code has to be the status.</summary>
    public string Error(int status)
    {
        Assert.Equal(status, (int)Status);
        Assert.Equal("application/json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal(status, (int)Json["error"]!["code"]!);
        return (string)Json["error"]!["message"]!;
    }
}
