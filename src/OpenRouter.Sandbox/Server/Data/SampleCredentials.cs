using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary>What a year of looking after credentials leaves behind: every state and restriction once.</summary>
/// <remarks>
/// <para>
/// Three of them fail when they are used: azure "East US" is rate limited by its own provider (429), google-vertex
/// "Research" lacks a permission (403), openai "Nightly eval" was revoked there (401).
/// </para>
/// <para>
/// Others are set up wrong: anthropic/2 "Workbench" is for somebody who left, amazon-bedrock "Claude only" names a
/// model that is gone and has the same key as "Overflow", and openai "Old laptop" is required but disabled.
/// </para>
/// </remarks>
internal static class SampleCredentials
{
    private static readonly Guid Default = SampleAccount.DefaultWorkspaceId;
    private static readonly Guid Production = SampleAccount.ProductionWorkspaceId;

    private static readonly Credential[] Oldest =
    [
        Of("openai", "Team account", "sk-...p7Qd", Default, "2025-12-02T09:14:05Z") with { DeclaredZdr = false },
        Of("anthropic", "Main", "sk-...tR4w", Default, "2025-12-02T09:21:40Z"),
        Of("openai", "Production", "sk-...9fKA", Production, "2025-12-09T14:02:11Z") with { IsRequired = true },
        Of("azure", "East US", "4f1...c01d", Default, "2025-12-15T10:45:00Z") with
        {
            DeclaredRegion = "us",
            Upstream = SandboxUpstream.RateLimited,
        },
        Of("anthropic", "Production", "sk-...Xm2A", Production, "2026-01-12T08:30:19Z") with
        {
            IsByokOnly = true,
            DeclaredZdr = true,
        },
        Of("openai", "Old laptop", "sk-...00zT", Default, "2026-01-20T16:55:37Z") with
        {
            Disabled = true,
            IsRequired = true,
        },
        Of("google-vertex", "Research", "AQ....8LmE", Default, "2026-02-03T11:11:11Z") with
        {
            AllowedModels = ["google/gemini-2.5-pro", "google/gemini-2.5-flash"],
            Upstream = SandboxUpstream.Forbidden,
        },
        Of("amazon-bedrock", "Shared", "ABS...k2Q=", null, "2026-02-10T13:20:48Z") with { DeclaredZdr = true },
        Of("openai", "Nightly eval", "sk-...eV4l", Default, "2026-02-24T02:00:03Z") with
        {
            AllowedApiKeyHashes = [SampleAccount.Evaluation.Hash],
            Upstream = SandboxUpstream.Revoked,
        },
        Of("azure", "West Europe", "b77...9ae2", Production, "2026-03-04T09:05:52Z") with
        {
            IsRequired = true,
            DeclaredRegion = "europe",
            DeclaredZdr = true,
        },
        Of("anthropic", "Spare", "sk-...Qq1z", Default, "2026-03-17T15:42:26Z") with { IsFallback = true },
        Of("acme-ai", "Pilot", "acm...5512", Default, "2026-03-30T12:00:00Z"),
        Of("openai", null, "sk-...Hy6s", null, "2026-04-08T07:48:09Z") with { IsFallback = true },
        Of("anthropic/2", "Console", "sk-...2bNc", Default, "2026-04-21T10:10:10Z"),
        Of("google-vertex", "EU batch", "AQ....vW7u", Production, "2026-05-06T18:33:57Z") with
        {
            AllowedApiKeyHashes = [SampleAccount.Batch.Hash, SampleAccount.Storefront.Hash],
            AllowedModels = ["google/gemini-2.5-flash"],
        },
        Of("amazon-bedrock", "Claude only", "ABS...M0c=", Default, "2026-05-19T09:59:01Z") with
        {
            AllowedModels =
                ["anthropic/claude-sonnet-4.5", "anthropic/claude-3.7-sonnet", "anthropic/claude-haiku-4.5"],
        },
        Of("anthropic", "Mei, own", "sk-...Tk9e", Default, "2026-06-11T11:37:44Z") with
        {
            AllowedUserIds = [SampleAccount.Mei.Id],
        },
        Of("openai", "Admins", "sk-...dA3m", Default, "2026-06-25T14:26:30Z") with
        {
            AllowedUserIds = [SampleAccount.Ada.Id, SampleAccount.Jonas.Id],
        },
        Of("azure", null, "0c9...77f0", Production, "2026-07-14T08:15:22Z") with { Disabled = true, IsFallback = true },
        Of("openai", "Production 2", "sk-...bN8x", Production, "2026-08-05T09:00:41Z"),
        Of("anthropic/2", "Workbench", "sk-...u5Gh", Production, "2026-08-27T17:08:13Z") with
        {
            AllowedUserIds = [SampleAccount.FormerMember.Id],
        },
        Of("acme-ai", "Load test", "acm...e0e0", Default, "2026-09-16T13:50:35Z") with
        {
            Disabled = true,
            AllowedModels = ["openai/gpt-5-mini"],
        },
        Of("openai", "EU data", "sk-...Zr6e", Default, "2026-10-13T10:22:58Z") with
        {
            DeclaredRegion = "europe",
            DeclaredZdr = true,
        },
        Of("amazon-bedrock", "Overflow", "ABS...yT8=", Default, "2026-11-10T15:31:17Z") with
        {
            IsFallback = true,
            Label = "ABS...M0c=",
        },
    ];

    public static readonly IReadOnlyList<Credential> All = [.. Numbered()];

    private static Credential Of(string provider, string? name, string label, Guid? workspace, string created) => new()
    {
        Id = SeededIds.Of($"credential {provider} {label}"),
        Provider = provider,
        Name = name,
        Label = label,
        WorkspaceId = workspace,
        CreatedAt = DateTimeOffset.Parse(created, CultureInfo.InvariantCulture).UtcDateTime,
    };

    private static IEnumerable<Credential> Numbered() => Oldest
        .GroupBy(credential => (credential.Provider, credential.WorkspaceId))
        .SelectMany(group => group.Select((credential, index) => credential with { SortOrder = index }));
}
