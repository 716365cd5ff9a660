using System;
using System.Security;
using System.Text.Json;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>The JSON of a service account of Google Cloud, which a key for google-vertex is.</summary>
internal static class ServiceAccount
{
    private const string BucketPrefix = "gs://";

    private static readonly string[] Fields = ["type", "project_id", "private_key", "client_email"];

    /// <summary>What is wrong with it, as the end of a sentence; null when nothing is.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> json)
    {
        switch (JsonShape.KindOf(json))
        {
            case null:
                return Messages.FaultNoJson;
            case not JsonTokenType.StartObject:
                return Messages.FaultNoObject;
        }

        foreach (var field in Fields)
        {
            if (!JsonShape.HasText(json, field))
            {
                return Messages.Format(Messages.FaultField, field);
            }
        }

        return JsonShape.HasText(json, "type", "service_account") ? null : Messages.FaultType;
    }

    /// <summary>The key: all fields as they are, besides the region and the bucket where these are given.</summary>
    /// <exception cref="OpenRouterException">It is no service account, or the bucket is no name.</exception>
    public static SecureString ToKey(ReadOnlySpan<byte> json, string? region, string? bucket)
    {
        if (FaultOf(json) is { } fault)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.NotAServiceAccount, fault)
            {
                Advice = Messages.AdviceServiceAccount,
            };
        }

        using var key = new KeyJson();
        key.Begin('{');
        Copy(json, key, withRegion: region is null, withBucket: bucket is null);
        if (region is not null)
        {
            key.Field("region", region.Trim());
        }

        if (bucket is not null)
        {
            key.Field("bucket", CheckBucket(bucket.Trim()));
        }

        key.End('}');
        return key.ToSecureString();
    }

    private static void Copy(ReadOnlySpan<byte> json, KeyJson key, bool withRegion, bool withBucket)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCopied = (withRegion || !JsonShape.IsText(reader, "region"))
                && (withBucket || !JsonShape.IsText(reader, "bucket"));
            // The name with its quotation marks, and without the colon that the reader counts in.
            var name = json.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isCopied)
            {
                key.Field(name, json.Slice(start, (int)reader.BytesConsumed - start));
            }
        }
    }

    private static string CheckBucket(string bucket)
    {
        var name = bucket.StartsWith(BucketPrefix, StringComparison.Ordinal)
            ? bucket.Substring(BucketPrefix.Length)
            : bucket;
        return name.Length > 0 && name.IndexOfAny(['/', ':', '\\', ' ']) < 0
            ? bucket
            : throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.Bucket)
            {
                Advice = Messages.AdviceBucket,
            };
    }
}
