using Xunit;

namespace OpenRouter.Byok.Tests;

/// <summary>
/// For tests beside which nothing else may run: those that change what belongs to the whole process, and those in which
/// people are promised an answer within a time.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NonParallel
{
    public const string Name = "Not in parallel";
}
