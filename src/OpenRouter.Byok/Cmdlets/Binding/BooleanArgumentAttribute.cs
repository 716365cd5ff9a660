using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Reads text as true or false.</summary>
internal sealed class BooleanArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) is string text ? Arguments.ToBoolean(text) : inputData;
}
