using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

/// <summary>What users type, as its own process.</summary>
public sealed partial class ModesTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox shell ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_tour_plays_to_its_end()
    {
        var (exitCode, output, errors) = await SandboxProcess.RunAsync();

        Assert.True(exitCode == 0, output + errors);
        Assert.Empty(errors);
        Assert.Contains("PS> Get-OpenRouterByokKey\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.Equal(line.TrimEnd('\r'), line));
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task Serve_tells_address_and_key_in_one_line_and_stops_when_told_to(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        Assert.SkipWhen(
            SandboxProcess.InheritsIgnoring(signal), "Jobs in the background ignore Ctrl+C, and so do their children.");
        using var sandbox = SandboxProcess.Start("serve");
        var line = ServeLine().Match(await sandbox.ReadLineAsync());
        Assert.True(line.Success);

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", line.Groups["key"].Value);
        using var response = await http.GetAsync(
            new Uri(line.Groups["address"].Value + "/byok"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        sandbox.Signal(signal);
        Assert.Equal((0, string.Empty, string.Empty), await sandbox.ToEndAsync());
    }

    [Fact]
    public async Task Serve_says_when_its_port_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, output, errors) = await SandboxProcess.RunAsync("serve", "--port", $"{port}");

        Assert.Equal((1, string.Empty), (exitCode, output));
        Assert.Equal(
            $"Port {port} is already in use. Specify another port, or omit --port to use a free one.\n", errors);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("if ((Get-OpenRouterByokKey).Count -ne 7) { exit 9 }", 0)]
    [InlineData("Write-Error 'goes on'; 'end'", 0)]
    [InlineData("throw 'over'", 1)]
    [InlineData("if (", 1)]
    public async Task A_script_decides_on_the_exit_code(string script, int expected)
    {
        var (exitCode, output, errors) = await SandboxProcess.RunAsync(
            "run", "--embedded", "--keys", "7", Script("check it.ps1", script));

        Assert.True(expected == exitCode, output + errors);
        Assert.Equal(expected == 1, output.Length == 0 && errors.Contains("check it.ps1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_gets_its_arguments_and_knows_its_place()
    {
        var script = Script("arguments.ps1", """
            param([string] $Name, [switch] $Loud, [string] $Other)
            "$Name|$Loud|$Other|$args|$PSScriptRoot"
            """);

        var (exitCode, output, _) = await SandboxProcess.RunAsync(
            "run", "--embedded", script, "-Name", "it's me", "-Loud", "-Other:a b", "rest");

        Assert.Equal((0, $"it's me|True|a b|rest|{folder}\n"), (exitCode, output));
    }

    [Theory]
    [InlineData("-Number", "x")]
    [InlineData("-Nowhere", "1")]
    public async Task A_script_that_does_not_take_its_arguments_has_failed(params string[] arguments)
    {
        var script = Script("picky.ps1", "[CmdletBinding()] param([int] $Number); 'ran'");

        var (exitCode, output, errors) = await SandboxProcess.RunAsync(["run", "--embedded", script, .. arguments]);

        Assert.Equal((1, string.Empty), (exitCode, output));
        Assert.Contains(arguments[0][1..], errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dotnet_run_looks_for_the_script_where_it_was_called()
    {
        Script("here.ps1", "'found'");

        var (exitCode, output, errors) = await SandboxProcess.DotnetRunAsync(folder, "run", "--embedded", "here.ps1");

        Assert.True(exitCode == 0, output + errors);
        Assert.Equal("found\n", output);
    }

    [Fact]
    public async Task Questions_of_a_script_fail_when_nobody_can_answer()
    {
        var script = Script("asks.ps1", "Get-OpenRouterByokKey -First 1 | Remove-OpenRouterByokKey");

        var (exitCode, _, errors) = await SandboxProcess.RunAsync("run", "--embedded", script);

        Assert.Equal(0, exitCode);
        Assert.Contains("Specify -Confirm:$false", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run nowhere.ps1", "The file 'nowhere.ps1' does not exist.\n")]
    [InlineData("--frob", "There is no option '--frob'.\n")]
    public async Task What_cannot_be_done_is_said_on_stderr_with_exit_code_2(string arguments, string sentence)
    {
        var (exitCode, output, errors) = await SandboxProcess.RunAsync(arguments.Split(' '));

        Assert.Equal((2, string.Empty), (exitCode, output));
        Assert.StartsWith(sentence, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_own_pwsh_is_preferred()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The stand-in for pwsh is a shell script.");
            return;
        }

        const string Telling = "#!/bin/sh\nenv | grep ^OPENROUTER_BASE_URL=http://127.0.0.1:\necho $1 $2 $3\nexit 6\n";
        var pwsh = Script("pwsh", Telling);
        File.SetUnixFileMode(pwsh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var script = Script("any.ps1", "exit 3");

        var (exitCode, output, _) = await SandboxProcess.RunOnPathAsync(folder, "run", script);

        Assert.Equal(6, exitCode);
        Assert.Matches(@"^OPENROUTER_BASE_URL=\S+\n-NoLogo -NoProfile -Command\n$", output);
    }

    [Fact]
    public async Task A_script_finds_the_API_key_of_the_workspace_for_tests_of_new_keys()
    {
        // The variable that this process has is for its own sandboxes, and would not be accepted.
        const string Test = """
            $secret = ConvertTo-SecureString 'sk-proj-0123456789-revoked' -AsPlainText -Force
            $new = New-OpenRouterByokKey openai $secret -Workspace Scratch -IsRequired
            $apiKey = ConvertTo-SecureString $env:SCRATCH_API_KEY -AsPlainText -Force
            ($new | Test-OpenRouterByokKey -ApiKey $apiKey).UpstreamStatus
            """;

        Assert.Equal(
            (0, "401\n", string.Empty),
            await SandboxProcess.RunAsync("run", "--embedded", Script("check it.ps1", Test)));
    }

    private string Script(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    [GeneratedRegex("^OpenRouter sandbox on (?<address>http://127[.]0[.]0[.]1:[0-9]+/api/v1), "
        + "management key (?<key>sk-or-v1-[0-9a-f]+), inference key sk-or-v1-[0-9a-f]+, "
        + "inference key of Scratch sk-or-v1-[0-9a-f]+$")]
    private static partial Regex ServeLine();
}
