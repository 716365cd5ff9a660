using System;
using System.Linq;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Api.Json;
using Xunit;

namespace OpenRouter.Byok.Tests.Reading;

/// <summary>What any server may write, within the contract, is read as it was meant.</summary>
public sealed class ReaderPropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Any_credential_is_read_as_it_was_written() => Check.One(Runs, Prop.ForAll<int>(static seed =>
    {
        var random = new Random(seed);
        var written = Credential(random);

        var read = ByokKeyResponse.Read(System.Text.Encoding.UTF8.GetBytes(
            new JsonObject { ["data"] = written.DeepClone(), ["added_later"] = 1 }.ToJsonString()));

        return read.Id == Text(written, "id")
            && read.Provider == Text(written, "provider")
            && read.Name == Text(written, "name")
            && read.Label == (Text(written, "label") ?? "")
            && read.WorkspaceId == Text(written, "workspace_id")
            && read.Disabled == (Flag(written, "disabled") ?? false)
            && read.IsFallback == (Flag(written, "is_fallback") ?? false)
            && read.IsRequired == (Flag(written, "is_required") ?? false)
            && read.IsByokOnly == (Flag(written, "is_byok_only") ?? false)
            && read.DeclaredZdr == Flag(written, "declared_zdr")
            && read.DeclaredRegion == Text(written, "declared_region")
            && AreSame(read.AllowedModels, written, "allowed_models")
            && AreSame(read.AllowedApiKeyHashes, written, "allowed_api_key_hashes")
            && AreSame(read.AllowedUserIds, written, "allowed_user_ids")
            && read.SortOrder == (written["sort_order"]?.GetValue<int>() ?? 0)
            && read.AdditionalProperties.Keys.Order().SequenceEqual(
                written.Select(static field => field.Key)
                    .Where(static name => name.StartsWith("new_", StringComparison.Ordinal))
                    .Order());
    }));

    [Fact]
    public void A_page_holds_as_many_as_were_written_in_their_order() => Check.One(Runs, Prop.ForAll<int>(static seed =>
    {
        var random = new Random(seed);
        var keys = Enumerable.Range(0, random.Next(0, 30)).Select(_ => Credential(random)).ToArray();
        var page = new JsonObject
        {
            ["total_count"] = keys.Length,
            ["data"] = new JsonArray([.. keys.Select(static key => key.DeepClone())]),
        };

        var read = ByokKeyPageResponse.Read(System.Text.Encoding.UTF8.GetBytes(page.ToJsonString()));

        return read.TotalCount == keys.Length
            && read.Keys.Select(static key => key.Id).SequenceEqual(keys.Select(static key => Text(key, "id")));
    }));

    private static JsonObject Credential(Random random)
    {
        var key = new JsonObject();
        Maybe("name", () => AnyText(random));
        Maybe("label", () => AnyText(random));
        Maybe("workspace_id", () => Guid.NewGuid().ToString());
        foreach (var flag in new[] { "disabled", "is_fallback", "is_required", "is_byok_only", "declared_zdr" })
        {
            Maybe(flag, () => random.Next(2) == 0);
        }

        Maybe("declared_region", () => AnyText(random));
        foreach (var list in new[] { "allowed_models", "allowed_api_key_hashes", "allowed_user_ids" })
        {
            Maybe(list, () => new JsonArray(
                [.. Enumerable.Range(0, random.Next(5)).Select(_ => JsonValue.Create(AnyText(random)))]));
        }

        Maybe("sort_order", () => random.Next(-5, 1000));
        Maybe("created_at", () => DateTimeOffset.UnixEpoch.AddSeconds(random.Next()).ToString("O"));
        Maybe("new_text", () => AnyText(random));
        Maybe("new_tree", () => new JsonObject { ["a"] = new JsonArray(1, 2.5, null, "x"), ["b"] = new JsonObject() });

        // The order of the fields is no part of the contract.
        key["id"] = Guid.NewGuid().ToString();
        key["provider"] = AnyText(random) + "x";
        return new JsonObject(key.OrderBy(_ => random.Next()).Select(static field =>
            new System.Collections.Generic.KeyValuePair<string, JsonNode?>(field.Key, field.Value?.DeepClone())));

        void Maybe(string name, Func<JsonNode?> value)
        {
            var choice = random.Next(4);
            if (choice > 0)
            {
                key[name] = choice == 1 ? null : value();
            }
        }
    }

    private static string AnyText(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ =>
        char.ConvertFromUtf32(random.Next(5) switch
        {
            0 => random.Next(1, 32),
            1 => '"',
            2 => '\\',
            3 => random.Next(0x1F300, 0x1F600),
            _ => random.Next(32, 0x3000),
        })));

    private static string? Text(JsonObject key, string name) => key[name]?.GetValue<string>();

    private static bool? Flag(JsonObject key, string name) => key[name]?.GetValue<bool>();

    private static bool AreSame(AllowList? read, JsonObject key, string name) => key[name] is not JsonArray written
        ? read is null
        : read is not null && read.SequenceEqual(written.Select(static entry => entry!.GetValue<string>()));
}
