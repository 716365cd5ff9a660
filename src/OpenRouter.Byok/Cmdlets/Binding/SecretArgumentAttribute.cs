using System.Linq;
using System.Management.Automation;
using System.Security;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Takes away whatever is not a SecureString where one belongs, before PowerShell repeats it in its own error.
/// </summary>
/// <remarks>
/// Refusing it here would not do: PowerShell's error would carry the whole input object, key and all, as its target. So
/// a mark stands in for the text, and <see cref="Validate.Key"/> refuses that.
/// </remarks>
internal sealed class SecretArgumentAttribute : ArgumentTransformationAttribute
{
    public static readonly SecretArgumentAttribute Instance = new();

    public static readonly SecureString PlainText = new();

    /// <summary>Whether the parameter takes several secrets.</summary>
    public bool AllowsSeveral { get; init; }

    public override object? Transform(EngineIntrinsics? engineIntrinsics, object? inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null => null,
            object?[] several when AllowsSeveral => several.Select(one => Transform(engineIntrinsics, one)).ToArray(),
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            _ => PlainText,
        };
}
