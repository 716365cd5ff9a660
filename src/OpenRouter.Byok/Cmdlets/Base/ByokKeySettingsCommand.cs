using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Completion;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>A cmdlet that gives a credential its settings. What is not given is not sent.</summary>
public abstract class ByokKeySettingsCommand : WritingCommand
{
    private HashSet<string> typed = [];

    /// <summary>The parameter whose names were looked up last.</summary>
    private protected string Finding { get; set; } = "";

    private protected delegate Task<string> FindId(
        string name, IClientObserver observer, CancellationToken cancellationToken);

    private protected ByokKeySettingsCommand()
    {
    }

    /// <summary>
    /// The secret that the provider issued, as a SecureString. Most providers: the API key as plain text. azure: a JSON
    /// array of deployments. amazon-bedrock: a Bedrock API key, or JSON with accessKeyId, secretAccessKey and region.
    /// google-vertex: the JSON of a service account. It is sent once and can never be read back.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [SecretArgument]
    public virtual SecureString? Key { get; set; }

    /// <summary>A name for people, up to 255 characters. $null means no name.</summary>
    [Parameter]
    [AllowNull]
    public virtual string? Name { get; set; }

    /// <summary>
    /// The slugs of the models that may use the credential, such as openai/gpt-4o; 1 to 100. $null means any. One text
    /// with semicolons, commas or spaces is split there.
    /// </summary>
    [Parameter]
    [AllowNull]
    [Alias("AllowedModels")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public virtual string[]? AllowedModel { get; set; }

    /// <summary>
    /// The OpenRouter API keys that may use the credential, given by name, by hash or as objects of
    /// Get-OpenRouterApiKey; 1 to 100. $null means any. One text with semicolons is split there. A name that no API key
    /// of the account has, or several have, is an error, and nothing is sent.
    /// </summary>
    [Parameter]
    [AllowNull]
    [Alias("AllowedApiKeys")]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash), SplitsText = true)]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public virtual string[]? AllowedApiKey { get; set; }

    /// <summary>
    /// The hashes of the OpenRouter API keys that may use the credential, 64 lowercase hexadecimal digits each; 1 to
    /// 100. $null means any. The API refuses hashes that are not of this account. Not together with -AllowedApiKey.
    /// </summary>
    [Parameter]
    [AllowNull]
    [Alias("AllowedApiKeyHashes")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ApiKeyHashCompleter))]
    public virtual string[]? AllowedApiKeyHash { get; set; }

    /// <summary>
    /// The members who may use the credential, given by e-mail address, name, id or as objects of Get-OpenRouterMember;
    /// 1 to 100. $null means any. One text with semicolons is split there. Who is no member is an error, and nothing is
    /// sent.
    /// </summary>
    [Parameter]
    [AllowNull]
    [Alias("AllowedUsers")]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id), SplitsText = true)]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public virtual string[]? AllowedUser { get; set; }

    /// <summary>
    /// The ids of the members who may use the credential; 1 to 100. $null means any. Not together with -AllowedUser.
    /// </summary>
    [Parameter]
    [AllowNull]
    [Alias("AllowedUserIds")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(MemberIdCompleter))]
    public virtual string[]? AllowedUserId { get; set; }

    /// <summary>Switches the credential off. -Disabled:$false switches it on.</summary>
    [Parameter]
    [SwitchArgument]
    public virtual SwitchParameter Disabled { get; set; }

    /// <summary>Tries the credential only after OpenRouter's shared endpoints. Not together with -ByokOnly.</summary>
    [Parameter]
    [Alias("IsFallback")]
    [SwitchArgument]
    public virtual SwitchParameter Fallback { get; set; }

    /// <summary>Removes the provider's shared endpoints for the models that the credential applies to.</summary>
    [Parameter]
    [Alias("IsRequired")]
    [SwitchArgument]
    public virtual SwitchParameter Required { get; set; }

    /// <summary>Removes the provider's shared endpoints for every model. Not together with -Fallback.</summary>
    [Parameter]
    [Alias("IsByokOnly")]
    [SwitchArgument]
    public virtual SwitchParameter ByokOnly { get; set; }

    /// <summary>
    /// Your own declaration of zero data retention: $true lets requests that demand it use the credential, $false keeps
    /// them off, $null inherits the provider's policy.
    /// </summary>
    [Parameter]
    [AllowNull]
    [BooleanArgument]
    public virtual bool? DeclaredZdr { get; set; }

    /// <summary>
    /// Your own declaration of the data region: global, europe, us, or one that OpenRouter has added since. $null takes
    /// the declaration back.
    /// </summary>
    [Parameter]
    [AllowNull]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public virtual string? DeclaredRegion { get; set; }

    // What is wrong on the command line itself concerns every item, so it ends the command before the first one.
    private protected override void Begin()
    {
        typed = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        ReadSettings();
    }

    /// <summary>The settings as they were given. API keys and members may still be names (see FindNames).</summary>
    /// <exception cref="OpenRouterException">A value breaks a rule of the API.</exception>
    private protected ByokKeyChanges ReadSettings()
    {
        if (Fallback && ByokOnly) throw Validate.Excluding();
        return new ByokKeyChanges
        {
            Key = Key is null ? null : Validate.Key(Key),
            Name = IsGiven(nameof(Name), Name) ? Validate.Name(Name) : default(Optional<string?>),
            AllowedModels = Entries(nameof(AllowedModel), AllowedModel, Validate.Entries),
            AllowedApiKeyHashes = OneOf(
                nameof(AllowedApiKey), Entries(nameof(AllowedApiKey), AllowedApiKey, Validate.Entries),
                nameof(AllowedApiKeyHash), Entries(nameof(AllowedApiKeyHash), AllowedApiKeyHash, Validate.Hashes)),
            AllowedUserIds = OneOf(
                nameof(AllowedUser), Entries(nameof(AllowedUser), AllowedUser, Validate.Entries),
                nameof(AllowedUserId), Entries(nameof(AllowedUserId), AllowedUserId, Validate.Entries)),
            Disabled = Flag(nameof(Disabled), Disabled),
            IsFallback = Flag(nameof(Fallback), Fallback),
            IsRequired = Flag(nameof(Required), Required),
            IsByokOnly = Flag(nameof(ByokOnly), ByokOnly),
            DeclaredZdr = IsBound(nameof(DeclaredZdr))
                && (DeclaredZdr is not null || typed.Contains(nameof(DeclaredZdr)))
                    ? DeclaredZdr
                    : default(Optional<bool?>),
            DeclaredRegion = IsGiven(nameof(DeclaredRegion), DeclaredRegion)
                ? Validate.NullOrNotBlank(nameof(DeclaredRegion), DeclaredRegion)
                : default(Optional<string?>),
        };
    }

    /// <summary>Puts hashes and ids in place of names. What holds no name costs no request.</summary>
    /// <param name="settings">The settings as they were given.</param>
    /// <param name="findHash">Finds the hash of an API key by its name.</param>
    /// <exception cref="OpenRouterException">A name leads to nothing, or to more than one thing.</exception>
    private protected ByokKeyChanges FindNames(ByokKeyChanges settings, FindId findHash)
    {
        if (AllowedApiKey is not null && HasNames(settings.AllowedApiKeyHashes, NameResolver.IsApiKeyHash))
        {
            Finding = nameof(AllowedApiKey);
            settings = settings with { AllowedApiKeyHashes = Found(settings.AllowedApiKeyHashes.Value!, findHash) };
        }

        if (AllowedUser is not null && HasNames(settings.AllowedUserIds, NameResolver.IsUserId))
        {
            Finding = nameof(AllowedUser);
            settings = settings with { AllowedUserIds = Found(settings.AllowedUserIds.Value!, Names.UserIdAsync) };
        }

        return settings;
    }

    private static bool HasNames(Optional<IReadOnlyList<string>?> list, Func<string, bool> isId) =>
        list.Value is { } entries && !entries.All(isId);

    private Optional<IReadOnlyList<string>?> Found(IReadOnlyList<string> names, FindId find) => RunNow(
        async (output, cancellationToken) =>
        {
            var ids = new List<string>();
            foreach (var name in names) ids.Add(await find(name, output, cancellationToken).ConfigureAwait(false));
            return new Optional<IReadOnlyList<string>?>([.. ids.Distinct()], IsPresent: true);
        });

    private static Optional<IReadOnlyList<string>?> OneOf(
        string parameter,
        Optional<IReadOnlyList<string>?> entries,
        string otherParameter,
        Optional<IReadOnlyList<string>?> others)
    {
        if (entries.IsPresent && others.IsPresent) throw Validate.TwoForms(parameter, otherParameter);
        return entries.IsPresent ? entries : others;
    }

    /// <summary>Whether the parameter was typed, so that it is the same for every input.</summary>
    private protected bool IsTyped(string parameter) => typed.Contains(parameter);

    // A blank cell of a CSV file is no value; a blank that was typed is a mistake.
    private protected bool IsGiven(string parameter, string? text) =>
        IsBound(parameter) && (text is null || typed.Contains(parameter) || !string.IsNullOrWhiteSpace(text));

    private Optional<IReadOnlyList<string>?> Entries(
        string parameter, string[]? entries, Func<string, string[]?, IReadOnlyList<string>?> validate)
    {
        var isGiven = entries is [var only] ? IsGiven(parameter, only) : IsBound(parameter);
        return isGiven ? new Optional<IReadOnlyList<string>?>(validate(parameter, entries), IsPresent: true) : default;
    }

    private Optional<bool> Flag(string parameter, SwitchParameter flag) =>
        IsBound(parameter) ? (bool)flag : default(Optional<bool>);
}
