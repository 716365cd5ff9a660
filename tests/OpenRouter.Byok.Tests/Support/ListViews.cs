using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using OpenRouter.Sandbox;

namespace OpenRouter.Byok.Tests;

/// <summary>The module's list views.</summary>
/// <remarks>
/// The engine comes without Format-List; what it shows by default is the first view there is for a type. So the list
/// views are put where the table views stand, in a runspace that has no others.
/// </remarks>
internal static class ListViews
{
    /// <summary>Objects as Format-List shows them.</summary>
    public static string Show(object objects, int width = 120)
    {
        var view = XDocument.Load(Path.Combine(StagedModule.Folder, "OpenRouter.Byok.Format.ps1xml"));
        view.Descendants("View").Where(static view => view.Element("TableControl") is not null).Remove();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.format.ps1xml");
        view.Save(file);
        try
        {
            using var other = ModuleRunspace.WithViews(file, width);
            return other.Show("$objects", new { objects });
        }
        finally
        {
            File.Delete(file);
        }
    }
}
