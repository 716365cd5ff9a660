namespace OpenRouter.Byok;

/// <summary>Boolean values as objects, made once: thousands of credentials have several each.</summary>
internal static class BooleanBox
{
    private static readonly object True = true;

    private static readonly object False = false;

    public static object Of(bool value) => value ? True : False;
}
