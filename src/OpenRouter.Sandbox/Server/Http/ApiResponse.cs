using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpenRouter.Sandbox.Server;

/// <summary>A response that is ready to be sent.</summary>
internal sealed record ApiResponse(int Status, byte[] Body, string ContentType)
{
    private const string Json = "application/json; charset=utf-8";
    private const string Html = "text/html; charset=utf-8";

    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Waited before it is sent: how long the provider took.</summary>
    public TimeSpan Delay { get; init; }

    public static ApiResponse Of<T>(T value, JsonTypeInfo<T> type, int status = 200) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), Json);

    public static ApiResponse Error(int status, string message, string? errorType = null)
    {
        var metadata = errorType is null ? null : new ErrorMetadata { ErrorType = errorType };
        return Error(new ErrorResponse(new ErrorData(status, message, metadata)));
    }

    public static ApiResponse Error(ErrorResponse error) =>
        Of(error, SandboxJson.Default.ErrorResponse, error.Error.Code);

    public static ApiResponse Page(int status, string title) => new(
        status,
        Encoding.UTF8.GetBytes($"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"),
        Html);

    public ApiResponse With(string header, string value) => this with { Headers = Headers.SetItem(header, value) };

    public ApiResponse With(string header, int value) => With(header, value.ToString(CultureInfo.InvariantCulture));

    public ApiResponse Truncated() => this with { Body = Body[..(Body.Length / 2)] };
}
