using System.Security;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>A resource of Azure with all of its deployments.</summary>
internal sealed class AzureResource : IAzureEntry
{
    public const string AIFoundry = "ai_foundry";

    public const string OpenAI = "openai";

    private const string AIFoundryDomain = ".services.ai.azure.com";

    private const string OpenAIDomain = ".openai.azure.com";

    private static readonly Regex NamePattern = new(
        "^[a-z0-9]([a-z0-9-]*[a-z0-9])?\\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex AzureAddress = new(
        "^(https?://)?(?<name>[a-z0-9-]+)(?<domain>(\\.[a-z0-9-]+)*\\.azure\\.(com|us|cn))([:/?#]|\\z)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private readonly string name;
    private readonly string? type;
    private readonly SecureString apiKey;

    /// <param name="name">The first part of the resource's host name.</param>
    /// <param name="type">Its type; null is not written, and the API then takes it for openai.</param>
    /// <param name="apiKey">A key of the resource.</param>
    /// <exception cref="OpenRouterException">The name or the type is none.</exception>
    public AzureResource(string name, string? type, SecureString apiKey)
    {
        this.name = CheckName(name.Trim());
        this.type = type is null ? null : CheckType(type.Trim());
        this.apiKey = apiKey;
    }

    public void Write(KeyJson json)
    {
        json.Field("api_key", apiKey);
        json.Field("resource_name", name);
        if (type is not null)
        {
            json.Field("resource_type", type);
        }
    }

    // The text is not repeated, except for the part that Azure shows in public: it may hold a key.
    private static string CheckName(string name)
    {
        if (NamePattern.IsMatch(name))
        {
            return name;
        }

        if (AzureAddress.Match(name) is not { Success: true } address)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.ResourceName)
            {
                Advice = Messages.AdviceResourceName,
            };
        }

        var part = address.Groups["name"].Value;
        throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.ResourceNameIsAddress)
        {
            Advice = TypeOf(address.Groups["domain"].Value) is { } type
                ? Messages.Format(Messages.AdviceResourceNameAndType, part, type)
                : Messages.Format(Messages.AdviceResourceNamePart, part),
        };
    }

    private static string? TypeOf(string domain) => domain.ToLowerInvariant() switch
    {
        AIFoundryDomain => AIFoundry,
        OpenAIDomain => OpenAI,
        _ => null,
    };

    private static string CheckType(string type) => type.ToLowerInvariant() switch
    {
        AIFoundry => AIFoundry,
        OpenAI => OpenAI,
        _ => throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.ResourceType, AIFoundry, OpenAI)
        {
            Advice = Messages.AdviceResourceType,
        },
    };
}
