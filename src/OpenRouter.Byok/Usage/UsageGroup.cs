using System.Collections.Generic;
using OpenRouter.Byok.Api.Json;

namespace OpenRouter.Byok.Usage;

/// <summary>The activity of one line of a report.</summary>
/// <param name="Name">What the line is about: a day, or a name.</param>
/// <param name="Id">What identifies it where the name does not.</param>
/// <param name="Rows">The activity.</param>
internal sealed record UsageGroup(object? Name, string? Id, IReadOnlyList<ActivityItem> Rows);
