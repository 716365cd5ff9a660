using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Session;

/// <summary>The session of each runspace: the one that Connect made, or else one from the environment.</summary>
internal static class SessionTable
{
    private static readonly ConditionalWeakTable<Runspace, Slot> Slots = new();

    /// <summary>The session that this runspace connected, if any.</summary>
    public static OpenRouterSession? Connected =>
        Slots.TryGetValue(Runspace.DefaultRunspace, out var slot) ? slot.Connected : null;

    /// <summary>The session that this runspace used last without being told another, if any.</summary>
    public static OpenRouterSession? InUse =>
        Slots.TryGetValue(Runspace.DefaultRunspace, out var slot) ? slot.Connected ?? slot.Implicit : null;

    /// <summary>The session of this runspace.</summary>
    /// <exception cref="OpenRouterException">There is none, and the environment holds no key.</exception>
    public static OpenRouterSession Current => Connected ?? FromEnvironment();

    public static void Connect(OpenRouterSession session)
    {
        var slot = Slots.GetOrCreateValue(Runspace.DefaultRunspace);
        slot.Connected = session;
    }

    /// <summary>Forgets and wipes what this runspace holds.</summary>
    public static void Clear()
    {
        if (!Slots.TryGetValue(Runspace.DefaultRunspace, out var slot))
        {
            return;
        }

        Slots.Remove(Runspace.DefaultRunspace);
        slot.Connected?.Dispose();
        slot.Implicit?.Dispose();
    }

    private static OpenRouterSession FromEnvironment()
    {
        using var key = SessionEnvironment.Key();
        if (key is null)
        {
            throw new OpenRouterException(ErrorReason.NoKey, Messages.NoKey);
        }

        var settings = new SessionSettings(SessionEnvironment.BaseUri()) { KeySource = key.Source };
        var slot = Slots.GetOrCreateValue(Runspace.DefaultRunspace);
        if (slot.Implicit is { } session && session.IsFor(settings.BaseUri, key.Text))
        {
            return session;
        }

        slot.Implicit?.Dispose();
        return slot.Implicit = new OpenRouterSession(settings, key.Text);
    }

    private sealed class Slot
    {
        public OpenRouterSession? Connected { get; set; }

        public OpenRouterSession? Implicit { get; set; }
    }
}
