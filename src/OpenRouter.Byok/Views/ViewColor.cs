namespace OpenRouter.Byok.Views;

/// <summary>
/// Colors of words in views, as ANSI escape sequences. PowerShell 7 removes them where they cannot be shown, or where
/// <c>$PSStyle.OutputRendering</c> or the environment variable <c>NO_COLOR</c> says so. Windows PowerShell does
/// not, so it gets none.
/// </summary>
internal static class ViewColor
{
    public static string Red(string text) => Colored("31", text);

    public static string Green(string text) => Colored("32", text);

    public static string Yellow(string text) => Colored("33", text);

    public static string Cyan(string text) => Colored("36", text);

    public static string Gray(string text) => Colored("90", text);

#if NET
    private static string Colored(string code, string text) => $"\e[{code}m{text}\e[0m";
#else
    private static string Colored(string code, string text) => text;
#endif
}
