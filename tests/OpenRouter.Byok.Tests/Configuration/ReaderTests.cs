using System;
using System.Text;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>The reader, held against the same files as the schema.</summary>
public sealed class ReaderTests
{
    public static TheoryData<string> Wrong => WrongConfigurations.Names;

    public static TheoryData<string> Right => RightConfigurations.Names;

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_file_is_refused_where_it_is_wrong(string name)
    {
        var wrong = WrongConfigurations.Named(name);

        var failure = Assert.Throws<OpenRouterException>(() => Read(wrong.Json, hasResolver: false));

        Assert.Equal(ErrorReason.InvalidConfiguration, failure.Reason);
        var line = Assert.Single(failure.Message.Split('\n'));
        Assert.StartsWith($"test.json:{wrong.Line}:{wrong.Column}: ", line, StringComparison.Ordinal);
        Assert.Contains(wrong.Word, line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(WrongConfiguration.Literal, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void A_right_file_is_read(string name) => Read(RightConfigurations.All[name], hasResolver: true);

    private static ByokConfiguration Read(string json, bool hasResolver)
    {
        var errors = new ConfigurationErrors();
        var reader = new ConfigurationReader(hasResolver, errors);
        var content = Encoding.UTF8.GetBytes(json);
        var source = new ConfigurationSource("test.json", TextPositions.OfUtf8(content).Locate);
        if (JsonNodeReader.Read(new ConfigurationFile(source, content), errors) is { } document)
        {
            reader.AddDocument(document);
        }

        return reader.ToConfiguration();
    }
}
