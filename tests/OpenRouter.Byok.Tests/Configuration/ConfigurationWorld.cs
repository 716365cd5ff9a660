using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>A sandbox, a runspace that is connected to it, and a folder for configurations.</summary>
public sealed class ConfigurationWorld : IAsyncLifetime
{
    /// <summary>An environment variable that no other tests use.</summary>
    public const string KeyVariable = "OPENROUTER_BYOK_TESTS_CONFIGURATION_KEY";

    public const string Key = "sk-configuration-marker-7Qx4";

    private SandboxShell shell = null!;

    internal SandboxServer Server => shell.Server;

    internal ModuleRunspace Shell => shell.Shell;

    public string Folder { get; } = Directory.CreateTempSubdirectory("byok-").FullName;

    public string File => Path.Combine(Folder, "openrouter.json");

    internal IEnumerable<Credential> Credentials => Server.Store.Credentials;

    /// <summary>The requests that change something.</summary>
    internal IReadOnlyList<RecordedRequest> Writes =>
        [.. Server.Requests.Where(static request => request.Method != "GET")];

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable(KeyVariable, Key);
        shell = new SandboxShell();
        await shell.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await shell.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    internal ConfigurationWorld Reset()
    {
        shell.Reset();
        foreach (var file in Directory.GetFiles(Folder))
        {
            System.IO.File.Delete(file);
        }

        return this;
    }

    /// <summary>Removes all credentials, so that only those of the test are there.</summary>
    internal ConfigurationWorld Emptied()
    {
        Reset();
        Server.Store.ReplaceCredentials([]);
        return this;
    }

    /// <summary>Writes a configuration of these entries.</summary>
    public string Write(params IEnumerable<string> entries) => WriteText(
        $$"""{ "version": 1, "credentials": [{{string.Join(", ", entries)}}] }""");

    public string WriteText(string text, string name = "openrouter.json")
    {
        var file = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(file, text);
        return file;
    }

    /// <summary>An entry whose key is in the environment.</summary>
    public static string Entry(string name, string more = "", string provider = "openai", string? workspace = null)
    {
        var place = workspace is null ? "" : $"\"workspace\": \"{workspace}\", ";
        var rest = more.Length == 0 ? "" : ", " + more;
        return "{ \"provider\": \"" + provider + "\", " + place + "\"name\": \"" + name + "\", "
            + "\"key\": { \"env\": \"" + KeyVariable + "\" }" + rest + " }";
    }

    internal RunResult Compare(string more = "", object? variables = null) =>
        Run($"Compare-OpenRouterByokConfiguration '{File}' {more}", variables);

    internal RunResult Sync(string more = "", object? variables = null) =>
        Run($"Sync-OpenRouterByokConfiguration '{File}' {more}", variables);

    internal RunResult Run(string script, object? variables = null) => Shell.Run(script, variables);
}
