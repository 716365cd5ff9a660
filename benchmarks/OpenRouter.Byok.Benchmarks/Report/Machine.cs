using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.InteropServices;
using OpenRouter.Byok.Benchmarks.Suite;

namespace OpenRouter.Byok.Benchmarks.Report;

/// <summary>What the numbers were measured on, for people who compare them with their own.</summary>
internal static class Machine
{
    public static IEnumerable<string> Lines(ContenderList contenders)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()}, {Environment.ProcessorCount} cores, {memory:F0} GB, "
            + $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture}).");
        var engine = typeof(PSObject).Assembly.GetName().Version!.ToString(2);
        yield return $"{RuntimeInformation.FrameworkDescription}, PowerShell engine {engine}{Versions(contenders)}.";
    }

    private static string Versions(ContenderList contenders)
    {
        var text = "";
        foreach (var contender in contenders.All)
        {
            if (contender.Command is not [var program, ..])
            {
                continue;
            }

            if (contender.Name == Contenders.Sdk)
            {
                text += $", Node.js {VersionOf(program)} with @openrouter/sdk {SdkVersion()}";
            }

            if (contender.Name == Contenders.Rest)
            {
                text += $", Invoke-RestMethod of {VersionOf(program)}";
            }
        }

        return text;
    }

    private static string SdkVersion()
    {
        var package = Path.Combine(Repository.Benchmarks, "sdk", "node_modules", "@openrouter", "sdk", "package.json");
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(package));
        return json.RootElement.GetProperty("version").GetString()!;
    }

    private static string VersionOf(string program) => OutputOf(program, "--version");

    private static string Processor()
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
        }

        if (OperatingSystem.IsMacOS())
        {
            return OutputOf("sysctl", "-n", "machdep.cpu.brand_string");
        }

        var model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return model?.Split(':', 2)[1].Trim() ?? "unknown processor";
    }

    private static string OutputOf(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
