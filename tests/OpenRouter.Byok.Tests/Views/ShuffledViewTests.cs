using System;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Views;

/// <summary>What people see of an account whose credentials are listed in no helpful order.</summary>
public sealed class ShuffledViewTests(ShuffledSandboxShell sandbox) : IClassFixture<ShuffledSandboxShell>
{
    private readonly ModuleRunspace shell = sandbox.Reset().Shell;

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(160)]
    public void The_table_has_one_heading_and_the_rows_of_a_sorted_list(int width)
    {
        shell.Host.Screen.Width = width;
        var keys = shell.Run("Get-OpenRouterByokKey -AllWorkspaces").All<ByokKey>();
        var sorted = keys.Order().ToList();
        Assert.NotEqual(sorted, keys);

        var table = shell.Show("Get-OpenRouterByokKey -AllWorkspaces").Split('\n');

        Assert.Single(table, static line => line.StartsWith("Provider ", StringComparison.Ordinal));
        Assert.Equal(keys.Count, table.Length - 2);
        Assert.Equal(table.Order(), shell.Show("$sorted", new { sorted }).Split('\n').Order());
    }

    [Theory]
    [InlineData("Resolve-OpenRouterByokRoute openai/gpt-5")]
    [InlineData("Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai, azure -IncludeExcluded")]
    [InlineData("Resolve-OpenRouterByokRoute anthropic/claude-sonnet-4.5 -ApiKey Storefront -IncludeExcluded")]
    [InlineData("Get-OpenRouterByokKey | Resolve-OpenRouterByokRoute openai/gpt-5 -IncludeExcluded")]
    [InlineData("Invoke-OpenRouterByokAudit")]
    [InlineData("Disable-OpenRouterByokKey * -AllWorkspaces -PassThru")]
    public async Task What_has_an_order_of_its_own_looks_as_if_nothing_was_shuffled(string command)
    {
        await using var server = await SandboxServer.StartAsync(new(), TestContext.Current.CancellationToken);
        using var other = ModuleRunspace.ConnectedTo(server);

        Assert.Equal(other.Show(command), shell.Show(command));
    }
}
