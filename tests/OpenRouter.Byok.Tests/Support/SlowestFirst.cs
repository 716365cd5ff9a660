using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(SlowestFirst))]

namespace OpenRouter.Byok.Tests;

/// <summary>Starts the classes that take longest first, so that none of them runs alone at the end.</summary>
public sealed class SlowestFirst : ITestCollectionOrderer
{
    private static readonly string[] Slowest =
    [
        "Secrets.SecretLeakTests", "Listing.OwnChangesTests", "Shell.ModesTests", "Conventions.AssemblyTests",
        "Listing.MovingListPropertyTests", "Testing.TestNetworkTests", "Secrets.PipedRowTests",
        "Examples.RotateFromSecretManagementTests", "Examples.DisableOnFailureTests", "Completion.QuotingTests",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    private static int Place(string name) =>
        Array.FindIndex(Slowest, part => name.Contains(part, StringComparison.Ordinal)) is var place and >= 0
            ? place
            : Slowest.Length;
}
