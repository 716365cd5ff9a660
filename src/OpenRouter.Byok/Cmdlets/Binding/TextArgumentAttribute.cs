using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Takes text, and in place of anything else puts a description that is refused later.</summary>
internal sealed class TextArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) is null ? null : Arguments.TextOf(inputData);
}
