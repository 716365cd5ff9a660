namespace OpenRouter.Byok.Errors;

/// <summary>Why something failed. The name is the last part of the error's id, OpenRouterByok.&lt;Reason&gt;.</summary>
internal enum ErrorReason
{
    InvalidArgument,
    UnknownName,
    AmbiguousName,
    InvalidRequest,
    Unauthorized,
    PaymentRequired,
    Forbidden,
    NotFound,
    Conflict,
    RateLimited,
    Timeout,
    ServerError,
    ConnectionFailed,
    InvalidResponse,
    AmbiguousCreate,
    NoKey,
    NotManagementKey,
    NotInferenceKey,
    UnsafeAddress,
    SessionClosed,
    AuditFailed,
    UnsuitableWorkspace,
    KeyNotAccepted,
    KeyNotProven,
    RotatedKeyFailed,
    NotRemoved,
}
