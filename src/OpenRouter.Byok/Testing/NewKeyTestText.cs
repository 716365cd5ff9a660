using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Testing;

/// <summary>The words about tests of new keys.</summary>
internal static class NewKeyTestText
{
    /// <summary>What a test is about to do, and what it costs.</summary>
    public static string ActionOf(NewKeyTest test, AccountCache account)
    {
        var workspace = account.DescribeWorkspace(test.WorkspaceId);
        return test.Cost is { } cost
            ? Messages.Format(
                Messages.ActionTestNewKey, workspace, test.Model, CredentialTestRequest.Amount(cost))
            : Messages.Format(Messages.ActionTestNewKeyUnpriced, workspace, test.Model);
    }

    /// <summary>Why a credential does not get a new key that did not pass the test.</summary>
    public static OpenRouterException NotAccepted(string id, ByokKeyTestResult result)
    {
        var advice = result.UpstreamStatus is { } status
            ? CredentialTestText.AdviceFor(status, result.Provider)
            : null;
        return result.Outcome == ByokKeyTestOutcome.Failed
            ? new(ErrorReason.KeyNotAccepted, Messages.KeyNotAccepted, id, MeaningOf(result)) { Advice = advice }
            : new(ErrorReason.KeyNotProven, Messages.KeyNotProven, id, MeaningOf(result))
            {
                Advice = advice ?? result.Explanation,
            };
    }

    /// <summary>What the provider said, with its status.</summary>
    public static string MeaningOf(ByokKeyTestResult result) => (result.UpstreamStatus ?? result.Status) is { } status
        ? Messages.Format(Messages.StatusOfProvider, result.Meaning, status)
        : result.Meaning;
}
