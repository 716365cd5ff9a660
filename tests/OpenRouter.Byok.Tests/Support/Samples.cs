using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenRouter.Byok.Tests;

/// <summary>Answers of the API as text.</summary>
internal static class Samples
{
    public const string Id = "11111111-2222-3333-4444-555555555555";

    public const string OtherId = "99999999-8888-7777-6666-555555555555";

    /// <summary>Both ids, as they are typed.</summary>
    public const string TwoIds = $"'{Id}', '{OtherId}'";

    public const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>The example that the API's documentation publishes; it lacks the newer fields.</summary>
    public const string Published =
        """
        {"data":{"allowed_api_key_hashes":null,"allowed_models":null,"allowed_user_ids":null,
        "created_at":"2025-08-24T10:30:00Z","disabled":false,"id":"11111111-2222-3333-4444-555555555555",
        "is_fallback":false,"label":"sk-...AbCd","name":"Production OpenAI Key","provider":"openai","sort_order":0,
        "workspace_id":"550e8400-e29b-41d4-a716-446655440000"}}
        """;

    /// <summary>The published credential under another id.</summary>
    public static string PublishedAs(string id) => Published.Replace(Id, id, StringComparison.Ordinal);

    /// <summary>An answer with one credential that has these fields.</summary>
    public static string One(string fields) => "{\"data\":{" + fields + "}}";

    /// <summary>A page with these credentials, each given by its fields.</summary>
    public static string Page(int? total, params string[] credentials)
    {
        var data = string.Join(",", credentials.Select(static fields => "{" + fields + "}"));
        return "{\"data\":[" + data + "]" + (total is null ? "" : $",\"total_count\":{total}") + "}";
    }

    /// <summary>What the server says of the credential that a request's path names.</summary>
    public static Response Echo(RawRequest request) => request.Method switch
    {
        "DELETE" => Response.Json("""{"deleted":true}"""),
        "POST" => Response.Json(Published, status: 201),
        _ => Response.Json(PublishedAs(Uri.UnescapeDataString(request.Target.Split('/')[^1]))),
    };

    /// <summary>Whether two JSON texts mean the same.</summary>
    public static bool AreSame(string one, string other) =>
        JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));

    public static string Quoted(string text) => JsonSerializer.Serialize(text);
}
