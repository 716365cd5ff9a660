using System;
using System.Net;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

public sealed class LineEditorTests
{
    private readonly KeyConsole console = new();

    [Fact]
    public void Text_is_edited_with_the_keys_people_expect()
    {
        console.Type("ello wrld").Press(ConsoleKey.Home).Type("h").Press(ConsoleKey.End)
            .Press(ConsoleKey.LeftArrow, ConsoleKey.LeftArrow, ConsoleKey.LeftArrow).Type("o")
            .Control(ConsoleKey.E).Type("!!").Press(ConsoleKey.Backspace, ConsoleKey.Enter);

        Assert.Equal("hello world!", new LineEditor(console).ReadLine("> "));
    }

    [Theory]
    [InlineData(ConsoleKey.U, "")]
    [InlineData(ConsoleKey.W, "one two ")]
    [InlineData(ConsoleKey.A, "one two three")]
    public void Control_keys_delete_as_in_a_shell(ConsoleKey key, string left)
    {
        console.Type("one two three").Control(key).Press(ConsoleKey.Enter);

        Assert.Equal(left, new LineEditor(console).ReadLine("> "));
    }

    [Fact]
    public void Emoji_are_passed_and_deleted_whole()
    {
        console.Type("a😀b").Press(ConsoleKey.LeftArrow, ConsoleKey.Backspace, ConsoleKey.Enter);

        Assert.Equal("ab", new LineEditor(console).ReadLine("> "));
    }

    [Fact]
    public void History_leafs_back_and_returns_to_what_was_being_typed()
    {
        var editor = new LineEditor(console) { History = new History() };
        console.Enter("first").Enter("second").Enter("second");
        console.Press(ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.Enter);
        console.Type("draft").Press(ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.Enter);
        for (var lines = 0; lines < 3; lines++)
        {
            editor.ReadLine("> ");
        }

        Assert.Equal("first", editor.ReadLine("> "));
        Assert.Equal("draft", editor.ReadLine("> "));
    }

    [Fact]
    public void Enter_continues_what_is_incomplete()
    {
        var editor = new LineEditor(console) { IsIncomplete = text => !text.EndsWith('}') };
        console.Enter("if ($x) {").Enter("1").Enter("}");

        Assert.Equal("if ($x) {\n1\n}", editor.ReadLine("> "));
        Assert.Contains(LineView.Continuation, console.Written, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_gives_the_line_up_and_Ctrl_D_ends()
    {
        var editor = new LineEditor(console);
        console.Type("half").Control(ConsoleKey.C).Control(ConsoleKey.D);

        Assert.Null(editor.ReadLine("> "));
        Assert.False(editor.AtEnd);
        Assert.Null(editor.ReadLine("> "));
        Assert.True(editor.AtEnd);
    }

    [Fact]
    public void A_secret_is_read_without_being_shown()
    {
        console.Type("sk-secretX").Press(ConsoleKey.Backspace, ConsoleKey.Enter);

        using var secret = SecretReader.Read(console, "Key: ");

        Assert.Equal("sk-secret", new NetworkCredential(null, secret).Password);
        Assert.Equal("Key: **********\b \b" + Environment.NewLine, console.Written);
    }
}
