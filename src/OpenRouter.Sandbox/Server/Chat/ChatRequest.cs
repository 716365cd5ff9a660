using System.Collections.Generic;
using System.Text.Json;

namespace OpenRouter.Sandbox.Server;

/// <summary>What the router reads of a request body. All else is for the model, and there is none here.</summary>
internal sealed record ChatRequest
{
    private const int MaximumEntries = 100;

    public required string Model { get; init; }

    public required int PromptTokens { get; init; }

    public int? MaxTokens { get; init; }

    public required ProviderPreferences Preferences { get; init; }

    public static ChatRequest Read(JsonElement body)
    {
        var model = JsonField.NotNull(body, "model")?.Text(least: 1)
            ?? throw ApiException.BadRequest("No models provided");
        if (JsonField.NotNull(body, "messages") is not { } messages)
        {
            throw ApiException.BadRequest("messages is required");
        }

        if (messages.Value.ValueKind != JsonValueKind.Array || messages.Value.GetArrayLength() == 0)
        {
            throw ApiException.BadRequest("messages must be an array of at least one message");
        }

        if (JsonField.NotNull(body, "stream")?.Flag() == true)
        {
            throw ApiException.BadRequest("The sandbox does not stream");
        }

        _ = JsonField.NotNull(body, "user")?.Text();
        return new ChatRequest
        {
            Model = model,
            PromptTokens = PromptTokensOf(messages.Value),
            MaxTokens = JsonField.NotNull(body, "max_tokens")?.PositiveInteger(),
            Preferences = PreferencesOf(body),
        };
    }

    private static int PromptTokensOf(JsonElement messages)
    {
        const int LettersPerToken = 4;
        const int TokensPerMessage = 4;
        var tokens = 0;
        foreach (var message in messages.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object)
            {
                throw ApiException.BadRequest("messages must hold objects");
            }

            JsonField.Required(message, "role").Text(least: 1);
            var letters = JsonField.NotNull(message, "content")?.Value.GetRawText().Length ?? 0;
            tokens += TokensPerMessage + letters / LettersPerToken;
        }

        return tokens;
    }

    private static ProviderPreferences PreferencesOf(JsonElement body)
    {
        if (JsonField.NotNull(body, "provider")?.Value is not { } provider)
        {
            return new ProviderPreferences();
        }

        if (provider.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.BadRequest("provider must be an object");
        }

        return new ProviderPreferences
        {
            Only = Names(provider, "only"),
            Ignore = Names(provider, "ignore"),
            Order = Names(provider, "order"),
            AllowFallbacks = JsonField.NotNull(provider, "allow_fallbacks")?.Flag() ?? true,
        };
    }

    private static IReadOnlyList<string> Names(JsonElement provider, string name) =>
        JsonField.NotNull(provider, name)?.TextsOrNull(MaximumEntries) ?? [];
}
