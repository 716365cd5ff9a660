using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>What the tests of reports do with a runspace.</summary>
internal static class ReportShell
{
    public const string Command = "Export-OpenRouterByokReport";

    /// <summary>The page that the cmdlet outputs with these arguments.</summary>
    public static ReportDocument Report(this ModuleRunspace shell, string arguments, object? variables = null) =>
        new(shell.Run($"{Command} {arguments}", variables).Only<string>());

    /// <summary>Reads twice if the UTC day ends meanwhile, because what is kept then changes.</summary>
    public static T OnOneDay<T>(Func<T> read)
    {
        while (true)
        {
            var day = DateTime.UtcNow.Date;
            var result = read();
            if (DateTime.UtcNow.Date == day)
            {
                return result;
            }
        }
    }

    /// <summary>The files of a folder, by their names.</summary>
    public static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(static file => Path.GetFileName(file)!);
}
