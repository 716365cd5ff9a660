using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Reads text as true or false for a switch, which PowerShell takes for switched on when it is null.</summary>
internal sealed class SwitchArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null => throw new ArgumentTransformationMetadataException(Messages.SwitchEmpty),
            string text => Arguments.ToBoolean(text),
            _ => inputData,
        };
}
