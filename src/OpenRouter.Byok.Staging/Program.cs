using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using OpenRouter.Byok.Staging;

switch (args)
{
    case ["texts", var repository, var module]:
        StagedTexts.Write(repository, module);
        return 0;
    case ["nuspec", var repository, var module, var nuspecPath]:
        NuspecWriter.Write(repository, module, nuspecPath);
        return 0;
}

if (args is not [var assemblyPath, var helpPath, var pagesFolder])
{
    Console.Error.WriteLine(
        "Usage: OpenRouter.Byok.Staging <path of the module's assembly> <path of the help file to write> "
        + "<folder of the pages to write>");
    return 2;
}

// Written from the documentation comments of the module's public cmdlets; what is missing there breaks the build.
var assembly = Assembly.LoadFrom(Path.GetFullPath(assemblyPath));
var documentationPath = Path.ChangeExtension(assemblyPath, ".xml");
var problems = new List<string>();
var documentation = new XmlDocumentation(documentationPath, assembly, problems);
var reader = new CmdletReader(documentation, problems);
var cmdlets = assembly.GetExportedTypes()
    .Where(static type => !type.IsAbstract && type.IsDefined(typeof(CmdletAttribute), inherit: false))
    .Select(reader.Read)
    .OrderBy(static help => help.Name, StringComparer.Ordinal)
    .ToList();

if (problems.Count > 0)
{
    foreach (var problem in problems.Distinct())
    {
        Console.WriteLine($"{documentationPath} : error {problem}");
    }

    return 1;
}

MamlWriter.Write(helpPath, cmdlets);
new MarkdownWriter(cmdlets).Write(pagesFolder);
return 0;
