using System;
using System.Management.Automation;
using OpenRouter.Byok.Api;

namespace OpenRouter.Byok.Errors;

/// <summary>The one place where failures become error records.</summary>
internal static class ErrorTable
{
    private static readonly Version Engine = typeof(PSObject).Assembly.GetName().Version!;

    public static ErrorRecord ToRecord(OpenRouterException failure, object? targetObject) =>
        ToRecord(failure, targetObject, Engine);

    /// <summary>The same in another engine than the one at hand.</summary>
    public static ErrorRecord ToRecord(OpenRouterException failure, object? targetObject, Version engine)
    {
        var record = new ErrorRecord(
            failure, "OpenRouterByok." + failure.Reason, CategoryOf(failure.Reason), targetObject)
        {
            ErrorDetails = new ErrorDetails(DisplayedText.Of(failure.Message, failure.RecommendedAction, engine))
            {
                RecommendedAction = failure.RecommendedAction,
            },
        };
        // Windows PowerShell shows it with every error.
        if (targetObject is not null) record.CategoryInfo.TargetName = DisplayText.Escape(targetObject.ToString());
        return record;
    }

    private static ErrorCategory CategoryOf(ErrorReason reason) => reason switch
    {
        ErrorReason.InvalidArgument or ErrorReason.InvalidRequest or ErrorReason.AmbiguousName =>
            ErrorCategory.InvalidArgument,
        ErrorReason.Unauthorized or ErrorReason.NoKey => ErrorCategory.AuthenticationError,
        ErrorReason.PaymentRequired => ErrorCategory.QuotaExceeded,
        ErrorReason.Forbidden or ErrorReason.NotManagementKey or ErrorReason.NotInferenceKey =>
            ErrorCategory.PermissionDenied,
        ErrorReason.NotFound or ErrorReason.UnknownName => ErrorCategory.ObjectNotFound,
        ErrorReason.Conflict => ErrorCategory.ResourceExists,
        ErrorReason.RateLimited => ErrorCategory.LimitsExceeded,
        ErrorReason.Timeout => ErrorCategory.OperationTimeout,
        ErrorReason.ServerError => ErrorCategory.ResourceUnavailable,
        ErrorReason.ConnectionFailed => ErrorCategory.ConnectionError,
        ErrorReason.UnsafeAddress => ErrorCategory.SecurityError,
        ErrorReason.SessionClosed => ErrorCategory.InvalidOperation,
        ErrorReason.AuditFailed => ErrorCategory.InvalidData,
        _ => ErrorCategory.InvalidResult,
    };
}
