using System;
using System.Globalization;

namespace OpenRouter.Sandbox.Shell;

/// <summary>The few terminal escape sequences in use.</summary>
internal static class Ansi
{
    public const string Reset = "\e[0m";
    public const string Dim = "\e[2m";
    public const string Bold = "\e[1m";
    public const string Red = "\e[91m";
    public const string Yellow = "\e[93m";
    public const string Green = "\e[92m";
    public const string Cyan = "\e[96m";
    public const string ClearScreen = "\e[H\e[2J\e[3J";
    public const string ClearLine = "\r\e[K";
    public const string ClearBelow = "\e[J";

    public static string Up(int rows) => Move(rows, 'A');

    public static string Right(int columns) => Move(columns, 'C');

    public static string Color(ConsoleColor color) => $"\e[{Code(color).ToString(CultureInfo.InvariantCulture)}m";

    private static string Move(int count, char direction) =>
        count > 0 ? $"\e[{count.ToString(CultureInfo.InvariantCulture)}{direction}" : string.Empty;

    private static int Code(ConsoleColor color)
    {
        // ConsoleColor counts blue, green, red as bits 0, 1, 2; ANSI counts red, green, blue.
        var value = (int)color;
        var rgb = ((value & 1) << 2) | (value & 2) | ((value & 4) >> 2);
        return (value & 8) != 0 ? 90 + rgb : 30 + rgb;
    }
}
