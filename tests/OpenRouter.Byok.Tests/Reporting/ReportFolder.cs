using System;
using System.IO;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>A folder for reports that lives as long as a test.</summary>
internal sealed class ReportFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("byok-report-").FullName;

    public string File => PathOf("report.html");

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
