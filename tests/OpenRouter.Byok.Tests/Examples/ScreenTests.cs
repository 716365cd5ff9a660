using System;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>The README and the pages in docs show what comes out today.</summary>
public sealed class ScreenTests
{
    public static TheoryData<string, string> Screens
    {
        get
        {
            var screens = new TheoryData<string, string>();
            foreach (var screen in DocumentedCode.Screens)
            {
                screens.Add(screen.Source, screen.Code);
            }

            return screens;
        }
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_screen_shows_what_comes_out_today(string page, string shown)
    {
        var difference = Screen.Difference(shown, await Screen.RunAsync(shown));

        Assert.True(difference.Length == 0, $"{page} shows something else:\n{difference}");
    }

    [Fact]
    public async Task A_screen_that_shows_something_else_would_be_noticed()
    {
        const string Command = "PS> Get-OpenRouterByokKey 'Team account' | ForEach-Object Label";
        var actual = await Screen.RunAsync(Command);

        Assert.Equal("", Screen.Difference($"{Command}\nsk-...p7Qd\n", actual));
        Assert.Equal("", Screen.Difference($"{Command}\n…\n", actual));
        Assert.StartsWith(
            "- sk-...p7Qe\n", Screen.Difference($"{Command}\nsk-...p7Qe\n", actual), StringComparison.Ordinal);
        Assert.NotEqual("", Screen.Difference(Command, actual));
        Assert.NotEqual("", Screen.Difference($"{Command}\n…\nsk-...p7Qd\nmore", actual));
    }

    [Theory]
    [InlineData("after 19 ms (attempt 1, request req_00000023)", "after 3 ms (attempt 1, request req_00000001)", true)]
    [InlineData("after 19 ms (attempt 1)", "after 19 ms (attempt 2)", false)]
    [InlineData("935c039a-b3a6-4120-82b3-1fa1b2f8b108 x", "00000000-b3a6-4120-82b3-1fa1b2f8b108 x", true)]
    [InlineData("Main        200 key accepted Yes          65", "Main        200 key accepted Yes         165", true)]
    [InlineData("Main        200 key accepted Yes          65", "Main        429 key accepted Yes          65", false)]
    public void What_differs_at_each_start_is_masked(string shown, string actual, bool same) =>
        Assert.Equal(same, Screen.Difference(shown, actual).Length == 0);
}
