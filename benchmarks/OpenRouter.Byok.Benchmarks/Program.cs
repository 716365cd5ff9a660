using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Byok.Benchmarks.Children;
using OpenRouter.Byok.Benchmarks.Report;
using OpenRouter.Byok.Benchmarks.Suite;

namespace OpenRouter.Byok.Benchmarks;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["child", .. var child])
        {
            return await RunChildAsync(child);
        }

        Options options;
        try
        {
            options = Options.Parse(args);
        }
        catch (FormatException mistake)
        {
            await Console.Error.WriteLineAsync(mistake.Message);
            await Console.Error.WriteLineAsync();
            await Console.Error.WriteLineAsync(Options.Usage);
            return 2;
        }

        if (options.IsHelp)
        {
            Console.WriteLine(Options.Usage);
            return 0;
        }

#if DEBUG
        await Console.Error.WriteLineAsync("A debug build measures nothing worth knowing: add -c Release.");
        return 2;
#else
        try
        {
            await RunAsync(options);
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
#endif
    }

    private static async Task<int> RunChildAsync(string[] child)
    {
        if (child is ["server"])
        {
            await ServerChild.RunAsync();
            return 0;
        }

        using ContenderChild contender = child is ["module", var manifest]
            ? new ModuleChild(manifest)
            : new HttpChild();
        contender.Run();
        return 0;
    }

    private static async Task RunAsync(Options options)
    {
        var works = Works.All.Where(work => options.Wants(work.Name)).ToList();
        var lines = await MeasureAsync(works, options.Rounds);
        Console.WriteLine();
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }

        Console.WriteLine();
        if (!options.IsQuick && options.Only.Count == 0)
        {
            PerformancePage.Write(lines);
        }
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(IReadOnlyList<Work> works, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("openrouter-benchmarks-").FullName;
        try
        {
            var contenders = Contenders.Find(folder);
            using var server = new ChildProcess("The server", Contenders.Own("server"));
            using var runner = new Runner(contenders, server, folder);
            var results = await runner.RunAsync(works, rounds);
            return [.. SuiteReport.Lines(works, results, contenders, rounds)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
