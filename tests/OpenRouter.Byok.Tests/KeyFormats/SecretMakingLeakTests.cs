using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Tests.Secrets;
using Xunit;

namespace OpenRouter.Byok.Tests.KeyFormats;

/// <summary>No part of a secret that is being made shows up anywhere, whatever is wrong with it.</summary>
public sealed class SecretMakingLeakTests
{
    private const string Noisily =
        "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; $ErrorView = 'NormalView'; ";

    private static readonly KnownSecret ApiKey = new("API key", "az-\"Marker\\1é/Tq+Wz=&5 Rb<Yk>");
    private static readonly KnownSecret AccessKey = new("access key", "AKIA-Marker2/9Xw~Lp3.Zt");
    private static readonly KnownSecret SecretKey = new("secret key", "aws-Marker3+Qm=7Hs%Vd/Kf");
    private static readonly KnownSecret PrivateKey = new("private key", "Marker4MIIEvQIBADANBgkqhkiG9w0");
    private static readonly KnownSecret[] Secrets = [ApiKey, AccessKey, SecretKey, PrivateKey];

    private static readonly string[] Suffixes = ["", "`n", " ", "`0"];

    private static readonly string[] Commands =
    [
        "New-OpenRouterByokSecret -ResourceName contoso -ApiKey $api",
        "New-OpenRouterByokSecret -ResourceName contoso -ResourceType $apiText -ApiKey $api",
        "New-OpenRouterByokSecret -ResourceName $apiText -ApiKey $api",
        "New-OpenRouterByokSecret -ResourceName \"https://$apiText.openai.azure.com\" -ApiKey $api",
        "New-OpenRouterByokSecret -ResourceName contoso -ApiKey $apiText",
        "New-OpenRouterByokSecret -ModelSlug a/b -ModelId m -EndpointUrl \"https://a/?key=$apiText\" -ApiKey $api",
        "New-OpenRouterByokSecret -ModelSlug a/b -ModelId m -EndpointUrl $apiText -ApiKey $api",
        "New-OpenRouterByokSecret -ModelSlug a/b -ModelId m -EndpointUrl $url -ApiKey $api",
        "New-OpenRouterByokSecret -AccessKeyId $access -SecretAccessKey $secret -Region us-east-1",
        "New-OpenRouterByokSecret -AccessKeyId $accessText -SecretAccessKey $secret -Region us-east-1",
        "New-OpenRouterByokSecret -AccessKeyId $access -SecretAccessKey $secretText -Region us-east-1",
        "New-OpenRouterByokSecret -AccessKeyId $access -SecretAccessKey $secret -Region ''",
        "New-OpenRouterByokSecret -ApiKey $api -Region eu",
        "New-OpenRouterByokSecret -ApiKey $api -Region @{ a = $apiText }",
        "New-OpenRouterByokSecret -ServiceAccountPath $file",
        "New-OpenRouterByokSecret -ServiceAccountPath $broken",
        "New-OpenRouterByokSecret -ServiceAccountPath $file -Bucket \"gs://$apiText/x\"",
        "New-OpenRouterByokSecret -ServiceAccountPath $json",
        "New-OpenRouterByokSecret -ServiceAccountPath $pem",
        "@{ ResourceName = 'a'; ApiKey = $apiText }, @{ ResourceName = 'b'; ApiKey = $api } | New-OpenRouterByokSecret",
        "[pscustomobject]@{ resource_name = $apiText; api_key = $apiText } | New-OpenRouterByokSecret",
        "[pscustomobject]@{ Secret = $apiText } | New-OpenRouterByokSecret",
        "[pscustomobject]@{ Secret = $apiText } | New-OpenRouterByokSecret -ResourceName a",
        "[pscustomobject]@{ Secret = $apiText; AccessKeyId = $access } | New-OpenRouterByokSecret -Region x",
        "$apiText, @($secretText) | New-OpenRouterByokSecret -ApiKey $api",
        "$json | ConvertFrom-Json | New-OpenRouterByokSecret",
        "New-OpenRouterByokKey azure (New-OpenRouterByokSecret -ResourceName a -ApiKey $api) -WhatIf",
        "New-OpenRouterByokKey openai $api",
        "New-OpenRouterByokKey google-vertex $jsonKey -WhatIf",
        "New-OpenRouterByokKey azure $jsonKey -WhatIf",
    ];

    [Fact]
    public void Nothing_shows_a_part_of_a_secret()
    {
        using var server = new ScriptedServer { DefaultResponse = EchoingServer.Answering(400, "raw") };
        using var shell = ModuleRunspace.ConnectedTo(server);
        var file = ServiceAccountSample.Write(Account());
        var broken = System.IO.Path.ChangeExtension(file, ".broken");
        System.IO.File.WriteAllText(broken, Account()[..^1] + "," + PrivateKey.Text);
        var results = new List<RunResult>();
        foreach (var suffix in Suffixes)
        {
            var end = suffix.Replace("`n", "\n").Replace("`0", "\0");
            foreach (var command in Commands)
            {
                // On Linux, a SecureString that is written out is readable, so the secret itself is left out.
                var result = shell.Run($"{Noisily}$null = @({command})", new
                {
                    api = Secret.Of(ApiKey.Text + end),
                    access = Secret.Of(AccessKey.Text + end),
                    secret = Secret.Of(SecretKey.Text + end),
                    apiText = ApiKey.Text + end,
                    accessText = AccessKey.Text + end,
                    secretText = SecretKey.Text + end,
                    jsonKey = Secret.Of(Account()[..^1] + end),
                    json = Account(),
                    pem = PrivateKey.Text,
                    url = "https://a.azure.com/chat/completions?api-version=1",
                    file,
                    broken,
                });

                var text = LeakScan.Collect(result);
                Assert.True(LeakScan.Leaks(text, Secrets) is [], $"{command}:\n{text}");
                results.Add(result);
            }
        }

        Assert.Contains(results, static result => result.Errors.Count == 0);
        Assert.Contains(results, static result => result.Errors.Count > 0);
        Assert.Contains(results, static result => result.Warnings.Count > 0);
        var left = LeakScan.Collect(shell, results);
        Assert.True(LeakScan.Leaks(left, Secrets) is [], left);
    }

    /// <summary>The control: the scan finds what the secret is made of when it is planted.</summary>
    [Fact]
    public void The_scan_would_find_each_part()
    {
        using var shell = new ModuleRunspace();

        var leaks = Secrets.Select(secret => LeakScan.Leaks(
            LeakScan.Collect(shell.Run("throw $text", new { text = "x" + secret.Text })), [secret]));

        Assert.All(leaks, static found => Assert.NotEmpty(found));
    }

    private static string Account()
    {
        var fields = ServiceAccountSample.Fields;
        fields["private_key"] = PrivateKey.Text;
        return fields.ToJsonString();
    }
}
