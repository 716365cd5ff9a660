using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Threading.Tasks;
using OpenRouter.Byok.Benchmarks.Children;

namespace OpenRouter.Byok.Benchmarks.Suite;

/// <summary>Reads, unmeasured, which credentials a server holds.</summary>
internal static class Listing
{
    public static async Task<IReadOnlyList<string>> IdsAsync(ServerReply server, int most)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        var ids = new List<string>();
        while (ids.Count < most)
        {
            var address = new Uri($"{server.Uri}/byok?offset={ids.Count}&limit=100");
            var page = await client.GetFromJsonAsync(address, PlainJson.Default.PlainPage);
            if (page!.Data.Count == 0)
            {
                break;
            }

            ids.AddRange(page.Data.Select(key => key.Id));
        }

        return ids;
    }
}
