using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Numerics;
using OpenRouter.Byok.Configuration;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Values of PowerShell that a configuration can hold.</summary>
internal static class ScalarValue
{
    /// <summary>Reads text, a number, a Boolean value or null, as <see cref="ValueNode"/> has them.</summary>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryRead(object? value, out object? read)
    {
        var bare = ReferenceEquals(value, AutomationNull.Value) ? null : Arguments.Unwrap(value);
        read = bare switch
        {
            string or char or Guid or Enum => TextOf(bare),
            bool flag => flag,
            SwitchParameter given => given.ToBool(),
            byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal
                or BigInteger => NumberOf(bare),
            _ => null,
        };
        return read is not null || bare is null or DBNull;
    }

    /// <summary>The number as JSON writes it.</summary>
    public static NumberText NumberOf(object number) => new(((IFormattable)number).ToString(
        number is double or float ? "R" : null, CultureInfo.InvariantCulture));

    public static string TextOf(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
