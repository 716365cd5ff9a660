using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>Rules on the upkeep of credentials: regions, duplicates, age and names.</summary>
internal static class MaintenanceRules
{
    private const int VisibleSuffixLength = 4;

    // OpenAI and Fireworks derive the region from the key; of the others only Azure lets it be declared.
    private static readonly string[] ProvidersWithRegions = ["azure", "openai", "fireworks"];

    private static readonly Dictionary<string, HashSet<string>> CountriesByRegion = new(EligibilityRules.Regions)
    {
        ["us"] = ["US"],
        ["europe"] =
        [
            "AD", "AL", "AT", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "EU", "FI", "FO", "FR",
            "GB", "GG", "GI", "GR", "HR", "HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MC", "MD", "ME",
            "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "UA", "UK", "VA", "XK",
        ],
    };

    public static IEnumerable<RuleViolation> RegionNotOffered(AuditedAccount account)
    {
        foreach (var key in account.Keys)
        {
            if (key.DeclaredRegion is not { } region)
            {
                continue;
            }

            if (!CountriesByRegion.TryGetValue(region, out var countries))
            {
                continue;
            }

            var datacenters = account.Data.Providers
                ?.FirstOrDefault(provider => EligibilityRules.IsOf(key, provider.Slug))
                ?.Datacenters;
            var message = !ProvidersWithRegions.Contains(key.Provider, EligibilityRules.Providers)
                ? Messages.Format(Messages.FoundRegionRefused, region, key.Provider)
                : datacenters is { Count: > 0 } && !datacenters.Any(countries.Contains)
                    ? Messages.Format(Messages.FoundRegionWithoutCenter, region, key.Provider)
                : null;
            if (message is null)
            {
                continue;
            }

            yield return new RuleViolation(key, message, Remedy.Set(key, "-Clear DeclaredRegion"));
        }
    }

    public static IEnumerable<RuleViolation> Duplicate(AuditedAccount account)
    {
        foreach (var sameLabel in account.Keys.Where(key => IsDistinctive(key.Label)).GroupBy(key => key.Label))
        {
            // An enabled one is kept rather than a disabled one, and of those the one that is tried first.
            var kept = new List<ByokKey>();
            foreach (var key in sameLabel.OrderBy(key => key.Disabled).ThenBy(key => key))
            {
                var other = kept.Find(other =>
                    EligibilityRules.IsOf(key, other.Provider) && EligibilityRules.ShareWorkspace(key, other));
                if (other is null)
                {
                    kept.Add(key);
                }
                else
                {
                    yield return new RuleViolation(
                        key,
                        Messages.Format(Messages.FoundDuplicate, Remedy.NameOf(other)),
                        Remedy.Remove(key));
                }
            }
        }
    }

    public static IEnumerable<RuleViolation> RotationDue(AuditedAccount account) =>
        from key in account.Enabled
        let days = account.DaysTooOld(key)
        where days is not null
        select new RuleViolation(key, Messages.Format(Messages.FoundRotationDue, days), Remedy.Rotate(key));

    public static IEnumerable<RuleViolation> DisabledOld(AuditedAccount account) =>
        from key in account.Keys
        let days = account.DaysTooOld(key)
        where key.Disabled && days is not null
        select new RuleViolation(key, Messages.Format(Messages.FoundDisabledOld, days), Remedy.Remove(key));

    public static IEnumerable<RuleViolation> NameMissing(AuditedAccount account) =>
        from key in account.Keys
        where string.IsNullOrWhiteSpace(key.Name)
        let name = Remedy.Quote($"{key.Provider} {key.Label}")
        select new RuleViolation(key, Messages.FoundNoName, Remedy.Set(key, $"-NewName {name}"));

    // The ends of two keys that are JSON are alike because JSON ends alike.
    private static bool IsDistinctive(string label) =>
        label.Length > VisibleSuffixLength + "...".Length
        && !label.Substring(label.Length - VisibleSuffixLength)
            .Any(character => character is '"' or '}' or ']' or '.' or '*');
}
