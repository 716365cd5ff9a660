using System;
using System.Security;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Reads a secret key by key, showing stars. The text is never a string.</summary>
internal static class SecretReader
{
    /// <returns>The secret; null on Ctrl+C.</returns>
    public static SecureString? Read(IConsole console, string prompt)
    {
        console.Write(prompt);
        var secret = new SecureString();
        while (true)
        {
            var key = console.ReadKey();
            var control = (key.Modifiers & ConsoleModifiers.Control) != 0;
            switch (key.Key)
            {
                case ConsoleKey.C when control:
                    console.Write("^C" + Environment.NewLine);
                    secret.Dispose();
                    return null;
                case ConsoleKey.Enter:
                    console.Write(Environment.NewLine);
                    secret.MakeReadOnly();
                    return secret;
                case ConsoleKey.U when control:
                case ConsoleKey.Escape:
                    while (secret.Length > 0)
                    {
                        RemoveLast();
                    }

                    break;
                case ConsoleKey.Backspace when secret.Length > 0:
                    RemoveLast();
                    break;
                case var _ when !char.IsControl(key.KeyChar):
                    secret.AppendChar(key.KeyChar);
                    console.Write("*");
                    break;
            }
        }

        void RemoveLast()
        {
            secret.RemoveAt(secret.Length - 1);
            console.Write("\b \b");
        }
    }
}
