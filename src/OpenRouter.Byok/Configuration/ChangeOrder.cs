using System;
using System.Collections.Generic;

namespace OpenRouter.Byok.Configuration;

/// <summary>The order in which changes are shown: by workspace, provider, action, and name.</summary>
internal sealed class ChangeOrder : IComparer<ByokConfigurationChange>
{
    public static readonly ChangeOrder Instance = new();

    public static void Sort(List<ByokConfigurationChange> changes)
    {
        // Those of an exported file are in this order already.
        if (!IsSorted(changes))
        {
            changes.Sort(Instance);
        }
    }

    public int Compare(ByokConfigurationChange? x, ByokConfigurationChange? y)
    {
        var result = string.Compare(
            x?.Workspace ?? x?.WorkspaceId, y?.Workspace ?? y?.WorkspaceId, StringComparison.Ordinal);
        if (result != 0)
        {
            return result;
        }

        result = string.Compare(x?.Provider, y?.Provider, StringComparison.Ordinal);
        if (result != 0)
        {
            return result;
        }

        result = PlaceOf(x).CompareTo(PlaceOf(y));
        if (result != 0)
        {
            return result;
        }

        result = string.Compare(x?.Name, y?.Name, StringComparison.Ordinal);
        if (result != 0)
        {
            return result;
        }

        result = string.Compare(x?.KeyId, y?.KeyId, StringComparison.Ordinal);
        // Two workspaces may have the same name.
        return result != 0 ? result : string.Compare(x?.WorkspaceId, y?.WorkspaceId, StringComparison.Ordinal);
    }

    private static bool IsSorted(List<ByokConfigurationChange> changes)
    {
        for (var index = 1; index < changes.Count; index++)
        {
            if (Instance.Compare(changes[index - 1], changes[index]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int PlaceOf(ByokConfigurationChange? change) => change?.Action switch
    {
        ByokConfigurationAction.Create => change.CreateOrder,
        ByokConfigurationAction.Blocked => 10_000_001,
        ByokConfigurationAction.Update => 10_000_002,
        ByokConfigurationAction.None => 10_000_003,
        _ => 10_000_004,
    };
}
