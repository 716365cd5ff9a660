using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests.Display;

/// <summary>Names cannot steer the terminal, fake a line or turn the reading direction wherever they show.</summary>
public sealed class ControlCharacterTests : IClassFixture<ScriptedShell>
{
    // No line is so long that it would be cut or go on below.
    private const int Width = 20_000;

    private static readonly string[] ErrorViews = ["NormalView", "CategoryView", "ConciseView"];

    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public ControlCharacterTests(ScriptedShell scripted)
    {
        (server, shell) = (scripted.Reset().Server, scripted.Shell);
        server.DefaultResponse = ControlCharacterAccount.To;
        shell.Host.Screen.Width = Width;
        shell.Host.Screen.Secrets.Enqueue("sk-provider");
        shell.Host.Screen.Answers.Enqueue("Yes to All");
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -AllWorkspaces")]
    [InlineData("Get-OpenRouterByokKey -Id $id")]
    [InlineData("Get-OpenRouterWorkspace")]
    [InlineData("Get-OpenRouterWorkspace -Id $workspace")]
    [InlineData("Get-OpenRouterApiKey")]
    [InlineData("Get-OpenRouterApiKey -Hash $hash")]
    [InlineData("Get-OpenRouterMember")]
    [InlineData("Get-OpenRouterModel")]
    [InlineData("Get-OpenRouterProvider")]
    [InlineData("Get-OpenRouterByokUsage Model")]
    [InlineData("Get-OpenRouterByokUsage Provider")]
    [InlineData("Get-OpenRouterByokUsage Workspace")]
    [InlineData("Get-OpenRouterByokUsage ApiKey")]
    [InlineData("Get-OpenRouterByokUsage User")]
    [InlineData("Resolve-OpenRouterByokRoute openai/gpt-4o -IncludeExcluded")]
    [InlineData("Resolve-OpenRouterByokRoute $evil -Provider openai, $evil -IncludeExcluded")]
    [InlineData("Invoke-OpenRouterByokAudit")]
    [InlineData("Test-OpenRouterByokKey -Id $id -ApiKey $secret")]
    [InlineData("Connect-OpenRouter $management -BaseUri $uri -Workspace $workspace -PassThru")]
    [InlineData("Set-OpenRouterByokKey -Id $id -Required -PassThru")]
    [InlineData("Enable-OpenRouterByokKey -Id $id -PassThru")]
    [InlineData("Disable-OpenRouterByokKey -Id $id -PassThru")]
    [InlineData("New-OpenRouterByokKey openai $secret -Name $evil")]
    public void Objects_are_shown_with_escapes_and_hold_what_the_account_says(string command)
    {
        var result = Run(command);

        Assert.Empty(result.Errors);
        Assert.NotEmpty(result.Output);
        IsSafe(Said(result) + Shown(result) + Called(result));
        Assert.Contains(
            result.Output.SelectMany(static one => one.Properties),
            static property => $"{property.Value}".Contains(ControlCharacterAccount.Ending, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Remove-OpenRouterByokKey -Id $id -WhatIf")]
    [InlineData("Remove-OpenRouterByokKey -Id $id")]
    [InlineData("Set-OpenRouterByokKey -Id $id -Required -WhatIf")]
    [InlineData("Set-OpenRouterByokKey -Id $id -DeclaredRegion $evil -Confirm")]
    [InlineData("Set-OpenRouterByokKey -Id $id -NewName $evil -AllowedModel $evil -AllowedUserId $evil -WhatIf")]
    [InlineData("Set-OpenRouterByokKey Evil* -Clear AllowedModel, Name -WhatIf -AllWorkspaces")]
    [InlineData("Disable-OpenRouterByokKey Evil* -Provider openai -WhatIf")]
    [InlineData("Remove-OpenRouterByokKey Evil*")]
    [InlineData("Enable-OpenRouterByokKey -Id $id -WhatIf")]
    [InlineData("Disable-OpenRouterByokKey -Id $id -Confirm")]
    [InlineData("New-OpenRouterByokKey openai $secret -Name $evil -Workspace $workspace -WhatIf")]
    [InlineData("New-OpenRouterByokKey $evil $secret -Name $evil -WorkspaceId $workspace -Confirm")]
    [InlineData("New-OpenRouterByokKey openai -Name $evil")]
    [InlineData("[pscustomobject]@{ Provider = $evil; Name = $evil } | New-OpenRouterByokKey")]
    [InlineData("Test-OpenRouterByokKey -Id $id -ApiKey $secret -WhatIf")]
    [InlineData("Test-OpenRouterByokKey -Id $id -ApiKey $secret -Model $evil -Confirm")]
    public void Questions_and_what_would_be_done_cannot_be_faked(string command)
    {
        shell.Run("$null = Get-OpenRouterByokKey -AllWorkspaces; $null = Get-OpenRouterWorkspace");

        var result = Run(command);

        Assert.Empty(result.Errors);
        IsSafe(Said(result));
        Assert.All(
            shell.Host.Screen.Asked, static asked => Assert.Single(
                asked.Message.Split('\n'), static line => line.Contains("Performing", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Workspace nobody")]
    [InlineData("Get-OpenRouterByokKey -Workspace $corner")]
    [InlineData("Get-OpenRouterByokKey -ApiKey nobody")]
    [InlineData("Get-OpenRouterByokKey -ApiKey $app")]
    [InlineData("Get-OpenRouterByokKey -User nobody")]
    [InlineData("Get-OpenRouterByokKey -User $knievel")]
    [InlineData("Get-OpenRouterModel -Provider nobody")]
    [InlineData("Disable-OpenRouterByokKey nobody")]
    [InlineData("Remove-OpenRouterByokKey nobody -Provider azure")]
    [InlineData("Set-OpenRouterByokKey $twin -Required")]
    [InlineData("Set-OpenRouterByokKey -Id $id -AllowedUser $evil")]
    [InlineData("Get-OpenRouterWorkspace nobody, $evil -Session $broken")]
    [InlineData("Get-OpenRouterByokKey -Id $id -Session $broken")]
    [InlineData("Set-OpenRouterByokKey -Id $id -Required -Session $broken")]
    [InlineData("New-OpenRouterByokKey openai $secret -Name $evil -Session $broken")]
    [InlineData("Connect-OpenRouter $secret -BaseUri $uri")]
    public void Errors_and_their_choices_are_one_line(string command)
    {
        using var refusing = new ScriptedServer
        {
            DefaultResponse = static _ => Response.Error(400, ControlCharacterAccount.Named("Evil rules")),
        };
        using var broken = FastRetrySession.For(refusing.BaseUri, ScriptedServer.Key, retries: 0);

        var result = Run(command, broken);

        Assert.NotEmpty(result.Errors);
        IsSafe(Said(result));
    }

    [Fact]
    public void What_is_waited_for_is_one_line()
    {
        using var broken = FastRetrySession.For(server.BaseUri, ScriptedServer.Key, retries: 1);
        server.Then(Response.Error(503, ControlCharacterAccount.Named("Evil rest")));

        var result = Run("Get-OpenRouterWorkspace -Session $broken", broken);

        Assert.NotEmpty(result.Progress);
        Assert.Contains(result.Verbose, static line => line.Contains("Evil rest`e", StringComparison.Ordinal));
        IsSafe(Said(result));
    }

    [Theory]
    [InlineData("Workspace($workspace)")]
    [InlineData("ApiKeys([string[]]$hash)")]
    [InlineData("Members([string[]]($evil, 'user_other'))")]
    [InlineData("Member($evil)")]
    public void Names_in_place_of_ids_are_shown_with_escapes(string call)
    {
        shell.Run("$null = Get-OpenRouterWorkspace; $null = Get-OpenRouterApiKey; $null = Get-OpenRouterMember");

        IsSafe(Run($"[OpenRouter.Byok.Views.ViewText]::{call}").Only<string>());
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id ")]
    [InlineData("Get-OpenRouterByokKey -Provider ")]
    [InlineData("Get-OpenRouterByokKey -WorkspaceId ")]
    [InlineData("Get-OpenRouterApiKey -Hash ")]
    [InlineData("Get-OpenRouterModel ")]
    public void What_has_such_a_name_is_completed_by_its_id_and_told_about_in_one_line(string typed)
    {
        var offered = Complete(typed);

        IsSafe(string.Join(' ', offered.Select(static match => match.ToolTip)));
        Assert.Empty(ControlCharacterScan.Found(string.Join(
            ' ', offered.Select(static match => $"{match.CompletionText} {match.ListItemText}"))));
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey ")]
    [InlineData("Get-OpenRouterByokKey -Workspace ")]
    [InlineData("Get-OpenRouterApiKey ")]
    [InlineData("Get-OpenRouterMember ")]
    [InlineData("New-OpenRouterByokKey openai -AllowedUserId ")]
    public void Such_a_name_itself_is_not_offered(string typed) => Assert.Empty(Complete(typed));

    /// <summary>The control: the same scan finds what is shown as it is.</summary>
    [Theory]
    [InlineData("[pscustomobject]@{ Name = $evil }")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteVerbose($evil) }")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteWarning($evil) }")]
    [InlineData(
        "& { [CmdletBinding()] param() "
            + "$PSCmdlet.WriteProgress([Management.Automation.ProgressRecord]::new(1, 'x', $evil)) }")]
    [InlineData("throw $evil")]
    [InlineData("$Host.UI.WriteLine($evil)")]
    [InlineData("$null = & { [CmdletBinding(SupportsShouldProcess)] param() $PSCmdlet.ShouldProcess($evil) } -Confirm")]
    [InlineData("$null = & { [CmdletBinding(SupportsShouldProcess)] param() $PSCmdlet.ShouldProcess($evil) } -WhatIf")]
    public void The_scan_finds_what_is_shown_as_it_is(string script)
    {
        var result = Run(script);

        Assert.Contains("001B", ControlCharacterScan.Found(Said(result) + Shown(result)));
    }

    [Fact]
    public void The_scan_finds_every_character_and_the_forged_line() =>
        Assert.Equal(12, ControlCharacterScan.Found(ControlCharacterAccount.Ending).Count);

    private static void IsSafe(string text)
    {
        Assert.True(ControlCharacterScan.Found(text) is [], text);
        Assert.Contains("`e[2J`a`r`nForged: yes`0`u{9B}31m`u{202E}lanigiro`u{2066}", text, StringComparison.Ordinal);
    }

    private RunResult Run(string command, OpenRouterSession? broken = null) => shell.Run(
        "$VerbosePreference = 'Continue'; " + command,
        new
        {
            broken,
            uri = server.BaseUri,
            id = Samples.Id,
            hash = Samples.Hash,
            workspace = ControlCharacterAccount.Workspace,
            management = Secret.Of(ScriptedServer.Key),
            secret = Secret.Of("sk-other"),
            evil = ControlCharacterAccount.Named("Evil"),
            twin = ControlCharacterAccount.Named("Evil twin"),
            corner = ControlCharacterAccount.Named("Evil corner"),
            app = ControlCharacterAccount.Named("Evil app"),
            knievel = ControlCharacterAccount.Named("Evil") + " " + ControlCharacterAccount.Named("Knievel"),
        });

    // Beside the objects, which are shown by themselves.
    private string Said(RunResult result) => string.Join(
        '\n',
        [
            shell.Host.Screen.Text,
            .. result.Warnings,
            .. result.Verbose,
            .. result.Debug,
            .. result.Information,
            .. result.Progress.Concat(shell.Host.Screen.Progress).Select(
                static record => $"{record.Activity}\n{record.StatusDescription}\n{record.CurrentOperation}"),
            .. shell.Host.Screen.Asked.Select(static asked => $"{asked.Caption}\n{asked.Message}"),
            .. result.Errors.SelectMany(ErrorText),
        ]);

    private IEnumerable<string> ErrorText(ErrorRecord error) =>
    [
        error.ToString(),
        error.Exception.Message,
        error.CategoryInfo.ToString(),
        error.ErrorDetails?.RecommendedAction ?? "",
        .. ErrorViews.Select(
            view => shell.Show("$ErrorView = $view; $error_", new { view, error_ = error })),
    ];

    private string Shown(RunResult result)
    {
        shell.Host.Screen.Clear();
        shell.Show("$shown", new { shown = result.Output });
        return shell.Host.Screen.Text + ListViews.Show(result.Output, Width);
    }

    private static string Called(RunResult result) =>
        string.Join('\n', result.Output.Select(static one => one.BaseObject.ToString()));

    private IReadOnlyList<CompletionResult> Complete(string typed)
    {
        using var session = LongTimeoutCompletion.Session(server.BaseUri, ScriptedServer.Key);
        return shell.Complete(session, typed);
    }
}
