using System;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>-WhatIf, -Confirm, and the question that Remove asks unbidden.</summary>
public sealed class ConfirmTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;
    private readonly string[] ids;

    public ConfirmTests(SandboxShell sandbox)
    {
        (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        ids = [.. server.Store.Credentials.Take(3).Select(static key => key.Id.ToString())];
    }

    [Theory]
    [InlineData(
        "New-OpenRouterByokKey openai $key -Name Prod", "Create", "openai credential 'Prod' in the default workspace")]
    [InlineData(
        "New-OpenRouterByokKey groq $key -WorkspaceId " + Samples.Id, "Create",
        "groq credential without a name in workspace " + Samples.Id)]
    [InlineData("New-OpenRouterByokKey openai", "Create", "openai credential without a name in the default workspace")]
    [InlineData("Set-OpenRouterByokKey " + Samples.Id + " -NewName x -Key $key", "Change", Samples.Id)]
    [InlineData("Enable-OpenRouterByokKey " + Samples.Id + " -PassThru", "Enable", Samples.Id)]
    [InlineData("Disable-OpenRouterByokKey " + Samples.Id + " -PassThru", "Disable", Samples.Id)]
    [InlineData("Remove-OpenRouterByokKey " + Samples.Id + "", "Remove", Samples.Id)]
    public void WhatIf_tells_and_sends_nothing_and_outputs_nothing(string script, string action, string target)
    {
        shell.Run(script + " -WhatIf", new { key = Secret.Of("sk-very-secret") }).IsSilent();

        var said = shell.Host.Screen.Text;
        Assert.StartsWith("What if: Performing the operation \"" + action, said, StringComparison.Ordinal);
        Assert.Contains($"\" on target \"{target}\".", said, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-very-secret", said, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Empty(shell.Host.Screen.Asked);
        Assert.Equal(0, shell.Host.Screen.MaskedPrompts);
    }

    [Fact]
    public void WhatIf_names_what_a_change_would_touch()
    {
        shell.Run(
            "Set-OpenRouterByokKey $id -NewName x -Clear AllowedModel -Disabled:$false -WhatIf",
            new { id = Samples.Id }).IsSilent();

        var said = shell.Host.Screen.Text.Split('"')[1];
        Assert.All(
            ["Name: 'x'", "AllowedModels: any", "Disabled: False"],
            setting => Assert.Contains(setting, said, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIf_of_a_pipeline_tells_of_each_by_the_name_it_was_seen_under()
    {
        shell.Run("Get-OpenRouterByokKey -Provider acme-ai | Remove-OpenRouterByokKey -WhatIf").IsSilent();

        var lines = shell.Host.Screen.Text.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("on target \"Pilot (acme-ai) ", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, static request => request.Method != "GET");
    }

    [Fact]
    public void The_preference_variable_counts_as_well()
    {
        shell.Run("$WhatIfPreference = $true; $ids | Disable-OpenRouterByokKey -PassThru", new { ids }).IsSilent();

        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Remove_asks_before_each_one()
    {
        Response("Yes", "No", "Yes");

        shell.Run("$ids | Remove-OpenRouterByokKey", new { ids }).IsSilent();

        Assert.Equal(new[] { ids[0], ids[2] }.Order(), Sent().Order());
        Assert.Equal(3, shell.Host.Screen.Asked.Count);
        Assert.Contains(ids[1], shell.Host.Screen.Asked[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_question_names_the_credential_as_people_know_it()
    {
        Response("No");

        shell.Run("Get-OpenRouterByokKey Pilot | Remove-OpenRouterByokKey").IsSilent();

        Assert.Contains("Pilot (acme-ai)", Assert.Single(shell.Host.Screen.Asked).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yes to All", 3)]
    [InlineData("No to All", 0)]
    public void One_answer_for_all_is_asked_for_once(string answer, int removed)
    {
        Response(answer);

        shell.Run("Remove-OpenRouterByokKey $ids", new { ids }).IsSilent();

        Assert.Equal(removed, Sent().Length);
        Assert.Single(shell.Host.Screen.Asked);
    }

    [Fact]
    public void Remove_does_not_ask_when_it_is_told_not_to()
    {
        shell.Run("Remove-OpenRouterByokKey $ids -Confirm:$false", new { ids }).IsSilent();

        Assert.Equal(ids.Order(), Sent().Order());
        Assert.Empty(shell.Host.Screen.Asked);
    }

    [Fact]
    public void A_runbook_that_nobody_watches_removes_nothing_without_being_told()
    {
        var result = shell.Run("Remove-OpenRouterByokKey $ids", new { ids });

        Assert.NotEmpty(result.Errors);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("New-OpenRouterByokKey openai $key")]
    [InlineData("Set-OpenRouterByokKey $id -NewName x")]
    [InlineData("Enable-OpenRouterByokKey $id")]
    [InlineData("Disable-OpenRouterByokKey $id")]
    public void The_others_ask_only_when_they_are_told_to(string script)
    {
        var variables = new { id = ids[0], key = Secret.Of("k") };
        shell.Run(script, variables);
        Assert.Single(server.Requests);
        Assert.Empty(shell.Host.Screen.Asked);
        server.ClearRequests();
        Response("No");

        shell.Run(script + " -Confirm", variables).IsSilent();

        Assert.Single(shell.Host.Screen.Asked);
        Assert.Empty(server.Requests);
    }

    private void Response(params string[] answers)
    {
        foreach (var answer in answers)
        {
            shell.Host.Screen.Answers.Enqueue(answer);
        }
    }

    private string[] Sent() => [.. server.Requests.Select(static request => request.PathAndQuery.Split('/')[^1])];
}
