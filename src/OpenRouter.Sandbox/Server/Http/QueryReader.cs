using System;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace OpenRouter.Sandbox.Server;

/// <summary>Reads query parameters strictly: an unknown, repeated or malformed one is a 400 that names it.</summary>
internal sealed class QueryReader
{
    private readonly IQueryCollection query;

    public QueryReader(HttpRequest request, params string[] known)
    {
        query = request.Query;
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw ApiException.BadRequest($"Unrecognized query parameter: {name}");
            }

            if (values.Count != 1)
            {
                throw ApiException.BadRequest($"Query parameter given more than once: {name}");
            }
        }
    }

    public string? Text(string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;

    public int Offset() => Integer("offset", 0, int.MaxValue) ?? 0;

    public int? Limit(int most) => Integer("limit", 1, most);

    public Guid? Uuid(string name) => Text(name) is { } text ? ParseUuid(text, name) : null;

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw ApiException.BadRequest($"{name} must be true or false"),
    };

    public static Guid ParseUuid(string text, string name) =>
        Guid.TryParseExact(text, "D", out var id) ? id : throw ApiException.BadRequest($"{name} must be a UUID");

    private int? Integer(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
                ? value
                : throw ApiException.BadRequest($"{name} must be an integer from {least} to {most}");
    }
}
