using System;
using System.Security;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>Writes the JSON of a key to a buffer that is wiped.</summary>
internal sealed class KeyJson : IDisposable
{
    private readonly SecretBuffer json = new();
    private bool needsComma;

    public void Begin(char bracket)
    {
        Separate();
        json.Append([bracket]);
        needsComma = false;
    }

    public void End(char bracket)
    {
        json.Append([bracket]);
        needsComma = true;
    }

    public void Name(string name)
    {
        Separate();
        json.AppendJsonString(name.AsSpan());
        json.Append(":"u8);
        needsComma = false;
    }

    public void Value(string value)
    {
        Separate();
        json.AppendJsonString(value.AsSpan());
    }

    public void Value(SecureString value)
    {
        using var text = new SecretText(value);
        Separate();
        json.AppendJsonString(text.Characters);
    }

    /// <summary>A value that is JSON already.</summary>
    public void JsonValue(string value)
    {
        Separate();
        json.Append(value.AsSpan());
    }

    public void Field(string name, string value)
    {
        Name(name);
        Value(value);
    }

    public void Field(string name, SecureString value)
    {
        Name(name);
        Value(value);
    }

    /// <summary>A field whose name and value are JSON already.</summary>
    public void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Separate();
        json.Append(name);
        json.Append(":"u8);
        json.Append(value);
    }

    /// <exception cref="OpenRouterException">It is longer than a SecureString can be.</exception>
    public SecureString ToSecureString() => json.ToSecureString() ?? throw new OpenRouterException(
        ErrorReason.InvalidArgument, Messages.SecretTooLong, SecretBuffer.MaximumSecretLength);

    public void Dispose() => json.Dispose();

    private void Separate()
    {
        if (needsComma)
        {
            json.Append(","u8);
        }

        needsComma = true;
    }
}
