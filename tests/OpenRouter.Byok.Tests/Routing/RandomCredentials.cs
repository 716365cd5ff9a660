using System;
using FsCheck;
using FsCheck.Fluent;

namespace OpenRouter.Byok.Tests.Routing;

/// <summary>
/// Random credentials whose workspaces and allow lists are made of few words, so that they often have some in common.
/// </summary>
internal static class RandomCredentials
{
    public static readonly string[] Words = ["x", "y", "z"];

    public static Gen<string?> WordOrNull => Gen.OneOf(Gen.Elements(Words), Gen.Constant<string>(null!))!;

    private static Gen<bool> Rarely => Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)));

    private static Gen<AllowList?> Lists => Gen.Frequency(
        (3, Gen.Constant<AllowList?>(null)),
        (2, Gen.SubListOf(Words).Select(static words => (AllowList?)new AllowList([.. words]))));

    public static Gen<ByokKey> Of(params string[] providers) =>
        from provider in Gen.Elements(providers)
        from workspace in WordOrNull
        from order in Gen.Choose(0, 3)
        from flags in Gen.ArrayOf(Rarely, 4)
        from models in Lists
        from hashes in Lists
        from users in Lists
        from minutes in Gen.Choose(0, 2)
        select new ByokKey
        {
            Id = Guid.NewGuid().ToString(),
            Provider = provider,
            WorkspaceId = workspace,
            SortOrder = order,
            Disabled = flags[0],
            IsFallback = flags[1],
            IsRequired = flags[2],
            IsByokOnly = flags[3] && !flags[1],
            AllowedModels = models,
            AllowedApiKeyHashes = hashes,
            AllowedUserIds = users,
            CreatedAt = DateTimeOffset.UnixEpoch.AddMinutes(minutes),
        };
}
