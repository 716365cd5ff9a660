namespace OpenRouter.Byok;

/// <summary>
/// A value that may be absent, which is something other than null: the API leaves absent fields alone.
/// </summary>
internal readonly record struct Optional<T>(T Value, bool IsPresent)
{
    public static implicit operator Optional<T>(T value) => new(value, IsPresent: true);
}
