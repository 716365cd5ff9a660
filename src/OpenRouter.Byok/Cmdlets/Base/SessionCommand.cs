using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.KeyFormats;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>A cmdlet that talks to OpenRouter.</summary>
public abstract class SessionCommand : OpenRouterCommand
{
    private static readonly TimeSpan ProvidersMaxAge = TimeSpan.FromMinutes(5);

    private readonly HashSet<string> checkedProviders = [];
    private readonly HashSet<string> keyWarnings = [];
    private NameResolver? names;

    private protected SessionCommand()
    {
    }

    /// <summary>
    /// The session to use, as returned by Connect-OpenRouter -PassThru. By default, the cmdlet uses the session of this
    /// runspace or, if there is none, the environment variables OPENROUTER_MANAGEMENT_KEY or OPENROUTER_API_KEY, and
    /// OPENROUTER_BASE_URL.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public OpenRouterSession? Session { get; set; }

    /// <summary>The session in use, once <see cref="UseSession"/> has found it.</summary>
    private protected OpenRouterSession? SessionInUse { get; private set; }

    /// <summary>The session in use; operations may read it on any thread.</summary>
    private protected OpenRouterSession CurrentSession =>
        SessionInUse ?? throw new InvalidOperationException("The session is not known before the first input.");

    private protected OpenRouterClient Client => CurrentSession.Client;

    /// <summary>When the first input came; what was read since need not be read again.</summary>
    private protected DateTimeOffset Began { get; private set; }

    /// <summary>Finds ids by names.</summary>
    private protected NameResolver Names => names ??= new NameResolver(CurrentSession.Account, Began);

    /// <summary>Whether nothing can be done without a session.</summary>
    private protected virtual bool NeedsSession => true;

    private protected sealed override void Process()
    {
        if (NeedsSession)
        {
            UseSession();
        }

        ProcessInput();
    }

    /// <summary>Finds the session. Which runspace this is, only the pipeline thread knows.</summary>
    private protected void UseSession()
    {
        if (SessionInUse is not null)
        {
            return;
        }

        var session = Session ?? SessionTable.Current;
        session.WarnOfAddress(this);
        SessionInUse = session;
        Began = session.UtcNow;
    }

    /// <summary>Finds the session if there is one, for a cmdlet that can do something without.</summary>
    private protected void UseSessionIfAny()
    {
        try
        {
            UseSession();
        }
        catch (OpenRouterException failure) when (failure.Reason == ErrorReason.NoKey)
        {
            WriteVerbose(failure.Message);
        }
    }

    /// <summary>Handles one input of the pipeline.</summary>
    private protected abstract void ProcessInput();

    /// <summary>
    /// Lists what one of the <paramref name="texts"/>, which may have wildcards, names; null means all.
    /// </summary>
    private protected void List<T>(
        string[]? texts,
        Func<PipelineOperation, CancellationToken, Task<IReadOnlyList<T>>> read,
        Func<T, string?[]> namesOf)
        where T : class => List(texts, read, (one, _) => namesOf(one));

    /// <summary>The same where it depends on a text what it is compared with.</summary>
    private protected void List<T>(
        string[]? texts,
        Func<PipelineOperation, CancellationToken, Task<IReadOnlyList<T>>> read,
        Func<T, string, IEnumerable<string?>> namesOf)
        where T : class
    {
        Run(target: null, async (output, cancellationToken) =>
        {
            LookupArgumentAttribute.Check(texts);
            var patterns = TextPatterns.Of(texts);
            var all = await read(output, cancellationToken).ConfigureAwait(false);
            var wanted = all.Where(one => patterns is null || patterns.Match(text => namesOf(one, text)));
            await output.WriteAsync([.. wanted], cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>
    /// Runs an operation for each id that is one and that <paramref name="isAgreed"/> lets pass. A wrong id does not
    /// keep the others.
    /// </summary>
    /// <param name="ids">The ids as they were given.</param>
    /// <param name="validate">Refuses what is no id.</param>
    /// <param name="isAgreed">Whether the operation is to run.</param>
    /// <param name="operation">What to do with an id.</param>
    private protected void RunForEach(
        IReadOnlyList<string> ids,
        Func<string, string> validate,
        Func<string, bool> isAgreed,
        Func<string, PipelineOperation, CancellationToken, Task> operation)
    {
        if (!MyInvocation.ExpectingInput)
        {
            Expect(ids.Count);
        }

        foreach (var id in ids)
        {
            try
            {
                validate(id);
            }
            catch (OpenRouterException failure)
            {
                // Its error waits for its turn, as what the others have to say does.
                Run(target: null, (_, _) => Task.FromException(failure));
                continue;
            }

            if (isAgreed(id))
            {
                Run(id, (output, cancellationToken) => operation(id, output, cancellationToken));
            }
        }
    }

    /// <summary>Warns of providers that neither the module nor the account knows. They are used all the same.</summary>
    private protected void WarnOfUnknownProviders(IEnumerable<string> slugs)
    {
        foreach (var slug in slugs.Where(slug => !KnownProviders.Slugs.Contains(slug) && checkedProviders.Add(slug)))
        {
            if (ProvidersOfAccount(slug) is { } known && !known.Contains(slug))
            {
                WriteWarning(KnownProviders.Warning(slug, known));
            }
        }
    }

    /// <summary>Warns of a key that the keys of the provider do not look like. It is sent all the same.</summary>
    private protected void WarnOfKeyFormat(string provider, SecureString key)
    {
        if (KeyInspection.Warning(provider, key) is { } warning && keyWarnings.Add(warning))
        {
            WriteWarning(warning);
        }
    }

    // Without this look-up everything can still be done, so its failure is no matter.
    private HashSet<string>? ProvidersOfAccount(string slug)
    {
        try
        {
            var listed = Await((output, cancellationToken) =>
                CurrentSession.Account.Providers.GetAsync(Began - ProvidersMaxAge, output, cancellationToken));
            var known = new HashSet<string>(listed.Select(provider => provider.Slug));
            known.UnionWith(CurrentSession.Account.ByokKeys.All.Select(key => key.Provider));
            if (known.Contains(slug))
            {
                return known;
            }

            var query = new ByokKeyQuery(CurrentSession.WorkspaceId, slug);
            var page = Await((output, cancellationToken) =>
                Client.GetByokKeyPageAsync(query, offset: 0, limit: 1, output, cancellationToken));
            known.UnionWith(page.Items.Select(key => key.Provider));
            return known;
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            return null;
        }
    }
}
