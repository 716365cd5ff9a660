// Look-ups, usage and test requests: what the official SDK reads is what the cmdlets show.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertSame, collect, sdk } from './sdk.mjs';
import { startSandbox } from './sandbox.mjs';

const patient = { timeout: 180_000 };
let sandbox;
let client;

before(async () => {
  sandbox = await startSandbox();
  client = sdk(sandbox);
});

after(() => sandbox?.stop());

describe('the SDK looks up what the cmdlets look up', () => {
  test('providers', patient, async () => {
    const { data } = await client.providers.list();

    await same('Get-OpenRouterProvider', data, ['slug', 'name', 'headquarters', 'datacenters', 'privacyPolicyUrl']);
  });

  test('models, and those of a provider', patient, async () => {
    const names = ['id', 'canonicalSlug', 'name', 'contextLength', 'supportedParameters'];

    await same('Get-OpenRouterModel', await collect(client.models.list()), names);
    await same('Get-OpenRouterModel -Provider azure', await collect(client.models.list({ providers: 'azure' })), names);
  });

  test('workspaces', patient, async () => {
    await same('Get-OpenRouterWorkspace', await collect(client.workspaces.list()), ['id', 'name', 'slug', 'createdAt']);
  });

  test('members', patient, async () => {
    await same('Get-OpenRouterMember', await collect(client.organization.listMembers()), ['id', 'email', 'role']);
  });

  test('API keys of each workspace, the disabled ones too', patient, async () => {
    for (const { id } of await collect(client.workspaces.list())) {
      const { data } = await client.apiKeys.list({ workspaceId: id, includeDisabled: true });

      await same(
        `Get-OpenRouterApiKey -WorkspaceId ${id} -IncludeDisabled`, data,
        ['hash', 'name', 'label', 'disabled', 'workspaceId', 'limit', 'byokUsage', 'creatorUserId', 'createdAt']);
    }
  });
});

describe('the SDK adds up and asks as the cmdlets do', () => {
  test('usage', patient, async () => {
    const { data } = await client.analytics.getUserActivity();
    const [total] = await sandbox.cmdlets('Get-OpenRouterByokUsage Total');
    const days = await sandbox.cmdlets('Get-OpenRouterByokUsage Day');

    assert.equal(total.Requests, sum(data, 'requests'));
    assert.equal(total.PromptTokens, sum(data, 'promptTokens'));
    assert.ok(Math.abs(total.OwnSpend - sum(data, 'byokUsageInference')) < 1e-9);
    assert.ok(Math.abs(total.CreditsSpent - sum(data, 'usage')) < 1e-9);
    const dates = new Set(data.filter((row) => row.requests > 0).map((row) => row.date.slice(0, 10)));
    assert.deepEqual(
      days.filter((day) => day.Requests > 0).map((day) => day.Date.slice(0, 10)).sort(), [...dates].sort());
  });

  test('usage of each API key', patient, async () => {
    const lines = await sandbox.cmdlets('Get-OpenRouterByokUsage ApiKey');
    const { data: whole } = await client.analytics.getUserActivity();

    let rest = sum(whole, 'requests');
    for (const { ApiKeyHash: apiKeyHash, Requests: requests } of lines.filter((line) => line.ApiKeyHash)) {
      const { data } = await client.analytics.getUserActivity({ apiKeyHash });
      assert.equal(requests, sum(data, 'requests'));
      rest -= requests;
    }

    assert.ok(rest > 0);
    assert.equal(lines.find((line) => !line.ApiKeyHash).Requests, rest);
  });

  test('a request on an own key', patient, async () => {
    const [key] = await sandbox.cmdlets("Get-OpenRouterByokKey 'Team account'");
    const answer = await sdk(sandbox, sandbox.inferenceKey).chat.send({
      xOpenRouterMetadata: 'enabled',
      chatRequest: {
        model: 'openai/gpt-4o-mini',
        maxTokens: 1,
        messages: [{ role: 'user', content: 'Hi' }],
        provider: { only: ['openai'], allowFallbacks: false },
      },
    });
    const [result] = await sandbox.cmdlets(`
      $inference = [System.Net.NetworkCredential]::new('', '${sandbox.inferenceKey}').SecurePassword
      Test-OpenRouterByokKey ${key.Id} -ApiKey $inference -Model openai/gpt-4o-mini -Confirm:$false
    `);

    assert.equal(answer.usage.isByok, true);
    assert.equal(answer.openrouterMetadata.isByok, true);
    assert.equal(result.IsByok, true);
    assert.equal(result.Passed, true);
    assert.equal(result.Model, answer.openrouterMetadata.requested);
    assert.notEqual(result.GenerationId, answer.id);
  });

  test('a management key is no key for requests', patient, async () => {
    const request = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] };

    await assert.rejects(client.chat.send({ chatRequest: request }), (error) => error.statusCode >= 400);
  });
});

/** The command shows what was read, in this order, and at least these fields of each. */
async function same(command, read, names) {
  const shown = await sandbox.cmdlets(command);

  assert.ok(read.length > 0);
  assert.equal(shown.length, read.length);
  for (const [index, one] of read.entries()) {
    const compared = assertSame(shown[index], one);
    for (const name of names) assert.ok(compared.includes(name), `${name} was not compared`);
  }
}

function sum(rows, name) {
  return rows.reduce((total, row) => total + row[name], 0);
}
