using System;
using OpenRouter.Sandbox.Server;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("frob", "'frob' is not a command. The commands are serve, run, and endpoints.")]
    [InlineData("serve extra", "'extra' is not a command. The commands are serve, run, and endpoints.")]
    [InlineData("--frob 1", "There is no option '--frob'.")]
    [InlineData("run", "run requires the path of a script, such as run check.ps1.")]
    [InlineData("run --keys 5", "run requires the path of a script, such as run check.ps1.")]
    [InlineData("--port 5000", "--port requires serve; the other modes use a free port.")]
    [InlineData("serve --port 0", "--port requires a whole number from 1 to 65535, not '0'.")]
    [InlineData("serve --port 65536", "--port requires a whole number from 1 to 65535, not '65536'.")]
    [InlineData("--keys -1", "--keys requires a whole number from 0 to 100000, not '-1'.")]
    [InlineData("--keys 100001", "--keys requires a whole number from 0 to 100000, not '100001'.")]
    [InlineData("--latency 1.5", "--latency requires a whole number from 0 to 60000, not '1.5'.")]
    [InlineData("--latency", "--latency requires a number from 0 to 60000.")]
    [InlineData("--faults", "--faults requires a value.")]
    public void Says_in_one_sentence_what_is_wrong(string arguments, string sentence)
    {
        var error = Assert.Throws<FormatException>(() => CommandLine.Parse(arguments.Split(' ')));

        Assert.Equal(sentence, error.Message);
    }

    [Fact]
    public void No_arguments_open_the_shell()
    {
        var line = CommandLine.Parse([]);

        Assert.Equal(Mode.Shell, line.Mode);
        Assert.Equal(new SandboxOptions(), line.Options);
    }

    [Fact]
    public void Serve_takes_every_option()
    {
        var line = CommandLine.Parse(
        [
            "serve", "--shuffle", "--port", "5123", "--keys", "0", "--latency", "250", "--faults", "slow=0.5",
            "--personal",
        ]);

        Assert.Equal(Mode.Serve, line.Mode);
        Assert.Equal(5123, line.Options.Port);
        Assert.Equal(0, line.Options.KeyCount);
        Assert.Equal(TimeSpan.FromMilliseconds(250), line.Options.Latency);
        Assert.NotNull(line.Options.Faults);
        Assert.NotNull(line.Options.ShuffleSeed);
        Assert.True(line.Options.IsPersonalAccount);
    }

    [Fact]
    public void What_follows_the_script_belongs_to_the_script()
    {
        var line = CommandLine.Parse(["run", "--embedded", "--keys", "3", "check.ps1", "--keys", "9", "--help"]);

        Assert.Equal(("check.ps1", 3, true), (line.Script, line.Options.KeyCount, line.Embedded));
        Assert.Equal(["--keys", "9", "--help"], line.ScriptArguments);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --port 1 --help")]
    [InlineData("run -h")]
    public void Help_is_given_in_every_mode(string arguments) =>
        Assert.Equal(Mode.Help, CommandLine.Parse(arguments.Split(' ')).Mode);
}
