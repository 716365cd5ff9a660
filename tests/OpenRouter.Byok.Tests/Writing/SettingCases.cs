using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>
/// Every setting as it is typed and as it is sent: absent, null and value are three different things.
/// </summary>
internal static class SettingCases
{
    private const string Upper = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly (string Typed, string Sent)[] Cases =
    [
        ("-Name Prod", "\"name\":\"Prod\""),
        ("-Name 'Ünïcode \"☺\" \\ </script> 😀'", "\"name\":\"Ünïcode \\u0022☺\\u0022 \\\\ </script> 😀\""),
        ("-Name ('n' * 255)", $"\"name\":\"{new string('n', 255)}\""),
        ("-AllowedModel a/b", "\"allowed_models\":[\"a/b\"]"),
        ("-AllowedModel a/b, c/d", "\"allowed_models\":[\"a/b\",\"c/d\"]"),
        ("-AllowedModel 'a/b;c/d'", "\"allowed_models\":[\"a/b\",\"c/d\"]"),
        ("-AllowedModel ' a/b, c/d ; '", "\"allowed_models\":[\"a/b\",\"c/d\"]"),
        ("-AllowedModel 'a/b;c/d', ' a/b, e/f '", "\"allowed_models\":[\"a/b\",\"c/d\",\"e/f\"]"),
        ("-AllowedModels a/b", "\"allowed_models\":[\"a/b\"]"),
        (
            "-AllowedModel (1..100)",
            $"\"allowed_models\":[{string.Join(',', Enumerable.Range(1, 100).Select(n => $"\"{n}\""))}]"),
        ($"-AllowedApiKeyHash {Upper}", $"\"allowed_api_key_hashes\":[\"{Upper}\"]"),
        ($"-AllowedApiKeyHashes {Upper}, {Upper}", $"\"allowed_api_key_hashes\":[\"{Upper}\"]"),
        ("-AllowedUserId user_1, user_2", "\"allowed_user_ids\":[\"user_1\",\"user_2\"]"),
        ("-AllowedUserIds user_1", "\"allowed_user_ids\":[\"user_1\"]"),
        ("-Disabled", "\"disabled\":true"),
        ("-Disabled:$false", "\"disabled\":false"),
        ("-Fallback", "\"is_fallback\":true"),
        ("-IsFallback:$false", "\"is_fallback\":false"),
        ("-Required", "\"is_required\":true"),
        ("-IsRequired:$false", "\"is_required\":false"),
        ("-ByokOnly", "\"is_byok_only\":true"),
        ("-IsByokOnly:$false", "\"is_byok_only\":false"),
        ("-Fallback:$false -ByokOnly", "\"is_fallback\":false,\"is_byok_only\":true"),
        ("-DeclaredZdr $true", "\"declared_zdr\":true"),
        ("-DeclaredZdr $false", "\"declared_zdr\":false"),
        ("-DeclaredZdr true", "\"declared_zdr\":true"),
        ("-DeclaredRegion europe", "\"declared_region\":\"europe\""),
        ("-DeclaredRegion mars", "\"declared_region\":\"mars\""),
        (
            "-Name x -AllowedModel a/b -Disabled:$false",
            "\"name\":\"x\",\"allowed_models\":[\"a/b\"],\"disabled\":false"),
    ];

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (typed, sent) in Cases)
            {
                all.Add(typed, sent);
            }

            return all;
        }
    }
}
