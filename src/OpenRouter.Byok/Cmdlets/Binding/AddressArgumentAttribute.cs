using System;
using System.Management.Automation;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Reads an address, so that PowerShell's own error does not repeat what is none.</summary>
/// <remarks>
/// A key may be typed here by mistake. As in <see cref="SecretArgumentAttribute"/>, a mark stands in for what is no
/// address, and <see cref="BaseAddress"/> refuses that.
/// </remarks>
internal sealed class AddressArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null => null,
            Uri { IsAbsoluteUri: true } address => address,
            string text => BaseAddress.Read(text),
            _ => BaseAddress.None,
        };
}
