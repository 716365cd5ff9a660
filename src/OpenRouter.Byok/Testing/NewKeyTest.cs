using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// A test of a key that is not stored, with a temporary credential in a workspace that is kept for this.
/// </summary>
/// <param name="Provider">The slug of the provider.</param>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="ApiKey">An API key of the workspace.</param>
/// <param name="Model">The model to ask.</param>
/// <param name="Cost">What the request is expected to cost in USD; null when no price is known.</param>
internal sealed record NewKeyTest(
    string Provider, string WorkspaceId, TestApiKey ApiKey, string Model, decimal? Cost)
{
    /// <summary>
    /// The first of the credentials because of which the request could be served by another one than the temporary one,
    /// and why; null when there is none.
    /// </summary>
    /// <param name="keys">The credentials of the provider that serve the workspace.</param>
    /// <param name="isTestIgnored">Whether a test that another command runs is no obstacle.</param>
    /// <param name="workspace">The workspace as messages show it.</param>
    public OpenRouterException? Obstacle(IEnumerable<ByokKey> keys, bool isTestIgnored, string workspace)
    {
        foreach (var key in keys.OrderBy(key => key).Where(key => !key.Disabled))
        {
            if (key.WorkspaceId is null)
            {
                if (ComesFirst(key))
                {
                    return Unsuitable(
                        Messages.Format(Messages.GlobalCredentialComesFirst, key, key.Id), Messages.AdviceGlobalFirst);
                }
            }
            else if (!TemporaryCredential.IsOne(key))
            {
                return Unsuitable(
                    Messages.Format(Messages.WorkspaceHasCredential, workspace, Provider, key, key.Id),
                    Messages.AdviceWorkspaceHasCredential);
            }
            else if (!isTestIgnored)
            {
                return Unsuitable(
                    Messages.Format(Messages.WorkspaceHasTest, workspace, Provider, key.Id),
                    Messages.Format(Messages.AdviceWorkspaceHasTest, key.Id));
            }
        }

        return null;
    }

    public CredentialTestRoute RouteOf(ByokKey temporary, IEnumerable<ByokKey> others) =>
        new(temporary, others.Where(key => key != temporary).Append(temporary), Model, ApiKey.Caller);

    // Where a new credential is ranked among global ones is not documented.
    private bool ComesFirst(ByokKey key)
    {
        var eligibility = EligibilityRules.EligibilityOf(key, new RouteRequest(Model)
        {
            Providers = [Provider],
            ApiKeyHash = ApiKey.Caller.ApiKeyHash,
            UserId = ApiKey.Caller.UserId,
            WorkspaceId = WorkspaceId,
        });
        return !key.IsFallback && (eligibility == Eligibility.Eligible || EligibilityRules.IsUnknown(eligibility));
    }

    private static OpenRouterException Unsuitable(string message, string advice) =>
        new(ErrorReason.UnsuitableWorkspace, message) { Advice = advice };
}
