using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.KeyFormats;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Creates the JSON that the keys of some providers must be, as a SecureString for -Key.</summary>
/// <remarks>
/// <para>
/// The keys of most providers are plain text. The keys of azure and google-vertex are JSON. The keys of amazon-bedrock,
/// openai, and fireworks can be plain text or JSON. The parameters that you specify determine the JSON:
/// </para>
/// <list type="bullet">
/// <item><description>azure, a resource: -ResourceName, -ResourceType, -ApiKey</description></item>
/// <item><description>azure, a deployment: -ModelSlug, -EndpointUrl, -ModelId, -ApiKey</description></item>
/// <item><description>amazon-bedrock: -AccessKeyId, -SecretAccessKey, -Region</description></item>
/// <item><description>google-vertex: -ServiceAccountPath, -Region, -Bucket</description></item>
/// <item><description>openai and fireworks, a regional account: -ApiKey, -Region</description></item>
/// </list>
/// <para>
/// Nothing is sent, and no session is required. Secrets are accepted only as SecureString values and are not shown.
/// </para>
/// <para>
/// You can also pipe objects whose properties have the names of the parameters or of the fields of the API, such as
/// resource_name. All resources and deployments of azure from the pipeline become one secret, which is output at the
/// end. If one of the piped objects is invalid, an error occurs and no secret for azure is output, because a part of
/// it would be missing.
/// </para>
/// </remarks>
/// <example>
/// <summary>Create a credential for a resource of Azure</summary>
/// <code>
/// $azure = New-OpenRouterByokSecret -ResourceName contoso `
///     -ResourceType ai_foundry -ApiKey $key
/// New-OpenRouterByokKey azure $azure -Name Production
/// </code>
/// <para>
/// The resource is contoso.services.ai.azure.com. Without -ResourceType, it would be contoso.openai.azure.com. To be
/// prompted for the key with masked input, omit -ApiKey.
/// </para>
/// </example>
/// <example>
/// <summary>Create a credential for several deployments of Azure</summary>
/// <code>
/// $azure = Import-Csv deployments.csv |
///     New-OpenRouterByokSecret -ApiKey (Get-Secret AzureKey)
/// New-OpenRouterByokKey azure $azure -Name Deployments
/// </code>
/// <para>
/// The file has the columns ModelSlug, EndpointUrl, and ModelId. Its rows become one secret. If the deployments have
/// different keys, add an ApiKey property with a SecureString to each row, and omit -ApiKey.
/// </para>
/// </example>
/// <example>
/// <summary>Create a credential for Amazon Bedrock</summary>
/// <code>
/// $bedrock = New-OpenRouterByokSecret -Region us-east-1 `
///     -AccessKeyId (Get-Secret AwsKeyId) -SecretAccessKey (Get-Secret AwsKey)
/// New-OpenRouterByokKey amazon-bedrock $bedrock -Name Production
/// </code>
/// <para>A Bedrock API key is plain text and does not require this cmdlet.</para>
/// </example>
/// <example>
/// <summary>Create a credential for Google Vertex AI</summary>
/// <code>
/// $vertex = New-OpenRouterByokSecret -Region global `
///     -ServiceAccountPath ./service-account.json
/// New-OpenRouterByokKey google-vertex $vertex -Name Production
/// </code>
/// <para>The file is the key of a service account as Google Cloud creates it.</para>
/// </example>
/// <example>
/// <summary>Create a credential for a regional account of OpenAI</summary>
/// <code>
/// $regional = New-OpenRouterByokSecret -ApiKey $key -Region eu
/// New-OpenRouterByokKey openai $regional -Name Europe
/// </code>
/// <para>OpenRouter takes the declared region of the credential from the key. The same applies to fireworks.</para>
/// </example>
/// <seealso cref="NewOpenRouterByokKeyCommand"/>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/guides/overview/auth/byok">
/// The key format of each provider
/// </seealso>
[Cmdlet(
    VerbsCommon.New, "OpenRouterByokSecret", DefaultParameterSetName = ResourceSet,
    HelpUri = HelpPages.Address + "New-OpenRouterByokSecret.md")]
[OutputType(typeof(SecureString))]
public sealed class NewOpenRouterByokSecretCommand : OpenRouterCommand
{
    private const string ResourceSet = "AzureResource";
    private const string DeploymentSet = "AzureDeployment";
    private const string BedrockSet = "AmazonBedrock";
    private const string VertexSet = "GoogleVertex";
    private const string RegionalSet = "Regional";
    private const string ObjectSet = "InputObject";

    private static readonly string[] Secrets = [nameof(ApiKey), nameof(AccessKeyId), nameof(SecretAccessKey)];

    // What only one kind of secret has.
    private static readonly (string Kind, string[] Parameters)[] Kinds =
    [
        (ResourceSet, [nameof(ResourceName)]),
        (DeploymentSet, [nameof(ModelSlug), nameof(EndpointUrl), nameof(ModelId)]),
        (BedrockSet, [nameof(AccessKeyId), nameof(SecretAccessKey)]),
        (VertexSet, [nameof(ServiceAccountPath)]),
    ];

    private readonly List<IAzureEntry> entries = [];
    private HashSet<string> typed = [];
    private bool isIncomplete;

    /// <summary>
    /// The name of the resource of Azure: the part of its host name before the first dot, such as contoso. An address
    /// causes an error.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourceSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [TextArgument]
    public string ResourceName { get; set; } = "";

    /// <summary>
    /// The type of the resource of Azure: ai_foundry if its host name ends in services.ai.azure.com, or openai if its
    /// host name ends in openai.azure.com. If you omit it, OpenRouter uses openai.
    /// </summary>
    [Parameter(ParameterSetName = ResourceSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [TextArgument]
    [ArgumentCompleter(typeof(ResourceTypeCompleter))]
    public string? ResourceType { get; set; }

    /// <summary>
    /// The model of OpenRouter that the deployment of Azure serves, such as openai/gpt-4o. For this model, a deployment
    /// takes precedence over a resource of the same secret.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = DeploymentSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [TextArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string ModelSlug { get; set; } = "";

    /// <summary>
    /// The complete https address of the deployment of Azure. Its path ends in /chat/completions, and its query
    /// contains the api-version.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = DeploymentSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [TextArgument]
    public string EndpointUrl { get; set; } = "";

    /// <summary>The name of the deployment of Azure.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeploymentSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [TextArgument]
    public string ModelId { get; set; } = "";

    /// <summary>The API key that the provider issued, as a SecureString.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourceSet)]
    [Parameter(Mandatory = true, ParameterSetName = DeploymentSet)]
    [Parameter(Mandatory = true, ParameterSetName = RegionalSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [SecretArgument]
    public SecureString? ApiKey { get; set; }

    /// <summary>
    /// The id of the access key of Amazon Web Services, as a SecureString. Temporary access keys, which require a
    /// session token, are not supported.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = BedrockSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [SecretArgument]
    public SecureString? AccessKeyId { get; set; }

    /// <summary>
    /// The secret of the access key of Amazon Web Services, as a SecureString. Its user must be allowed the actions
    /// bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = BedrockSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [SecretArgument]
    public SecureString? SecretAccessKey { get; set; }

    /// <summary>
    /// The path of the JSON file with the key of a service account of Google Cloud. The cmdlet checks the fields type,
    /// project_id, private_key, and client_email. All fields of the file become part of the secret.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = VertexSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [TextArgument]
    public string ServiceAccountPath { get; set; } = "";

    /// <summary>
    /// The region of the key at its provider, such as us-east-1 for amazon-bedrock, global or us-central1 for
    /// google-vertex, or eu for openai. Any region is accepted, and tab completion offers known regions.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = BedrockSet)]
    [Parameter(ParameterSetName = VertexSet)]
    [Parameter(Mandatory = true, ParameterSetName = RegionalSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [TextArgument]
    [ArgumentCompleter(typeof(KeyRegionCompleter))]
    public string? Region { get; set; }

    /// <summary>
    /// The bucket of Google Cloud Storage for batch requests, as a name or as gs:// and a name, without a path. It must
    /// belong to the project of the service account.
    /// </summary>
    [Parameter(ParameterSetName = VertexSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull]
    [TextArgument]
    public string? Bucket { get; set; }

    /// <summary>
    /// Objects that describe secrets: rows of a CSV file, objects converted from JSON, or hashtables.
    /// </summary>
    /// <remarks>
    /// The properties can have the names of the parameters of this cmdlet or of the fields of the API (resource_name,
    /// model_slug). A parameter that you specify takes precedence over a property. Blank and null properties are
    /// treated as not specified. Secrets must be SecureString values.
    /// </remarks>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true)]
    public PSObject[]? InputObject { get; set; }

    // What is wrong on the command line itself concerns every item, so it ends the command before the first one.
    private protected override void Begin()
    {
        typed = [.. MyInvocation.BoundParameters.Keys];
        var fields = new SecretFields(this, typed, piped: null);
        foreach (var secret in Secrets.Where(typed.Contains))
        {
            fields.Secret(secret);
        }
    }

    private protected override void Process()
    {
        if (ParameterSetName != ObjectSet)
        {
            Make(new SecretFields(this, typed, piped: null), input: null);
            return;
        }

        foreach (var input in InputObject ?? [])
        {
            try
            {
                Make(new SecretFields(this, typed, new PipedProperties(input)), input);
            }
            catch (OpenRouterException failure)
            {
                isIncomplete = true;
                WriteError(ErrorRecordFactory.Create(failure, targetObject: null));
            }
        }
    }

    private protected override void End()
    {
        if (entries.Count == 0)
        {
            return;
        }

        WriteObject(!isIncomplete
            ? KeyText.Azure(entries)
            : throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.SecretsIncomplete)
            {
                Advice = Messages.AdviceSecretsIncomplete,
            });
    }

    private void Make(SecretFields fields, PSObject? input)
    {
        switch (KindOf(fields, input))
        {
            case ResourceSet:
                entries.Add(new AzureResource(
                    fields.Text(nameof(ResourceName)),
                    fields.OptionalText(nameof(ResourceType)),
                    fields.Secret(nameof(ApiKey))));
                break;
            case DeploymentSet:
                entries.Add(new AzureDeployment(
                    fields.Text(nameof(ModelSlug)),
                    fields.Text(nameof(EndpointUrl)),
                    fields.Text(nameof(ModelId)),
                    fields.Secret(nameof(ApiKey))));
                break;
            case BedrockSet:
                WriteObject(KeyText.AmazonBedrock(
                    fields.Secret(nameof(AccessKeyId)),
                    fields.Secret(nameof(SecretAccessKey)),
                    fields.Text(nameof(Region))));
                break;
            case VertexSet:
                WriteObject(ReadServiceAccount(
                    fields.Text(nameof(ServiceAccountPath)),
                    fields.OptionalText(nameof(Region)),
                    fields.OptionalText(nameof(Bucket))));
                break;
            default:
                WriteObject(KeyText.Regional(fields.Secret(nameof(ApiKey)), fields.Text(nameof(Region))));
                break;
        }
    }

    private static string KindOf(SecretFields fields, PSObject? input)
    {
        var kinds = Kinds.Where(kind => fields.FirstOf(kind.Parameters) is not null).ToList();
        return kinds switch
        {
            [var (kind, _)] => kind,
            [var (_, some), var (_, others), ..] => throw new OpenRouterException(
                ErrorReason.InvalidArgument,
                Messages.SecretOfSeveralKinds,
                fields.FirstOf(some),
                fields.FirstOf(others)),
            _ when fields.Has(nameof(ApiKey)) && fields.Has(nameof(Region)) => RegionalSet,
            _ => throw new OpenRouterException(
                ErrorReason.InvalidArgument, Messages.NotASecret, IdArgumentAttribute.Describe(input))
            {
                Advice = Messages.AdviceNotASecret,
            },
        };
    }

    private SecureString ReadServiceAccount(string path, string? region, string? bucket)
    {
        using var content = ServiceAccountFile.Read(FindFile(path));
        return ServiceAccount.ToKey(SecretFile.Text(content), region, bucket);
    }

    // PowerShell's errors repeat the path, and the JSON itself may have been given for it.
    private string FindFile(string path)
    {
        try
        {
            var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.Name == "FileSystem")
            {
                return file;
            }
        }
        catch (Exception failure) when (failure is RuntimeException or ArgumentException or NotSupportedException)
        {
            // It is no path, as below.
        }

        throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.NotInFileSystem)
        {
            Advice = Messages.AdviceServiceAccount,
        };
    }
}
