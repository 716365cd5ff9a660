using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OpenRouter.Byok.Errors;

internal static class MessageFormat
{
    extension(Messages)
    {
        /// <summary>
        /// The message with its arguments. No argument can break the line or send the terminal an escape sequence.
        /// </summary>
        public static string Format(string format, params object?[] arguments) =>
            string.Format(CultureInfo.CurrentCulture, format, Array.ConvertAll(arguments, Displayed));

        /// <summary>The first items, and how many more there are.</summary>
        public static string List(IReadOnlyCollection<string> items, int maximum)
        {
            var shown = string.Join(", ", items.Take(maximum));
            return items.Count <= maximum
                ? shown
                : Messages.Format(Messages.ChoicesAndMore, shown, items.Count - maximum);
        }
    }

    // Numbers and times keep their type, since the message may say how they are written.
    private static object? Displayed(object? argument) => argument switch
    {
        null or (ValueType and IFormattable) => argument,
        _ => DisplayText.Escape(argument.ToString()),
    };
}
