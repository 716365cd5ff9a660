using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Auditing;
using OpenRouter.Byok.Tests.Display;
using Xunit;

namespace OpenRouter.Byok.Tests.Auditing;

/// <summary>A remedy is pasted as it is, so it must be safe to show and mean what the account says.</summary>
public sealed class RemedyTests
{
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's ‘so’ $x `n", "'it''s ‘‘so’’ $x `n'")]
    [InlineData("a\nb $(x) `c \"d\"", "\"a$([char]0x000A)b `$(x) ``c `\"d`\"\"")]
    public void Text_is_quoted_so_that_it_stays_text(string text, string quoted) =>
        Assert.Equal(quoted, Remedy.Quote(text));

    [Fact]
    public void PowerShell_reads_the_very_text_and_nothing_else()
    {
        using var shell = new ModuleRunspace();

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(
                ArbitraryText.Any,
                text => (string)shell.Run(Remedy.Quote(text)).Output.Single().BaseObject == text));
    }

    [Fact]
    public void A_name_that_plays_with_the_terminal_is_pasted_by_its_codes()
    {
        var name = ControlCharacterAccount.Named("Evil");
        using var shell = new ModuleRunspace();

        var remedies = shell.Run(
            """
            @{ Id = $id; Provider = 'openai'; Name = $name; IsByokOnly = $true; AllowedModels = $name },
                @{ Id = $other; Provider = $name; Label = $name } |
                Invoke-OpenRouterByokAudit -Rule NoBackup, NameMissing
            """,
            new { id = Samples.Id, other = Samples.OtherId, name })
            .All<ByokAuditFinding>().Select(static finding => finding.Remedy!).ToList();

        Assert.Equal(3, remedies.Count);
        Assert.Empty(ControlCharacterScan.Found(string.Join(' ', remedies)));
        Assert.All(remedies, remedy => Assert.Contains(
            shell.Run("function New-OpenRouterByokKey { $args }; function Set-OpenRouterByokKey { $args }\n" + remedy)
                .Output.Select(static argument => $"{argument}"),
            argument => argument.Contains(name, StringComparison.Ordinal)));
    }
}
