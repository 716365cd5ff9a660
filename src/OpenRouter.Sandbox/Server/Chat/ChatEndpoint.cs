using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace OpenRouter.Sandbox.Server;

/// <summary><c>/chat/completions</c>: routes like OpenRouter, and lets the provider say one sentence.</summary>
internal sealed class ChatEndpoint(SandboxStore store, TimeProvider clock)
{
    private const string MetadataHeader = "X-OpenRouter-Metadata";
    private const string GenerationHeader = "X-Generation-Id";

    private static readonly string[] Sentence = "Hello from the sandbox , where no model runs .".Split(' ');

    private int count;

    public IEnumerable<Route> Routes => [new("POST", "/chat/completions", Access.InferenceKey, Complete)];

    private ApiResponse Complete(ApiRequest request)
    {
        _ = new QueryReader(request.Http);
        using var document = JsonField.ReadObject(request);
        var chat = ChatRequest.Read(document.RootElement);
        var model = store.Models.FirstOrDefault(model => model.Id == chat.Model)
            ?? throw ApiException.BadRequest($"{chat.Model} is not a valid model ID");
        var caller = request.Caller!;
        var run = new ChatRun(store, chat, model, caller);
        var wantsMetadata = string.Equals(
            request.Http.Headers[MetadataHeader], "enabled", StringComparison.OrdinalIgnoreCase);
        var metadata = wantsMetadata ? run.Metadata() : null;
        var id = NextId();
        var reply = run switch
        {
            { Last: null } => ApiResponse.Error(NothingToTry(chat, run, caller) with { OpenrouterMetadata = metadata }),
            { Outcome.IsServing: true } => ApiResponse.Of(
                Served(id, chat, model, run.Last) with { OpenrouterMetadata = metadata },
                SandboxJson.Default.ChatResponse),
            // OpenRouter tells nothing of a 500, not even that it was the provider's.
            { Outcome.Status: 500 } => ApiResponse.Error(500, "Internal Server Error"),
            _ => ApiResponse.Error(Failed(run.Last, run.Outcome!, caller) with { OpenrouterMetadata = metadata }),
        };
        return reply.With(GenerationHeader, id) with { Delay = run.Delay };
    }

    private ChatResponse Served(string id, ChatRequest chat, Model model, RouteStep step)
    {
        var tokens = Math.Min(chat.MaxTokens ?? Sentence.Length, Sentence.Length);
        var finish = tokens < Sentence.Length ? "length" : "stop";
        var content = string.Join(' ', Sentence.Take(tokens)).Replace(" ,", ",", StringComparison.Ordinal)
            .Replace(" .", ".", StringComparison.Ordinal);
        return new ChatResponse
        {
            Id = id,
            Created = clock.GetUtcNow().ToUnixTimeSeconds(),
            Model = model.Id,
            Provider = step.Provider.Name,
            Choices = [new ChatChoice(0, finish, finish, new ChatMessage("assistant", content))],
            Usage = Usage(chat.PromptTokens, tokens, model.Pricing, step.IsByok),
        };
    }

    private static ChatUsage Usage(int promptTokens, int completionTokens, ModelPricing pricing, bool isByok)
    {
        var prompt = Money.Trimmed(promptTokens * Money.Parse(pricing.Prompt));
        var completion = Money.Trimmed(completionTokens * Money.Parse(pricing.Completion));
        var price = Money.Trimmed(prompt + completion);
        var cost = isByok ? Money.Trimmed(price * Money.ByokFee) : price;
        return new ChatUsage(promptTokens, completionTokens, promptTokens + completionTokens, cost, isByok,
            new CostDetails(price, prompt, completion));
    }

    private static ErrorResponse NothingToTry(ChatRequest chat, ChatRun run, ApiKey caller)
    {
        var metadata = new ErrorMetadata
        {
            ErrorType = "not_found",
            AvailableProviders = run.HostSlugs,
            RequestedProviders = chat.Preferences.Requested,
        };
        return new(new ErrorData(404, $"No endpoints found for {chat.Model} that this request may use", metadata))
        {
            UserId = caller.CreatorUserId,
        };
    }

    private static ErrorResponse Failed(RouteStep step, SandboxUpstream upstream, ApiKey caller)
    {
        var metadata = new ErrorMetadata
        {
            ErrorType = upstream.ErrorType,
            ProviderName = step.Provider.Name,
            Raw = upstream.Raw,
            IsByok = step.IsByok,
        };
        return new(new ErrorData(upstream.Status, "Provider returned error", metadata))
        {
            UserId = caller.CreatorUserId,
        };
    }

    private string NextId() => $"gen-{clock.GetUtcNow().ToUnixTimeSeconds()}-"
        + SeededIds.Hash($"generation {Interlocked.Increment(ref count)}")[..20];
}
