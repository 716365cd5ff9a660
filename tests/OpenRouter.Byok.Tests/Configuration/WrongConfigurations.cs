using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>
/// Configurations in JSON with one error each, which the schema and the reader must refuse. The reader has no
/// -SecretResolver here.
/// </summary>
/// <remarks>
/// An error is where the wrong value starts. For an unknown property, and for the second of two with the same name, it
/// is where the name of the property starts, and for a missing property where the object starts. Of two values that
/// exclude each other it is previousName rather than id, isByokOnly rather than isFallback, and the later of two equal
/// ones.
/// </remarks>
internal static class WrongConfigurations
{
    public static IReadOnlyList<WrongConfiguration> All { get; } =
        [.. WrongFiles.All, .. WrongEntries.All, .. WrongSettings.All, .. WrongKeys.All, .. WrongKeyForms.All];

    /// <summary>What is wrong in each of them, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(static wrong => wrong.Name)];

    public static WrongConfiguration Named(string name) => All.Single(wrong => wrong.Name == name);
}
