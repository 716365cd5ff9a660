using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Errors;
using OpenRouter.Byok.Tests.Listing;
using OpenRouter.Byok.Tests.Reading;
using OpenRouter.Byok.Tests.Retry;
using OpenRouter.Byok.Tests.Session;
using OpenRouter.Byok.Tests.Writing;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>Both assemblies: that of PowerShell 7 and that of Windows PowerShell.</summary>
public sealed class AssemblyTests
{
    private static readonly string[] Shipped =
    [
        "Microsoft.Bcl.AsyncInterfaces", "System.Buffers", "System.Memory", "System.Numerics.Vectors",
        "System.Runtime.CompilerServices.Unsafe", "System.Text.Encodings.Web", "System.Text.Json",
        "System.Threading.Tasks.Extensions",
    ];

    [Fact]
    public void On_PowerShell_7_there_is_no_dll_but_its_own() => Assert.Equal(["OpenRouter.Byok"], Dlls("Core"));

    [Fact]
    public void For_Windows_PowerShell_there_is_what_it_lacks_and_nothing_else() =>
        Assert.Equal(Shipped.Append("OpenRouter.Byok").Order(StringComparer.Ordinal), Dlls("Desktop"));

    [Theory]
    [InlineData("Core", ".NETCoreApp,Version=v8.0")]
    [InlineData("Desktop", ".NETStandard,Version=v2.0")]
    public void Each_is_built_for_its_framework(string folder, string framework)
    {
        var assembly = Path.Combine(StagedModule.Folder, folder, "OpenRouter.Byok.dll");
        using var pe = new PEReader(File.OpenRead(assembly));
        var reader = pe.GetMetadataReader();

        Assert.Contains(
            framework,
            from handle in reader.CustomAttributes
            let value = reader.GetBlobBytes(reader.GetCustomAttribute(handle).Value)
            let text = System.Text.Encoding.UTF8.GetString(value)
            where text.Contains(framework, StringComparison.Ordinal)
            select framework);
    }

    [Fact]
    public void The_one_for_PowerShell_7_refers_to_the_runtime_and_the_engine_alone() => Assert.Equal(
        ["System.Management.Automation"],
        References("Core", "OpenRouter.Byok")
            .Select(static name => name.Name!)
            .Where(static name => !IsOfRuntime(name)));

    [Fact]
    public void The_engine_is_asked_for_in_the_version_that_Windows_PowerShell_has()
    {
        foreach (var folder in new[] { "Core", "Desktop" })
        {
            Assert.Equal(
                new Version(3, 0, 0, 0),
                References(folder, "OpenRouter.Byok")
                    .Single(static name => name.Name == "System.Management.Automation").Version);
        }
    }

    [Fact]
    public void For_Windows_PowerShell_whatever_is_referred_to_is_there_and_new_enough()
    {
        var there = Dlls("Desktop").ToDictionary(
            static name => name, static name => AssemblyName.GetAssemblyName(PathOf("Desktop", name)).Version);

        var references =
            from dll in there.Keys
            from reference in References("Desktop", dll)
            select (Dll: dll, Reference: reference, Version: there.GetValueOrDefault(reference.Name!));

        // What Windows PowerShell itself brings.
        Assert.Equal(
            ["System.Management.Automation", "netstandard"],
            references.Where(static one => one.Version is null)
                .Select(static one => one.Reference.Name)
                .Distinct()
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            references, static one => one.Version is not null && one.Version < one.Reference.Version);
    }

    [Fact]
    public void Both_have_the_same_cmdlets()
    {
        var context = new AssemblyLoadContext("Desktop", isCollectible: false);
        var other = context.LoadFromAssemblyPath(PathOf("Desktop", "OpenRouter.Byok"));

        Assert.Equal(Names(typeof(ByokKey).Assembly), Names(other));

        static IEnumerable<string> Names(Assembly assembly) =>
            from type in assembly.GetExportedTypes()
            where type.Namespace == "OpenRouter.Byok.Cmdlets" || type.Name == nameof(ByokKey)
            from member in type.GetProperties()
                .Select(property => $"{type.Name}.{property.Name}: {property.PropertyType.Name}")
            orderby member
            select member;
    }

    /// <summary>
    /// The code for Windows PowerShell on the engine at hand; its own engine runs it where there is one.
    /// </summary>
    [Fact]
    public async Task The_one_for_Windows_PowerShell_passes_the_same_tests()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable(TestProcess.EditionVariable) is null, "This is that process.");
        Type[] classes =
        [
            typeof(ReadingTests), typeof(PagingTests), typeof(CreateTests), typeof(UpdateTests), typeof(PipelineTests),
            typeof(StatusTests), typeof(RetryTests), typeof(StopTests), typeof(ConnectionTests), typeof(CutOffTests),
            typeof(DisconnectTests), typeof(NotFoundAdviceTests), typeof(AddressTests), typeof(DisplayedErrorTests),
        ];
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", typeof(AssemblyTests).Assembly.Location, "-noLogo", "-noColor" })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var type in classes)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(type.FullName!);
        }

        start.Environment[TestProcess.EditionVariable] = "Desktop";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var kill = limit.Token.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Matches("Total: [1-9][0-9]{2},", output);
    }

    private static IEnumerable<string> Dlls(string folder) =>
        Directory.EnumerateFiles(Path.Combine(StagedModule.Folder, folder))
            .Select(static file => Path.GetExtension(file) == ".dll"
                ? Path.GetFileNameWithoutExtension(file)
                : Path.GetFileName(file))
            .Order(StringComparer.Ordinal);

    private static string PathOf(string folder, string name) =>
        Path.Combine(StagedModule.Folder, folder, name + ".dll");

    private static List<AssemblyName> References(string folder, string name)
    {
        using var pe = new PEReader(File.OpenRead(PathOf(folder, name)));
        var reader = pe.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName())];
    }

    private static bool IsOfRuntime(string name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));
}
