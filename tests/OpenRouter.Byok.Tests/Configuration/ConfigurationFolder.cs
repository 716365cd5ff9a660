using System;
using System.IO;
using System.Text;
using OpenRouter.Byok.Configuration;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>A folder with files to read, removed in the end.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("openrouter-byok-").FullName;

    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>A file of this content as it is read.</summary>
    public static ConfigurationFile FileOf(byte[] content, string name, ConfigurationErrors errors)
    {
        using var folder = new ConfigurationFolder();
        return ConfigurationFile.Read(folder.Write(name, content), name, errors)!;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
