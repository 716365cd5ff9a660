using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using OpenRouter.Byok.Module;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>
/// What can be said here of the assemblies for Windows PowerShell: whether they will find what they ask for.
/// </summary>
public sealed class WindowsPowerShellTests
{
    private static readonly string Desktop = Path.Combine(StagedModule.Folder, "Desktop");

    private static readonly string[] Dlls = Directory.GetFiles(Desktop, "*.dll");

    [Fact]
    public void Whatever_they_refer_to_is_there_on_the_NET_Framework_4_7_2()
    {
        using var framework = new AssemblyReferenceChecker(Desktop, NetFramework472, Facades, PowerShellStandard);

        Assert.Equal(9, Dlls.Length);
        Assert.Empty(Dlls.SelectMany(framework.Missing));
    }

    [Fact]
    public void The_assembly_for_PowerShell_7_would_be_found_wanting_there()
    {
        using var framework = new AssemblyReferenceChecker(Desktop, NetFramework472, Facades, PowerShellStandard);

        var missing = framework.Missing(Path.Combine(StagedModule.Folder, "Core", "OpenRouter.Byok.dll"));

        Assert.Contains("System.Net.Http.SocketsHttpHandler", missing);
        Assert.Contains(
            missing,
            static member => member.StartsWith(
                "System.Net.Http.HttpContent.ReadAsStreamAsync`0(System.Threading.CancellationToken)",
                StringComparison.Ordinal));
    }

    [Fact]
    public void With_exact_versions_two_libraries_need_the_resolver_and_it_finds_them()
    {
        var strict = new StrictContext();
        var refused = new HashSet<string>();
        foreach (var assembly in Dlls.Select(strict.LoadFromAssemblyPath))
        {
            foreach (var reference in assembly.GetReferencedAssemblies().Where(StrictContext.IsShipped))
            {
                if (!strict.IsRefused(reference))
                {
                    continue;
                }

                refused.Add(reference.Name!);
                Assert.NotNull(new ShippedAssemblies(Desktop).Find(reference, assembly));
            }
        }

        Assert.Equal(["System.Buffers", "System.Runtime.CompilerServices.Unsafe"], refused.Order());
    }

    [Theory]
    [InlineData("System.Text.Json, Version=8.0.0.5")]
    [InlineData("System.Text.Json, Version=9.0.0.0")]
    [InlineData("System.Memory, Version=4.0.1.0")]
    public void The_strict_context_refuses_whatever_is_not_the_same_version(string name)
    {
        var reference = new AssemblyName(name);
        Assert.NotEqual(FileOf(reference.Name!).Version, reference.Version);

        Assert.True(new StrictContext().IsRefused(reference));
        Assert.False(new StrictContext().IsRefused(FileOf(reference.Name!)));
    }

    [Fact]
    public void Only_assemblies_of_the_module_are_answered_and_never_with_an_older_version()
    {
        var own = new StrictContext().LoadFromAssemblyPath(Path.Combine(Desktop, "System.Memory.dll"));
        var dynamic = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("made"), AssemblyBuilderAccess.Run);
        var there = FileOf("System.Buffers");
        var older = new AssemblyName("System.Buffers, Version=4.0.0.0");
        var newer = new AssemblyName("System.Buffers, Version=99.0.0.0");
        var shipped = new ShippedAssemblies(Desktop);

        Assert.Equal(Path.Combine(Desktop, "System.Buffers.dll"), shipped.Find(older, own));
        Assert.NotNull(shipped.Find(there, own));
        Assert.Null(shipped.Find(newer, own));
        Assert.Null(shipped.Find(older, askedBy: null));
        Assert.Null(shipped.Find(older, dynamic));
        Assert.Null(shipped.Find(older, typeof(WindowsPowerShellTests).Assembly));
        Assert.Null(shipped.Find(older, typeof(PSObject).Assembly));
        Assert.Null(shipped.Find(new AssemblyName("OpenRouter.Byok, Version=0.0.0.0"), own));
        Assert.Null(shipped.Find(new AssemblyName("System.Net.Http, Version=4.0.0.0"), own));
    }

    [Fact]
    public void The_resolver_that_is_hooked_in_keeps_to_that()
    {
        var own = new StrictContext().LoadFromAssemblyPath(Path.Combine(Desktop, "OpenRouter.Byok.dll"));
        var resolve = own.GetType("OpenRouter.Byok.Module.WindowsPowerShell", throwOnError: true)!
            .GetMethod("Resolve", BindingFlags.NonPublic | BindingFlags.Static)!
            .CreateDelegate<ResolveEventHandler>();

        Assert.Equal(
            "System.Buffers",
            resolve(null, new ResolveEventArgs("System.Buffers, Version=4.0.0.0", own))?.GetName().Name);
        Assert.Null(resolve(null, new ResolveEventArgs("System.Buffers, Version=99.0.0.0", own)));
        Assert.Null(resolve(
            null, new ResolveEventArgs("System.Buffers, Version=4.0.0.0", typeof(WindowsPowerShellTests).Assembly)));
    }

    [Fact]
    public void The_settings_of_the_process_are_left_alone()
    {
        using var framework = new AssemblyReferenceChecker(Desktop);

        var types = framework.TypesOf(Path.Combine(Desktop, "OpenRouter.Byok.dll"));

        Assert.Contains("System.Net.Http.HttpClientHandler", types);
        Assert.DoesNotContain("System.Net.ServicePointManager", types);
        Assert.DoesNotContain("System.AppContext", types);
    }

    [Fact]
    public void The_handler_says_itself_what_it_needs()
    {
        using var framework = new AssemblyReferenceChecker(Desktop);

        var members = framework.MembersOf(Path.Combine(Desktop, "OpenRouter.Byok.dll"));

        foreach (var property in new[] { "ServerCertificateCustomValidationCallback", "SslProtocols", "UseProxy" })
        {
            Assert.Contains(
                members,
                member => member.StartsWith(
                    $"System.Net.Http.HttpClientHandler.set_{property}`0(", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(378389)]
    [InlineData(460798)]
    [InlineData(461310)]
    [InlineData(461807)]
    public void An_older_NET_Framework_is_refused_with_what_to_install(int release)
    {
        var refusal = Assert.Throws<PSNotSupportedException>(() => NetFramework.Require472(release));

        Assert.StartsWith(
            "OpenRouter.Byok requires .NET Framework 4.7.2 or later", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Install .NET Framework 4.8 from https://", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(461808)]
    [InlineData(461814)]
    [InlineData(528040)]
    [InlineData(533320)]
    [InlineData(null)]
    public void One_that_is_new_enough_is_not(int? release) => NetFramework.Require472(release);

    [Fact]
    public void The_release_is_read_by_a_method_that_the_NET_Framework_has()
    {
        using var framework = new AssemblyReferenceChecker(NetFramework472);

        Assert.Contains(
            "GetValue`0(String, String, Object) Object", framework.MethodsOf("mscorlib", "Microsoft.Win32.Registry"));
        Assert.Equal(461814, NetFramework.InstalledRelease(typeof(WindowsPowerShellTests).Assembly));
        Assert.Null(NetFramework.InstalledRelease(typeof(object).Assembly));
    }

    private static string NetFramework472 => Metadata("NetFramework");

    private static string Facades => Path.Combine(NetFramework472, "Facades");

    private static string PowerShellStandard => Metadata("PowerShellStandard");

    private static string Metadata(string key) => Path.GetFullPath(
        typeof(WindowsPowerShellTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key).Value!);

    private static AssemblyName FileOf(string name) =>
        AssemblyName.GetAssemblyName(Path.Combine(Desktop, name + ".dll"));

    /// <summary>Binds as the .NET Framework does: a shipped assembly by its exact version or not at all.</summary>
    private sealed class StrictContext() : AssemblyLoadContext("Strict")
    {
        public static bool IsShipped(AssemblyName name) => File.Exists(Path.Combine(Desktop, name.Name + ".dll"));

        public bool IsRefused(AssemblyName name)
        {
            try
            {
                LoadFromAssemblyName(name);
                return false;
            }
            catch (FileLoadException)
            {
                return true;
            }
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (!IsShipped(assemblyName))
            {
                return null;
            }

            return FileOf(assemblyName.Name!).Version == assemblyName.Version
                ? LoadFromAssemblyPath(Path.Combine(Desktop, assemblyName.Name + ".dll"))
                : throw new FileLoadException("Another version was asked for.", assemblyName.FullName);
        }
    }
}
