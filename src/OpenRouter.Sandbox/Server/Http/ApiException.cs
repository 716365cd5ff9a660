using System;

namespace OpenRouter.Sandbox.Server;

/// <summary>A refusal that becomes the documented error body.</summary>
internal sealed class ApiException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static ApiException BadRequest(string message) => new(400, message);

    public static ApiException NotFound() => new(404, "Resource not found");
}
