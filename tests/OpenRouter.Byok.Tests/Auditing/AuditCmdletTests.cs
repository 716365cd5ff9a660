using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Auditing;

/// <summary>Invoke-OpenRouterByokAudit as people use it, against an account that has one of everything.</summary>
public sealed class AuditCmdletTests(ShuffledSandboxShell sandbox) : IClassFixture<ShuffledSandboxShell>
{
    private readonly SandboxShell sandbox = sandbox.Reset("-MaximumRetryCount 0");

    private ModuleRunspace Shell => sandbox.Shell;

    [Fact]
    public void The_whole_account_is_audited_the_gravest_first()
    {
        sandbox.Server.Store.ReplaceCredentials(Messy);

        var findings = Shell.Run("Invoke-OpenRouterByokAudit").All<ByokAuditFinding>();

        Assert.Equal(findings.OrderByDescending(static finding => finding.Severity), findings);
        Assert.Equal(
            Enum.GetValues<ByokAuditRule>(), findings.Select(static finding => finding.Rule).Distinct().Order());
        Assert.All(findings, static finding => Assert.NotEmpty(finding.Message));
        Assert.Contains(findings, static finding => finding.Name == "In production");
    }

    [Fact]
    public async Task The_order_in_which_credentials_are_listed_does_not_matter()
    {
        const string Audit = "Invoke-OpenRouterByokAudit";
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions(), TestContext.Current.CancellationToken);
        using var sorted = ModuleRunspace.ConnectedTo(server);
        foreach (var credentials in new[] { server.Store.Credentials, Messy, InEveryWorkspace })
        {
            server.Store.ReplaceCredentials(credentials);
            sandbox.Server.Store.ReplaceCredentials(credentials);

            Assert.Equal(
                Lines(sorted.Run(Audit)),
                Lines(Shell.Run(Audit)));
            Assert.Equal(
                Lines(sorted.Run($"Get-OpenRouterByokKey -AllWorkspaces | {Audit}")),
                Lines(Shell.Run($"Get-OpenRouterByokKey -AllWorkspaces | {Audit}")));
        }

        static IEnumerable<string> Lines(RunResult result) => result.All<ByokAuditFinding>().Select(
            static finding => $"{finding.Severity} {finding.Rule} {finding.KeyId} {finding.Message} {finding.Remedy}");
    }

    [Fact]
    public void Every_remedy_is_a_command_line_that_binds()
    {
        sandbox.Server.Store.ReplaceCredentials(Messy);
        var findings = Shell.Run("Invoke-OpenRouterByokAudit").All<ByokAuditFinding>();
        Assert.Contains(findings, static finding => finding.Rule == ByokAuditRule.SharedSpend);
        sandbox.Server.ClearRequests();

        foreach (var remedy in findings.Select(static finding => finding.Remedy))
        {
            // Nobody is here to type a key.
            var line = remedy!.Replace("(Read-Host -AsSecureString)", "$secret", StringComparison.Ordinal)
                .Replace("New-OpenRouterByokKey", "New-OpenRouterByokKey -Key $secret", StringComparison.Ordinal)
                .Replace("Test-OpenRouterByokKey", "Test-OpenRouterByokKey -ApiKey $apiKey", StringComparison.Ordinal);
            Shell.Run(
                line + " -WhatIf",
                new { secret = Secret.Of("sk-new"), apiKey = Secret.Of(sandbox.Server.InferenceKey) }).IsSilent();
        }

        // A test looks up models and prices first.
        Assert.All(sandbox.Server.Requests, static request => Assert.Equal("GET", request.Method));
    }

    /// <summary>
    /// Whoever does what the audit says has nothing left to do. Age stays, and what was spent: nobody can change them.
    /// </summary>
    [Fact]
    public void Remedies_mend()
    {
        const string Audit = "Invoke-OpenRouterByokAudit -ExcludeRule RotationDue, SharedSpend";
        sandbox.Server.Store.ReplaceCredentials(Messy);
        for (var round = 0; round < 6; round++)
        {
            var finding = Shell.Run(Audit).All<ByokAuditFinding>();
            if (finding.Count == 0)
            {
                return;
            }

            foreach (var rule in finding.Select(static one => one.Rule).Distinct())
            {
                foreach (var remedy in Shell.Run($"Invoke-OpenRouterByokAudit -Rule {rule}")
                    .All<ByokAuditFinding>()
                    .Select(static one => one.Remedy!))
                {
                    var isRemoval = remedy.StartsWith("Remove", StringComparison.Ordinal);
                    var isNew = remedy.StartsWith("New", StringComparison.Ordinal);
                    var result = Shell.Run(
                        remedy + (isRemoval ? " -Confirm:$false" : isNew ? " -Key $secret | Out-Null" : ""),
                        new { secret = Secret.Of("sk-a-new-key-" + Guid.NewGuid()) });
                    Assert.Empty(result.Errors);
                }

                Assert.Empty(Shell.Run($"Invoke-OpenRouterByokAudit -Rule {rule}").All<ByokAuditFinding>());
            }
        }

        Assert.Empty(Shell.Run(Audit).All<ByokAuditFinding>());
    }

    [Fact]
    public void Rules_and_severities_are_chosen()
    {
        sandbox.Server.Store.ReplaceCredentials(Messy);

        Assert.Equal([ByokAuditRule.Duplicate, ByokAuditRule.NameMissing], Rules("-Rule NameMissing, Duplicate"));
        Assert.DoesNotContain(ByokAuditRule.NameMissing, Rules("-ExcludeRule NameMissing"));
        Assert.Equal([ByokAuditRule.NameMissing], Rules("-Rule NameMissing, Duplicate -ExcludeRule Duplicate"));
        Assert.All(
            Shell.Run("Invoke-OpenRouterByokAudit -Severity Error, Information").All<ByokAuditFinding>(),
            static finding => Assert.NotEqual(ByokAuditSeverity.Warning, finding.Severity));

        IEnumerable<ByokAuditRule> Rules(string how) =>
            Shell.Run("Invoke-OpenRouterByokAudit " + how)
                .All<ByokAuditFinding>()
                .Select(static finding => finding.Rule)
                .Distinct();
    }

    [Fact]
    public void The_age_is_chosen()
    {
        sandbox.Server.Store.ReplaceCredentials([Of(1) with { CreatedAt = DateTime.UtcNow.AddDays(-20) }]);

        Assert.Empty(Shell.Run("Invoke-OpenRouterByokAudit -Rule RotationDue").All<ByokAuditFinding>());
        Assert.Equal(
            "Created 20 days ago.",
            Shell.Run("Invoke-OpenRouterByokAudit -Rule RotationDue -MaxAgeDays 19").Only<ByokAuditFinding>().Message);
    }

    [Theory]
    [InlineData("Error", true)]
    [InlineData("Warning", true)]
    [InlineData("Error", false)]
    public void FailOn_ends_with_one_error_after_the_findings_are_out(string level, bool isBad)
    {
        sandbox.Server.Store.ReplaceCredentials(
            isBad ? [Of(1) with { AllowedModels = [] }] : [Of(1) with { Name = null }]);

        var result = Shell.Run($"Invoke-OpenRouterByokAudit -FailOn {level}");

        Assert.NotEmpty(result.Output);
        Assert.Equal(isBad, result.Terminating is not null);
        if (isBad)
        {
            Assert.StartsWith(
                "OpenRouterByok.AuditFailed,",
                Assert.Single(result.Errors).FullyQualifiedErrorId,
                StringComparison.Ordinal);
            Assert.NotEmpty(result.Terminating!.ErrorDetails.RecommendedAction);
        }
    }

    [Fact]
    public void FailOn_says_nothing_of_what_was_not_output()
    {
        sandbox.Server.Store.ReplaceCredentials([Of(1) with { AllowedModels = [] }]);

        Assert.Empty(Shell.Run("Invoke-OpenRouterByokAudit -Severity Information -FailOn Error").Errors);
    }

    [Fact]
    public void An_account_that_cannot_be_read_ends_the_audit()
    {
        sandbox.Server.Intercept = Interception.Failing("/byok");

        var error = Shell.Run("Invoke-OpenRouterByokAudit").OnlyError();

        Assert.StartsWith("OpenRouterByok.ServerError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotNull(Shell.Run("Invoke-OpenRouterByokAudit").Terminating);
    }

    [Theory]
    [InlineData("NameMissing, Duplicate, RotationDue, NoBackup", "byok workspaces")]
    [InlineData("UnknownMember", "byok members workspaces")]
    [InlineData("UnknownModel", "byok models workspaces")]
    [InlineData("UnknownApiKey", "byok keys workspaces")]
    [InlineData("RegionNotOffered", "byok providers workspaces")]
    [InlineData("SharedSpend", "activity byok providers workspaces")]
    public void Only_what_the_rules_need_is_looked_up(string rules, string asked)
    {
        Shell.Run($"Invoke-OpenRouterByokAudit -Rule {rules}");

        Assert.Equal(
            asked,
            string.Join(
                ' ',
                sandbox.Server.Requests
                    .Select(static request => request.PathAndQuery.Split('?')[0].Split('/')[^1])
                    .Distinct()
                    .Order()));
    }

    [Fact]
    public void What_no_credential_makes_necessary_is_not_looked_up()
    {
        sandbox.Server.Store.ReplaceCredentials([Of(1) with { Disabled = true }]);

        Shell.Run("Invoke-OpenRouterByokAudit");

        Assert.All(
            sandbox.Server.Requests,
            static request => Assert.Matches("/(byok|workspaces)[?]", request.PathAndQuery));
    }

    [Theory]
    [InlineData("/keys", "the API keys", "UnknownApiKey, Unrestricted")]
    [InlineData("/organization/members", "the members", "UnknownMember")]
    [InlineData("/models", "the models", "UnknownModel")]
    [InlineData("/providers", "the providers", "SharedSpend")]
    [InlineData("/activity", "the activity", "SharedSpend")]
    public void A_look_up_that_fails_leaves_its_rules_out_and_says_so(string path, string what, string rules)
    {
        sandbox.Server.Store.ReplaceCredentials(Messy);
        sandbox.Server.Intercept = Interception.Failing(path);

        var result = Shell.Run("Invoke-OpenRouterByokAudit");

        Assert.Empty(result.Errors);
        Assert.Contains(
            result.Warnings,
            warning => warning.Contains(what + " could not be looked up", StringComparison.Ordinal)
                && warning.Contains($"Rules not checked: {rules}.", StringComparison.Ordinal));
        Assert.Contains(
            result.Output,
            static finding => ((ByokAuditFinding)finding.BaseObject).Rule == ByokAuditRule.NameMissing);
    }

    [Fact]
    public async Task A_persons_account_has_no_members_and_that_is_no_warning()
    {
        await using var server = await SandboxServer.StartAsync(
            new() { IsPersonalAccount = true }, TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);
        server.Store.ReplaceCredentials([Of(1) with { AllowedUserIds = ["user_gone"] }]);

        var result = shell.Run("Invoke-OpenRouterByokAudit -Rule UnknownMember, Unreachable -Verbose");

        Assert.Empty(result.All<ByokAuditFinding>());
        Assert.Empty(result.Warnings);
        Assert.Contains(result.Verbose, static line => line.Contains("member", StringComparison.Ordinal));
    }

    [Fact]
    public void Credentials_from_the_pipeline_are_taken_for_all_there_are()
    {
        var findings = Shell.Run("Get-OpenRouterByokKey 'Team account' | Invoke-OpenRouterByokAudit -Rule NoBackup")
            .All<ByokAuditFinding>();

        Assert.Equal("Team account", Assert.Single(findings).Name);
        Assert.Single(sandbox.Server.Requests);
    }

    [Fact]
    public void Without_a_session_a_plan_is_audited_as_far_as_it_tells()
    {
        using var offline = new ModuleRunspace();

        var result = offline.Run("@{ Provider = 'openai'; AllowedUserIds = 'user_x' } | Invoke-OpenRouterByokAudit");

        Assert.Empty(result.Errors);
        Assert.Contains(
            "Rules not checked: UnknownMember. Rules checked in part: Unreachable.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
        Assert.Contains(
            result.Output,
            static finding => ((ByokAuditFinding)finding.BaseObject).Rule == ByokAuditRule.NameMissing);
    }

    [Fact]
    public void A_pipeline_without_credentials_is_no_reason_to_audit_the_account()
    {
        Shell.Run("@() | Invoke-OpenRouterByokAudit -FailOn Information").IsSilent();

        Assert.Empty(sandbox.Server.Requests);
    }

    [Fact]
    public void The_table_fits_80_columns()
    {
        using var narrow = ModuleRunspace.ConnectedTo(sandbox.Server, width: 80);
        sandbox.Server.Store.ReplaceCredentials(
        [
            Of(1) with { CreatedAt = DateTime.UtcNow.AddDays(-100) },
            Of(2) with { Provider = "amazon-bedrock", Name = null },
        ]);

        Assert.Equal(
            """
               Severity: Warning

            Rule               Provider       Credential     Message
            ----               --------       ----------     -------
            RotationDue        openai         Key 1          Created 100 days ago.

               Severity: Information

            Rule               Provider       Credential     Message
            ----               --------       ----------     -------
            NameMissing        amazon-bedrock sk-...2        The credential has no name.

                                                             Warning: 1, Information: 1
            """,
            narrow.Show("Invoke-OpenRouterByokAudit -Rule RotationDue, NameMissing"));
    }

    [Theory]
    [InlineData("", "Error: 1, Warning: 2, Information: 5")]
    [InlineData("-Severity Error, Warning", "Error: 1, Warning: 2")]
    [InlineData("-Severity Error | ForEach-Object { $_ }", "Error: 1")]
    public void The_view_ends_with_the_number_of_findings_of_each_severity(string arguments, string counts)
    {
        sandbox.Server.Store.ReplaceCredentials(
        [
            Of(1) with { AllowedModels = [] },
            Of(2) with { Name = null, CreatedAt = DateTime.UtcNow.AddDays(-100) },
            Of(3) with { Provider = "mistral", IsByokOnly = true },
        ]);

        var lines = Shell.Show($"Invoke-OpenRouterByokAudit -ExcludeRule SharedSpend {arguments}").Split('\n');

        Assert.Equal(counts, lines[^1].Trim());
        Assert.DoesNotContain(
            counts,
            Shell.Run($"Invoke-OpenRouterByokAudit -ExcludeRule SharedSpend {arguments}")
                .All<ByokAuditFinding>()[^1].Message,
            StringComparison.Ordinal);
    }

    /// <summary>Each rule finds something here.</summary>
    private static Credential[] Messy =>
    [
        Of(1) with { AllowedModels = [] },
        Of(2) with { IsByokOnly = true, Disabled = true },
        Of(3) with { AllowedApiKeyHashes = [SampleAccount.Evaluation.Hash, new string('0', 64)] },
        Of(4) with { AllowedUserIds = [SampleAccount.Mei.Id, "user_gone"] },
        Of(5) with { AllowedModels = ["openai/gpt-5", "openai/gpt-2"] },
        Of(6) with { Provider = "anthropic", DeclaredRegion = "europe" },
        Of(7) with { Label = "sk-...SaMe" },
        Of(8) with { Label = "sk-...SaMe", IsFallback = true },
        Of(9) with { CreatedAt = DateTime.UtcNow.AddDays(-100), Name = null },
        Of(10) with { CreatedAt = DateTime.UtcNow.AddDays(-100), Disabled = true },
        Of(11) with
        {
            Provider = "mistral",
            WorkspaceId = SampleAccount.ProductionWorkspaceId,
            IsRequired = true,
            Name = "In production",
        },
        Of(12) with { Provider = "amazon-bedrock", CreatedAt = DateTime.UtcNow.AddDays(-30) },
    ];

    /// <summary>A global credential beside others of both workspaces, so that its backup may be in either.</summary>
    private static Credential[] InEveryWorkspace =>
    [
        Of(1) with { WorkspaceId = null },
        Of(2) with { Provider = "mistral", WorkspaceId = SampleAccount.ProductionWorkspaceId },
        Of(3) with { Provider = "groq" },
        Of(4) with { Provider = "groq", SortOrder = 0, WorkspaceId = SampleAccount.ProductionWorkspaceId },
    ];

    private static Credential Of(int mark) => new()
    {
        Id = SeededIds.Of($"audit {mark}"),
        Provider = "openai",
        Name = $"Key {mark}",
        Label = $"sk-...{mark}",
        SortOrder = mark,
        WorkspaceId = SampleAccount.DefaultWorkspaceId,
        CreatedAt = DateTime.UtcNow.AddDays(-1),
    };
}
