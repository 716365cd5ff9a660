using System.Linq;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

public sealed class CredentialIdentityTests
{
    [Fact]
    public void Case_matters_in_names_only()
    {
        var identity = new CredentialIdentity("W", "OpenAI", "Name");

        Assert.Equal(new CredentialIdentity("w", "openai", "Name"), identity);
        Assert.Equal(identity.GetHashCode(), new CredentialIdentity("w", "openai", "Name").GetHashCode());
        Assert.Equal(new CredentialIdentity("w", "openai", ""), identity.WithName(null));
        Assert.NotEqual(new CredentialIdentity("w", "openai", "name"), identity);
        Assert.NotEqual(new CredentialIdentity(null, "openai", "Name"), identity);
        Assert.NotEqual(new CredentialIdentity("w", "azure", "Name"), identity);
    }

    /// <summary>Where each customer has a workspace with the same credential, tables would be slow otherwise.</summary>
    [Theory]
    [InlineData("Production")]
    [InlineData(null)]
    public void The_same_name_in_many_workspaces_has_many_hash_codes(string? name)
    {
        var hashCodes = Enumerable.Range(0, 10_000)
            .Select(number => new CredentialIdentity($"w{number}", "openai", name).GetHashCode());

        Assert.True(hashCodes.Distinct().Count() > 9_900);
    }
}
