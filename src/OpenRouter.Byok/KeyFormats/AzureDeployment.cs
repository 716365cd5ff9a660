using System;
using System.Linq;
using System.Security;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>One deployment of a model at Azure.</summary>
internal sealed class AzureDeployment : IAzureEntry
{
    private const string Path = "/chat/completions";

    private const string Version = "api-version=";

    private readonly string modelSlug;
    private readonly string endpointUrl;
    private readonly string modelId;
    private readonly SecureString apiKey;

    /// <param name="modelSlug">The model of OpenRouter that it serves.</param>
    /// <param name="endpointUrl">Its whole address.</param>
    /// <param name="modelId">The name of the deployment.</param>
    /// <param name="apiKey">A key of the resource.</param>
    /// <exception cref="OpenRouterException">The address is not one of chat completions.</exception>
    public AzureDeployment(string modelSlug, string endpointUrl, string modelId, SecureString apiKey)
    {
        this.modelSlug = modelSlug.Trim();
        this.endpointUrl = CheckUrl(endpointUrl.Trim());
        this.modelId = modelId.Trim();
        this.apiKey = apiKey;
    }

    public void Write(KeyJson json)
    {
        json.Field("model_slug", modelSlug);
        json.Field("endpoint_url", endpointUrl);
        json.Field("api_key", apiKey);
        json.Field("model_id", modelId);
    }

    // The address is not repeated: a key may be part of it.
    private static string CheckUrl(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps
            || address.UserInfo.Length > 0
            || address.Fragment.Length > 0)
        {
            throw Invalid(Messages.EndpointAddress);
        }

        var path = address.AbsolutePath;
        var first = path.IndexOf(Path, StringComparison.OrdinalIgnoreCase);
        if (first >= 0 && path.IndexOf(Path, first + Path.Length, StringComparison.OrdinalIgnoreCase) >= 0)
        {
            throw Invalid(Messages.EndpointPathTwice);
        }

        if (!path.EndsWith(Path, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(Messages.EndpointPath);
        }

        return address.Query.TrimStart('?').Split('&').Any(HasVersion) ? url : throw Invalid(Messages.EndpointVersion);
    }

    private static bool HasVersion(string part) =>
        part.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && part.Length > Version.Length;

    private static OpenRouterException Invalid(string message) => new(ErrorReason.InvalidArgument, message)
    {
        Advice = Messages.AdviceEndpoint,
    };
}
