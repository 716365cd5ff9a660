using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.PowerShell;

namespace OpenRouter.Byok.Benchmarks.Children;

/// <summary>A module in the real engine. For the empty module only the import is asked for.</summary>
internal sealed partial class ModuleChild : ContenderChild
{
    private readonly string manifest;
    private readonly Runspace runspace;
    private bool isImported;
    private string? connected;
    private int throttle;

    public ModuleChild(string manifest)
    {
        this.manifest = manifest;
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        runspace = RunspaceFactory.CreateRunspace(state);
        // As pwsh does; the engine would otherwise make a thread for each pipeline.
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        // An idle engine has run something.
        Invoke("1..3 | ForEach-Object { $_ } | Out-Null");
    }

    protected override void Dispose(bool isDisposing) => runspace.Dispose();

    protected override double? Import(Request request)
    {
        if (isImported)
        {
            return null;
        }

        isImported = true;
        if (request.Primer is not null)
        {
            Invoke("param($Path) Import-Module $Path", request.Primer);
        }

        return Time(() => Invoke("param($Path) Import-Module $Path", manifest));
    }

    protected override void Connect(Request request)
    {
        throttle = request.Throttle;
        if (connected == request.Uri)
        {
            return;
        }

        connected = request.Uri;
        Invoke(
            "param($Uri, $Key) Connect-OpenRouter $Key -BaseUri $Uri -SkipCheck -WarningAction Ignore",
            request.Uri, new NetworkCredential("", request.Key).SecurePassword);
    }

    protected override int List() => Count(
        "param($Throttle) $keys = Get-OpenRouterByokKey -ThrottleLimit $Throttle; @($keys).Count", throttle);

    protected override int Discard() => Count(
        "param($Throttle) $n = 0; Get-OpenRouterByokKey -ThrottleLimit $Throttle | ForEach-Object { $n++ }; $n",
        throttle);

    protected override int Update(Request request) => Count(
        """
        param($Throttle, $Ids)
        @($Ids | Set-OpenRouterByokKey -NewName Renamed -PassThru -ThrottleLimit $Throttle).Count
        """,
        throttle, request.Ids.ToArray());

    protected override int Create(Request request)
    {
        var rows = Enumerable.Range(0, request.Count).Select(Row).ToArray();
        return Count(
            "param($Throttle, $Rows) @($Rows | New-OpenRouterByokKey -ThrottleLimit $Throttle).Count", throttle, rows);
    }

    protected override int Export(Request request, bool isChanged)
    {
        Invoke("param($File) Export-OpenRouterByokConfiguration $File -Force", request.File!);
        if (isChanged)
        {
            File.WriteAllText(request.File!, Required().Replace(
                File.ReadAllText(request.File!),
                match => match.Groups[1].Value + (match.Groups[2].Value == "true" ? "false" : "true")));
        }

        // A file that was written just now is read twice.
        Thread.Sleep(200);
        return 0;
    }

    protected override int Compare(Request request) => Count(
        """
        param($File, $Throttle)
        @(Compare-OpenRouterByokConfiguration $File -IncludeEqual -ThrottleLimit $Throttle 6> $null).Count
        """,
        request.File!, throttle);

    protected override int Apply(Request request) => Count(
        """
        param($File, $Throttle)
        @(Sync-OpenRouterByokConfiguration $File -ThrottleLimit $Throttle 6> $null).Count
        """,
        request.File!, throttle);

    private static PSObject Row(int number)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Provider", CreatedKeys.Provider(number)));
        row.Properties.Add(new PSNoteProperty(
            "Key", new NetworkCredential("", CreatedKeys.Secret(number)).SecurePassword));
        row.Properties.Add(new PSNoteProperty("Name", CreatedKeys.Name(number)));
        return row;
    }

    [GeneratedRegex("(\"isRequired\": )(true|false)")]
    private static partial Regex Required();

    private int Count(string script, params object[] arguments) => (int)Invoke(script, arguments).Single().BaseObject;

    private Collection<PSObject> Invoke(string script, params object[] arguments)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script);
        foreach (var argument in arguments)
        {
            shell.AddArgument(argument);
        }

        var output = shell.Invoke();
        return shell.HadErrors ? throw new InvalidOperationException(shell.Streams.Error[0].ToString()) : output;
    }
}
