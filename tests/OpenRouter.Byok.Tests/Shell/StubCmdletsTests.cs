using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

/// <summary>
/// The stub cmdlets show what PowerShell's own cmdlets show. tests/Pester/StubCmdlets.Tests.ps1 runs the same cases on
/// those.
/// </summary>
public sealed class StubCmdletsTests : IClassFixture<StubCmdletsTests.StubShell>
{
    private static readonly CaseFile Table = JsonSerializer.Deserialize<CaseFile>(
        File.ReadAllText(Path.Combine(
            StagedModule.Root, "tests", "OpenRouter.Byok.Tests", "Shell", "StubCmdletCases.json")),
        JsonSerializerOptions.Web)!;

    private readonly StubShell shell;

    public StubCmdletsTests(StubShell shell) => this.shell = shell;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var one in Table.Cases)
            {
                data.Add(one.Script, string.Join('\n', one.Output));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Answers_as_in_PowerShell(string script, string output) =>
        Assert.Equal(output, shell.Show(string.Join('\n', [.. Table.Setup, script])));

    /// <summary>A runspace of the sandbox's shell, which the cases share.</summary>
    public sealed class StubShell : IDisposable
    {
        private readonly StringWriter screen = new();
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();
        private readonly Runspace runspace;

        public StubShell()
        {
            runspace = Engine.Open(new SandboxHost(new TextConsole(screen)));
            var file = Path.Combine(folder.FullName, "lines.txt");
            File.WriteAllText(file, "one\ntwo\nthree\n");
            runspace.SessionStateProxy.SetVariable("file", file);
        }

        /// <summary>What a script shows, without the blanks at the end of a line and around the whole.</summary>
        public string Show(string script)
        {
            screen.GetStringBuilder().Clear();
            runspace.SessionStateProxy.Path.SetLocation(folder.FullName);
            using var shell = Engine.Showing(runspace, shell => shell.AddScript(script, useLocalScope: true));
            shell.Invoke();
            var lines = screen.ToString().ReplaceLineEndings("\n").Split('\n');
            return string.Join('\n', lines.Select(static line => line.TrimEnd())).Trim('\n');
        }

        public void Dispose()
        {
            runspace.Dispose();
            folder.Delete(recursive: true);
        }
    }

    private sealed record CaseFile(string[] Setup, Case[] Cases);

    private sealed record Case(string Script, string[] Output);
}
