using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>Pages of several accounts and options, each made once.</summary>
public sealed class ReportPages : IAsyncLifetime
{
    private readonly Dictionary<string, ReportDocument> pages = [];

    public static IReadOnlyList<string> Names { get; } =
        ["sample", "messy", "private", "incomplete", "empty"];

    internal ReportDocument this[string name] => pages[name];

    public async ValueTask InitializeAsync()
    {
        await using var sandbox = new SandboxShell();
        await sandbox.InitializeAsync();
        var shell = sandbox.Reset("-MaximumRetryCount 0").Shell;
        pages["sample"] = shell.Report("-AllWorkspaces");

        sandbox.Server.Store.ReplaceCredentials(ReportAccount.Messy);
        pages["messy"] = shell.Report("-AllWorkspaces -MaxAgeDays 20");
        pages["private"] = shell.Report("-AllWorkspaces -NoLabel -Anonymous -Days 1");

        sandbox.Server.Intercept = Interception.Failing("/models");
        pages["incomplete"] = shell.Report("-Workspace Production -Days 7");

        sandbox.Server.Intercept = static context =>
        {
            var isActivity = context.Request.Path.Value!.EndsWith("/activity", StringComparison.Ordinal);
            return isActivity ? AnswerAsync(context) : Task.FromResult(false);
        };
        sandbox.Server.Store.ReplaceCredentials([]);
        pages["empty"] = shell.Report("-AllWorkspaces");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<bool> AnswerAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync("""{"data":[]}"""u8.ToArray(), context.RequestAborted);
        return true;
    }
}
