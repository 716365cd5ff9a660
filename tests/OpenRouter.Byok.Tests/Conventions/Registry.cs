namespace Microsoft.Win32;

/// <summary>Stands in for the type of this name that the core library of the .NET Framework has.</summary>
internal static class Registry
{
    public static object? GetValue(string keyName, string? valueName, object? defaultValue) =>
        (keyName, valueName) == (@"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full", "Release")
            ? 461814
            : defaultValue;
}
