using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Threading;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Byok.Tests;

/// <summary>What holds for the whole test process, set up before the first test is looked at.</summary>
internal static class TestProcess
{
    /// <summary>
    /// Set in a process that runs the tests with the assembly of another edition than PowerShell 7's.
    /// </summary>
    public const string EditionVariable = "OPENROUTER_BYOK_TESTS_EDITION";

    private const string Usual = "Core";

    private static readonly string Edition = Environment.GetEnvironmentVariable(EditionVariable) ?? Usual;

    /// <summary>
    /// What is imported: the manifest, which chooses the assembly, or else an assembly that it would not choose here.
    /// </summary>
    public static string Module => Edition == Usual
        ? StagedModule.Manifest
        : Path.Combine(StagedModule.Folder, Edition, "OpenRouter.Byok.dll");

    [ModuleInitializer]
    internal static void SetUp()
    {
        // The types that tests name are those of the assembly that users get, not those of a copy of it.
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
        {
            var file = Path.Combine(StagedModule.Folder, Edition, name.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };

        // Whoever runs the tests may have an account; no test shall ever meet it.
        foreach (var variable in new[] { "OPENROUTER_MANAGEMENT_KEY", "OPENROUTER_API_KEY", "OPENROUTER_BASE_URL" })
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        // As the sandbox's own prompt has it. All sandboxes of a process have the same sample keys.
        Environment.SetEnvironmentVariable(
            "SCRATCH_API_KEY", SampleAccount.InferenceKeys[SampleAccount.CredentialTests.Name]);

        // Tests block while servers in the same process answer them.
        ThreadPool.SetMinThreads(64, 64);
    }
}
