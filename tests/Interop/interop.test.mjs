// The official SDK against the sandbox, and beside the cmdlets: each must read what the other wrote.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertSame, collect, sdk } from './sdk.mjs';
import { startSandbox } from './sandbox.mjs';

const patient = { timeout: 180_000 };
const secret = 'sk-proj-0123456789abcdef';
let sandbox;
let byok;

before(async () => {
  sandbox = await startSandbox();
  byok = sdk(sandbox).byok;
});

after(() => sandbox?.stop());

describe('the SDK against the sandbox', () => {
  test('creates and gets', async () => {
    const made = await create({ provider: 'openai', name: 'Made by the SDK', allowedModels: ['openai/gpt-4o'] });

    assert.equal(made.label, 'sk-...cdef');
    assert.deepEqual(made.allowedModels, ['openai/gpt-4o']);
    assert.equal(made.allowedUserIds, null);
    assert.deepEqual(await get(made.id), made);
  });

  test('updates: absent leaves alone, null clears, a value replaces', async () => {
    const made = await create({
      provider: 'openai', name: 'Before', allowedModels: ['openai/gpt-4o'], declaredZdr: true, isFallback: true,
    });

    const cleared = await update(made.id, { name: null, allowedModels: null, declaredZdr: null });
    assert.equal(cleared.name, null);
    assert.equal(cleared.allowedModels, null);
    assert.equal(cleared.declaredZdr, null);
    assert.equal(cleared.isFallback, true);

    const replaced = await update(made.id, { name: 'After', disabled: true, key: 'sk-proj-9876543210zyxw' });
    assert.equal(replaced.name, 'After');
    assert.equal(replaced.disabled, true);
    assert.equal(replaced.label, 'sk-...zyxw');
    assert.equal(replaced.isFallback, true);
  });

  test('deletes, once', async () => {
    const made = await create({ provider: 'openai' });

    assert.equal((await byok.delete({ id: made.id })).deleted, true);
    await assert.rejects(get(made.id), { statusCode: 404 });
    await assert.rejects(byok.delete({ id: made.id }), { statusCode: 404 });
  });

  test('filters by provider, be there a slash in the slug', async () => {
    const found = await collect(byok.list({ provider: 'anthropic/2' }));

    assert.ok(found.length > 0);
    assert.ok(found.every((key) => key.provider === 'anthropic/2'));
  });

  test('pages through many, and sees what the cmdlets see', patient, async () => {
    const crowd = await startSandbox('--keys', '250');
    try {
      const found = await collect(sdk(crowd).byok.list({ limit: 100 }));
      const shown = await crowd.cmdlets('Get-OpenRouterByokKey');

      assert.ok(found.length > 100);
      assert.deepEqual(shown.map((key) => key.Id), found.map((key) => key.id));
    } finally {
      await crowd.stop();
    }
  });
});

describe('the SDK beside the cmdlets', () => {
  test('the cmdlets show what the SDK created, field by field', patient, async () => {
    const [bound] = await sandbox.cmdlets('Get-OpenRouterByokKey | Where-Object AllowedApiKeyHashes');
    const made = await create({
      provider: 'azure',
      name: 'Everything, by the SDK',
      allowedModels: ['openai/gpt-4o', 'openai/gpt-4o-mini'],
      allowedApiKeyHashes: bound.AllowedApiKeyHashes,
      allowedUserIds: ['user_of_the_sdk'],
      declaredZdr: false,
      disabled: true,
      isFallback: true,
      isRequired: true,
    });
    const plain = await create({ provider: 'brand-new/3' });

    const [shown, shownPlain] = await sandbox.cmdlets(`Get-OpenRouterByokKey -Id ${made.id}, ${plain.id}`);

    assertSame(shown, made);
    assertSame(shownPlain, plain);
  });

  test('the SDK reads what the cmdlets created, restricted, cleared and removed', patient, async () => {
    const [made, bare, cleared, gone] = await sandbox.cmdlets(`
      $key = [System.Net.NetworkCredential]::new('', '${secret}').SecurePassword
      $lists = @{ AllowedModel = 'openai/gpt-4o'; AllowedUserId = 'user_1', 'user_2' }
      New-OpenRouterByokKey azure $key -Name 'By a cmdlet' @lists -DeclaredZdr $true -DeclaredRegion us -Required
      New-OpenRouterByokKey brand-new/4 $key
      $full = New-OpenRouterByokKey azure $key -Name 'Cleared' @lists -DeclaredZdr $true -DeclaredRegion us
      $full | Set-OpenRouterByokKey -Clear Name, AllowedModel, AllowedUser, DeclaredZdr -PassThru
      $gone = New-OpenRouterByokKey groq $key
      $gone | Remove-OpenRouterByokKey -Confirm:$false
      $gone
    `);

    assertSame(made, await get(made.Id));
    assert.deepEqual((await get(made.Id)).allowedUserIds, ['user_1', 'user_2']);
    assertSame(bare, await get(bare.Id));
    assertSame(cleared, await get(cleared.Id));
    assert.equal((await get(cleared.Id)).allowedModels, null);
    assert.equal(cleared.DeclaredRegion, 'us');
    await assert.rejects(get(gone.Id), { statusCode: 404 });
  });

  test('each goes on with what the other began', patient, async () => {
    const made = await create({ provider: 'openai', name: 'Begun', allowedModels: ['openai/gpt-4o'] });

    const [off] = await sandbox.cmdlets(`
      Set-OpenRouterByokKey -Id ${made.id} -Clear AllowedModel
      Disable-OpenRouterByokKey -Id ${made.id} -PassThru
    `);
    assert.equal(off.Disabled, true);
    assert.equal((await get(made.id)).allowedModels, null);

    await update(made.id, { disabled: false, name: null });
    const [on] = await sandbox.cmdlets(`Get-OpenRouterByokKey -Id ${made.id}`);
    assert.equal(on.Disabled, false);
    assert.equal(on.Name, null);

    await byok.delete({ id: made.id });
    const left = await sandbox.cmdlets(`Get-OpenRouterByokKey | Where-Object Id -EQ ${made.id}`);
    assert.deepEqual(left, []);
  });
});

describe('the SDK beside configurations', () => {
  const settings = {
    allowedModels: ['openai/gpt-4o', 'openai/gpt-4o-mini'], declaredZdr: true, isRequired: true, isFallback: false,
  };
  let folder;
  let workspaceId;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interop-'));
    const workspaces = await collect(sdk(sandbox).workspaces.list());
    workspaceId = workspaces.find(({ slug }) => slug === 'scratch').id;
  });

  after(() => rm(folder, { recursive: true, force: true }));

  test('what the SDK created is exported, changed in the file, and applied; the SDK sees it', patient, async () => {
    const full = await create({ provider: 'openai', name: 'Full', workspaceId, ...settings });
    const bare = await create({ provider: 'openai', name: 'Bare', workspaceId });
    const other = await create({ provider: 'azure', name: 'Other', workspaceId, declaredRegion: 'europe' });

    const [text] = await sandbox.cmdlets('Export-OpenRouterByokConfiguration -Workspace Scratch');
    const configuration = JSON.parse(text);
    const entry = (name) => configuration.credentials.find((one) => one.name === name);
    for (const made of [full, bare, other]) assertExported(entry(made.name), made);
    assert.deepEqual(await sync(configuration), []);

    const changes = { allowedModels: null, declaredZdr: false, isFallback: true };
    Object.assign(entry('Full'), changes);
    Object.assign(entry('Bare'), { name: 'Renamed', previousName: 'Bare', allowedModels: ['openai/o3'] });
    configuration.credentials.push({
      provider: 'groq', workspace: 'scratch', name: 'New', key: { env: 'INTEROP_KEY' }, disabled: true,
    });
    const file = await write(configuration);
    const planned = await sandbox.cmdlets(`Compare-OpenRouterByokConfiguration '${file}' | ForEach-Object Name`);
    assert.deepEqual(planned.sort(), ['Bare', 'Full', 'New']);
    assert.deepEqual(await get(full.id), full);
    assert.deepEqual((await sync(configuration)).sort(), ['Bare: Update', 'Full: Update', 'New: Create']);

    assert.deepEqual(await get(full.id), { ...full, ...changes });
    const renamed = await get(bare.id);
    assert.equal(renamed.name, 'Renamed');
    assert.deepEqual(renamed.allowedModels, ['openai/o3']);
    assert.deepEqual(await get(other.id), other);
    const made = (await held()).find(({ name }) => name === 'New');
    assert.equal(made.provider, 'groq');
    assert.equal(made.disabled, true);
    assert.equal(made.label.slice(-4), sandbox.managementKey.slice(-4));
  });

  test('what the SDK changes is drift, and a configuration takes it back', patient, async () => {
    const made = await create({ provider: 'fireworks', name: 'Kept', workspaceId, ...settings });
    const [text] = await sandbox.cmdlets('Export-OpenRouterByokConfiguration -Workspace Scratch');
    const configuration = JSON.parse(text);

    await update(made.id, { allowedModels: null, disabled: true });
    const extra = await create({ provider: 'fireworks', name: 'Extra', workspaceId });
    const changes = await sync(configuration, '-Prune Remove');

    assert.deepEqual(changes.sort(), ['Extra: Remove', 'Kept: Update']);
    const back = await get(made.id);
    assert.deepEqual(back.allowedModels, settings.allowedModels);
    assert.equal(back.disabled, false);
    await assert.rejects(get(extra.id), { statusCode: 404 });
    assert.deepEqual(await sync(configuration, '-Prune Remove'), []);
  });

  async function write(configuration) {
    const file = join(folder, 'openrouter.json');
    await writeFile(file, JSON.stringify(configuration));
    return file;
  }

  async function sync(configuration, options = '') {
    const file = await write(configuration);
    return sandbox.cmdlets(`
      Sync-OpenRouterByokConfiguration '${file}' ${options} 6>$null | ForEach-Object { "$($_.Name): $($_.Action)" }
    `);
  }

  const held = () => collect(byok.list({ workspaceId }));
});

/** The entry has every setting of the credential, by the SDK's names. */
function assertExported(entry, made) {
  assert.equal(entry.provider, made.provider);
  for (const name of ['allowedModels', 'disabled', 'isFallback', 'isRequired', 'isByokOnly', 'declaredZdr']) {
    assert.deepEqual(entry[name], made[name], name);
  }
}

async function create(fields) {
  return (await byok.create({ createBYOKKeyRequest: { key: secret, ...fields } })).data;
}

async function get(id) {
  return (await byok.get({ id })).data;
}

async function update(id, fields) {
  return (await byok.update({ id, updateBYOKKeyRequest: fields })).data;
}
