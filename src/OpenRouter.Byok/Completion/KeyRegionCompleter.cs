using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the regions that a key can belong to at its provider; each provider may add others.</summary>
internal sealed class KeyRegionCompleter : Completer
{
    private static readonly string[] AmazonRegions =
    [
        "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1",
        "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2",
        "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1",
        "us-gov-west-1", "us-west-1", "us-west-2",
    ];

    private static readonly string[] GoogleRegions =
    [
        "asia-east1", "asia-northeast1", "asia-northeast3", "asia-south1", "asia-southeast1", "australia-southeast1",
        "europe-central2", "europe-north1", "europe-southwest1", "europe-west1", "europe-west2", "europe-west3",
        "europe-west4", "europe-west8", "europe-west9", "global", "me-central1", "northamerica-northeast1",
        "southamerica-east1", "us-central1", "us-east1", "us-east4", "us-east5", "us-south1", "us-west1", "us-west4",
    ];

    private static readonly string[] AccountRegions = ["eu", "us"];

    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup)
    {
        var isAmazon = lookup.HasParameter("AccessKeyId") || lookup.HasParameter("SecretAccessKey");
        var isGoogle = lookup.HasParameter("ServiceAccountPath") || lookup.HasParameter("Bucket");
        var isAccount = lookup.HasParameter("ApiKey");
        var isAny = !isAmazon && !isGoogle && !isAccount;
        return Of("amazon-bedrock", AmazonRegions, isAmazon || isAny)
            .Concat(Of("google-vertex", GoogleRegions, isGoogle || isAny))
            .Concat(Of("openai, fireworks", AccountRegions, isAccount || isAny));
    }

    private static IEnumerable<CompletionCandidate> Of(string provider, string[] regions, bool isOffered) =>
        from region in regions
        where isOffered
        select new CompletionCandidate(region, Messages.Format(Messages.TipRegionOfKey, provider));
}
