using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Module;

/// <summary>
/// Whether the .NET Framework is new enough, which the manifest says and Windows PowerShell does not check.
/// </summary>
internal static class NetFramework
{
    /// <summary>The value Release that .NET Framework 4.7.2 has at the least, on any Windows.</summary>
    public const int Release472 = 461808;

    private const string RegistryKey = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full";

    /// <param name="release">What the registry says of the .NET Framework; null when it says nothing.</param>
    /// <exception cref="PSNotSupportedException">It is older than 4.7.2.</exception>
    public static void Require472(object? release)
    {
        if (release is int number && number < Release472)
        {
            throw new PSNotSupportedException(Messages.NetFrameworkTooOld);
        }
    }

    /// <summary>The value Release of the .NET Framework that runs this; null on any other .NET.</summary>
    /// <param name="coreLibrary">The assembly of the most basic types.</param>
    public static object? InstalledRelease(Assembly coreLibrary) =>
        // No type of .NET Standard reads the registry, and a package for it would have to be shipped.
        coreLibrary.GetType("Microsoft.Win32.Registry")?.InvokeMember(
            "GetValue", BindingFlags.InvokeMethod | BindingFlags.Public | BindingFlags.Static, binder: null,
            target: null, [RegistryKey, "Release", null], CultureInfo.InvariantCulture);
}
