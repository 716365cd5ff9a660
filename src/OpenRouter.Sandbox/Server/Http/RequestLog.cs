using System.Collections.Generic;
using System.Threading;

namespace OpenRouter.Sandbox.Server;

/// <summary>A request as it came over the wire: the target undecoded, the Authorization header kept.</summary>
internal sealed record RecordedRequest(
    string Method, string PathAndQuery, string Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>The latest requests; bounded, so that a sandbox left running does not grow.</summary>
internal sealed class RequestLog
{
    public const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<RecordedRequest> requests = new();

    public void Add(RecordedRequest request)
    {
        lock (gate)
        {
            if (requests.Count == Capacity)
            {
                requests.Dequeue();
            }

            requests.Enqueue(request);
        }
    }

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (gate)
        {
            return requests.ToArray();
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            requests.Clear();
        }
    }
}
