namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>Where the pages are that Get-Help -Online opens.</summary>
internal static class HelpPages
{
    public const string Address = "https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/docs/cmdlets/";
}
