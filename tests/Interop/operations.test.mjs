// Every operation of the official SDK that the sandbox answers: its schema must accept every response.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { endpoints, startSandbox } from './sandbox.mjs';
import { collect, sdk } from './sdk.mjs';

const secret = 'sk-proj-0123456789abcdef';
const nobody = '11111111-2222-3333-4444-555555555555';
const sandboxes = {};
const requests = [];

/** The calls of each endpoint. Each gets a client with the management key, and what it needs to know of the account. */
const operations = {
  'GET /byok': {
    'page by page': ({ byok }) => collect(byok.list({ limit: 3 })),
    'of a workspace, with global ones': async ({ byok }, { production }) => {
      const found = await collect(byok.list({ workspaceId: production }));
      assert.deepEqual([...new Set(found.map((key) => key.workspaceId))].sort(), [production, null].sort());
    },
    'of a provider': ({ byok }) => collect(byok.list({ provider: 'openai' })),
    'of a provider without credentials': async ({ byok }) => {
      assert.deepEqual(await collect(byok.list({ provider: 'nobody' })), []);
    },
    'of an empty account': async () => {
      assert.deepEqual(await collect(on('empty').byok.list()), []);
    },
    'in an arbitrary order': async ({ byok }) => {
      const ids = (keys) => keys.map((key) => key.id);
      const shuffled = ids(await collect(on('shuffled').byok.list({ limit: 3 })));
      const sorted = ids(await collect(byok.list()));
      assert.deepEqual(shuffled.toSorted(), sorted.toSorted());
      assert.notDeepEqual(shuffled, sorted);
    },
  },
  'POST /byok': {
    'with the fields it requires': ({ byok }) => create(byok, {}),
    'with every field': ({ byok }, { production, hash, user }) => create(byok, {
      provider: 'azure', name: 'Everything', workspaceId: production, disabled: true, isFallback: false,
      isRequired: true, isByokOnly: true, declaredZdr: false, allowedModels: ['openai/gpt-4o'],
      allowedApiKeyHashes: [hash], allowedUserIds: [user],
    }),
  },
  'GET /byok/{}': {
    'each of the account': async ({ byok }) => {
      for (const key of await collect(byok.list())) assert.deepEqual((await byok.get({ id: key.id })).data, key);
    },
  },
  'PATCH /byok/{}': {
    'with null and with values': async ({ byok }) => {
      const { id } = await create(byok, { name: 'Before', allowedModels: ['openai/gpt-4o'] });
      const changes = { name: null, allowedModels: null, disabled: true, isRequired: true, key: secret };
      assert.equal((await byok.update({ id, updateBYOKKeyRequest: changes })).data.name, null);
    },
  },
  'DELETE /byok/{}': {
    'one': async ({ byok }) => {
      const { id } = await create(byok, {});
      assert.equal((await byok.delete({ id })).deleted, true);
    },
  },
  'GET /key': {
    'of the management key': async ({ apiKeys }) => {
      const { data } = await apiKeys.getCurrentKeyMetadata();
      assert.equal(data.isManagementKey, true);
      assert.equal(data.workspaceId, null);
      assert.match(data.organizationId, /^org_/);
      assert.deepEqual(data.allowedDataRegions, ['global', 'europe', 'us']);
      assert.equal(data.freeModelDailyRequests.remaining, data.freeModelDailyRequests.limit);
    },
    'of an inference key': async (_, { hash, listed }) => {
      const client = sdk(sandboxes.sample, sandboxes.sample.inferenceKey, requests);
      const { data } = await client.apiKeys.getCurrentKeyMetadata();
      const same = listed.find((key) => key.hash === hash);
      for (const name of ['label', 'workspaceId', 'creatorUserId', 'usage', 'byokUsageMonthly', 'limit', 'expiresAt']) {
        assert.deepEqual(data[name], same[name], name);
      }
      assert.equal(data.isManagementKey, false);
    },
    'of a personal account': async () => {
      const { data } = await on('personal').apiKeys.getCurrentKeyMetadata();
      assert.equal(data.organizationId, null);
    },
  },
  'GET /keys': {
    'of the default workspace': async ({ apiKeys }) => assert.ok((await apiKeys.list()).data.length > 0),
    'of a workspace, with disabled ones': async ({ apiKeys }, { workspaces }) => {
      const lists = await Promise.all(workspaces.map((workspaceId) =>
        apiKeys.list({ workspaceId, includeDisabled: true })));
      const keys = lists.flatMap(({ data }) => data);
      assert.ok(keys.some((key) => key.disabled));
      assert.ok(keys.some((key) => key.expiresAt));
      assert.ok(keys.some((key) => key.limit !== null));
    },
    'after the last': async ({ apiKeys }) => assert.deepEqual((await apiKeys.list({ offset: 100 })).data, []),
  },
  'GET /keys/{}': {
    'each of the default workspace': async ({ apiKeys }, { listed }) => {
      for (const key of listed) assert.deepEqual((await apiKeys.get({ hash: key.hash })).data, key);
    },
  },
  'GET /workspaces': {
    'page by page': async ({ workspaces }) => assert.ok((await collect(workspaces.list({ limit: 1 }))).length > 1),
  },
  'GET /workspaces/{}': {
    'by id and by slug': async ({ workspaces }) => {
      for (const one of await collect(workspaces.list())) {
        assert.deepEqual((await workspaces.get({ id: one.id })).data, one);
        assert.deepEqual((await workspaces.get({ id: one.slug })).data, one);
      }
    },
  },
  'GET /organization/members': {
    'page by page': async ({ organization }) => {
      assert.ok((await collect(organization.listMembers({ limit: 1 }))).length > 1);
    },
  },
  'GET /providers': {
    'all': async ({ providers }) => assert.ok((await providers.list()).data.length > 0),
  },
  'GET /models': {
    'all': async ({ models }) => assert.ok((await collect(models.list())).length > 0),
    'page by page': async ({ models }) => assert.ok((await collect(models.list({ limit: 3 }))).length > 3),
    'of a provider, by a word': async ({ models }) => {
      assert.ok((await collect(models.list({ providers: 'azure', q: 'gpt' }))).length > 0);
    },
    'none': async ({ models }) => assert.deepEqual(await collect(models.list({ q: 'no such model' })), []),
  },
  'GET /activity': {
    'of the account': async ({ analytics }) => {
      const { data } = await analytics.getUserActivity();
      assert.ok(data.length > 0);
      assert.ok(data.every((row) => row.workspaceId === undefined));
    },
    'by workspace': async ({ analytics }) => {
      const { data } = await analytics.getUserActivity({ groupBy: 'workspace' });
      assert.ok(data.every((row) => row.workspaceId));
    },
    'of a workspace, an API key, and a member': async ({ analytics }, { production, hash, user }) => {
      const all = (await analytics.getUserActivity()).data.length;
      for (const filter of [{ workspaceId: production }, { apiKeyHash: hash }, { userId: user }]) {
        const { length } = (await analytics.getUserActivity(filter)).data;
        assert.ok(length > 0 && length < all, JSON.stringify(filter));
      }
    },
    'of a day': async ({ analytics }) => {
      const { data: [{ date }] } = await analytics.getUserActivity();
      const { data } = await analytics.getUserActivity({ date });
      assert.ok(data.length > 0 && data.every((row) => row.date === date));
    },
  },
  'POST /chat/completions': {
    'on an own key': async () => {
      const answer = await chat({ model: 'openai/gpt-5', provider: { only: ['openai'] } }, 'enabled');
      assert.equal(answer.openrouterMetadata.isByok, true);
    },
    'without metadata': () => chat({ model: 'openai/gpt-5' }),
    'cut off': async () => {
      const [choice] = (await chat({ model: 'openai/gpt-5', maxTokens: 1 })).choices;
      assert.equal(choice.finishReason, 'length');
    },
  },
};

/** What is refused: the operation, the status, and the name that the SDK gives to the error. */
const refusals = {
  'a create without a provider': [400, ({ byok }) => create(byok, { provider: '' })],
  'a wrong key': [401, () => sdk(sandboxes.sample, 'sk-or-v1-wrong').byok.list()],
  'an inference key that changes a credential': [403, ({ byok }, { credential }) => {
    const client = sdk(sandboxes.sample, sandboxes.sample.inferenceKey);
    return client.byok.update({ id: credential, updateBYOKKeyRequest: { disabled: true } });
  }],
  'an update that the server forbids': [403, (_, { credential }) => update('forbidden', credential)],
  'an update that meets another one': [409, (_, { credential }) => update('conflict', credential)],
  'a credential that does not exist': [404, ({ byok }) => byok.get({ id: nobody })],
  'an API key that does not exist': [404, ({ apiKeys }) => apiKeys.get({ hash: 'f'.repeat(64) })],
  'a workspace that does not exist': [404, ({ workspaces }) => workspaces.get({ id: nobody })],
  'the members of a personal account': [404, () => on('personal').organization.listMembers()],
  'a management key for a request': [401, ({ chat }) => chat.send({ chatRequest: { model: 'm', messages: [hi] } })],
};

const hi = { role: 'user', content: 'Hi' };
const account = {};
let client;

before(async () => {
  const started = Object.entries({
    sample: [], empty: ['--keys', '0'], shuffled: ['--shuffle'], personal: ['--personal'],
    conflict: ['--faults', 'conflict=1'], forbidden: ['--faults', 'forbidden=1'],
  }).map(async ([name, options]) => { sandboxes[name] = await startSandbox(...options); });
  await Promise.all(started);
  client = on('sample');

  const workspaces = await collect(client.workspaces.list());
  account.workspaces = workspaces.map(({ id }) => id);
  account.production = workspaces.find(({ slug }) => slug === 'production').id;
  account.listed = (await client.apiKeys.list({ includeDisabled: true })).data;
  const assistant = account.listed.find(({ name }) => name === 'Assistant');
  account.hash = assistant.hash;
  account.user = assistant.creatorUserId;
  account.credential = (await collect(client.byok.list()))[0].id;
});

after(() => Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.stop())));

test('every endpoint of the sandbox is called', async () => {
  assert.deepEqual(Object.keys(operations).sort(), (await endpoints()).sort());
});

for (const [endpoint, calls] of Object.entries(operations)) {
  describe(endpoint, () => {
    for (const [name, call] of Object.entries(calls)) {
      test(name, async () => {
        requests.length = 0;
        await call(client, account);
        assert.ok(requests.some((request) => isOf(request, endpoint)), `no request was ${endpoint}`);
      });
    }
  });
}

describe('the SDK reads the error', () => {
  for (const [name, [status, call]] of Object.entries(refusals)) {
    test(`${status}: ${name}`, async () => {
      await assert.rejects(async () => call(client, account), (error) => {
        assert.equal(error.statusCode, status);
        assert.notEqual(error.name, 'ResponseValidationError');
        assert.equal(JSON.parse(error.body).error.code, status);
        return true;
      });
    });
  }
});

function on(name) {
  return sdk(sandboxes[name], sandboxes[name].managementKey, requests);
}

function isOf({ method, path }, endpoint) {
  const [wanted, pattern] = endpoint.split(' ');
  return method === wanted && new RegExp(`^${pattern.replace('{}', '[^/]+')}$`).test(path);
}

async function create(byok, fields) {
  return (await byok.create({ createBYOKKeyRequest: { provider: 'openai', key: secret, ...fields } })).data;
}

function update(sandbox, id) {
  return on(sandbox).byok.update({ id, updateBYOKKeyRequest: { disabled: true } });
}

function chat(request, xOpenRouterMetadata) {
  const inference = sdk(sandboxes.sample, sandboxes.sample.inferenceKey, requests);
  return inference.chat.send({ xOpenRouterMetadata, chatRequest: { messages: [hi], ...request } });
}
