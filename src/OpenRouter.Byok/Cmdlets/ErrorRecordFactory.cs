using System;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>The one place where failures become error records.</summary>
internal static class ErrorRecordFactory
{
    private static readonly Version Engine = typeof(PSObject).Assembly.GetName().Version!;

    // PowerShell 7.5 began to show what an error recommends. Windows PowerShell's engine calls itself 3.0.
    private static readonly Version FirstToShowRecommendations = new(7, 5);

    public static ErrorRecord Create(OpenRouterException failure, object? targetObject) =>
        Create(failure, targetObject, Engine);

    /// <summary>The same in another engine than the one at hand.</summary>
    public static ErrorRecord Create(OpenRouterException failure, object? targetObject, Version engine)
    {
        var record = new ErrorRecord(
            failure, "OpenRouterByok." + failure.Reason, CategoryOf(failure.Reason), targetObject)
        {
            ErrorDetails = new ErrorDetails(DisplayedMessage(failure, engine))
            {
                RecommendedAction = failure.RecommendedAction,
            },
        };
        // Windows PowerShell shows it with every error.
        if (targetObject is not null)
        {
            record.CategoryInfo.TargetName = DisplayText.Escape(targetObject.ToString());
        }

        return record;
    }

    private static string DisplayedMessage(OpenRouterException failure, Version engine) =>
        engine >= FirstToShowRecommendations ? failure.Message : failure.Message + " " + failure.RecommendedAction;

    private static ErrorCategory CategoryOf(ErrorReason reason) => reason switch
    {
        ErrorReason.InvalidArgument or ErrorReason.InvalidRequest or ErrorReason.AmbiguousName =>
            ErrorCategory.InvalidArgument,
        ErrorReason.Unauthorized or ErrorReason.NoKey => ErrorCategory.AuthenticationError,
        ErrorReason.PaymentRequired => ErrorCategory.QuotaExceeded,
        ErrorReason.Forbidden or ErrorReason.NotManagementKey or ErrorReason.NotInferenceKey =>
            ErrorCategory.PermissionDenied,
        ErrorReason.NotFound or ErrorReason.UnknownName => ErrorCategory.ObjectNotFound,
        ErrorReason.Conflict or ErrorReason.NotRemoved => ErrorCategory.ResourceExists,
        ErrorReason.RateLimited => ErrorCategory.LimitsExceeded,
        ErrorReason.Timeout => ErrorCategory.OperationTimeout,
        ErrorReason.ServerError or ErrorReason.KeyNotProven or ErrorReason.SecretUnavailable =>
            ErrorCategory.ResourceUnavailable,
        ErrorReason.ConnectionFailed => ErrorCategory.ConnectionError,
        ErrorReason.UnsafeAddress => ErrorCategory.SecurityError,
        ErrorReason.SessionClosed or ErrorReason.UnsuitableWorkspace or ErrorReason.StalePlan
            or ErrorReason.PruneRefused => ErrorCategory.InvalidOperation,
        ErrorReason.ConfigurationIncomplete => ErrorCategory.OperationStopped,
        ErrorReason.AuditFailed or ErrorReason.KeyNotAccepted or ErrorReason.RotatedKeyFailed
            or ErrorReason.InvalidConfiguration or ErrorReason.ConfigurationDiffers => ErrorCategory.InvalidData,
        _ => ErrorCategory.InvalidResult,
    };
}
