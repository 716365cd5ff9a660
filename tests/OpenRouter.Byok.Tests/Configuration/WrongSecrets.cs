using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What scripts return that is not one SecureString.</summary>
public static class WrongSecrets
{
    private const string Key = "sk-hunter2hunter2hunter2";

    /// <summary>The script, in which $key is a SecureString, and what the error calls its result.</summary>
    public static TheoryData<string, string> All => new()
    {
        { "", "nothing" },
        { "$null", "nothing" },
        { $"'{Key}'", "a String" },
        { $"@{{ a = '{Key}' }}", "a Hashtable" },
        { $"[pscredential]::new('{Key}', $key)", "a PSCredential" },
        { ", ([byte[]] (1, 2, 3))", "a Byte[]" },
        { "[byte[]] (1, 2, 3)", "3 objects" },
        { $"$key, '{Key}'", "2 objects" },
        { $"[pscustomobject] @{{ a = '{Key}' }}", "a PSObject" },
        { "5", "an Int32" },
    };
}
