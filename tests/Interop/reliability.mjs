// Measures what the module and the official SDK leave behind on a bad network: node reliability.mjs [COUNT] [FAULTS]
// Each creates COUNT credentials, changes and deletes them, 8 at once, against a sandbox of its own with the same
// faults.
import { OpenRouter } from '@openrouter/sdk';
import { startSandbox } from './sandbox.mjs';

const count = Number(process.argv[2] ?? 200);
const faults = process.argv[3]
  ?? 'rate-limit=0.05,retry-after=0,unavailable=0.04,lost-before=0.04,lost-after=0.04,garbage=0.03,seed=3';
const providers = ['openai', 'anthropic', 'groq', 'mistral', 'xai', 'cohere', 'together', 'novita'];

const create = `
$key = [System.Net.NetworkCredential]::new('', 'sk-live-abcd1234').SecurePassword
$made = 1..${count} | ForEach-Object {
    [pscustomobject]@{ Provider = '${providers.join(',')}'.Split(',')[$_ % 8]; Name = "Key $_"; Key = $key }
} | New-OpenRouterByokKey -ErrorVariable notCreated -ErrorAction SilentlyContinue
$made | Set-OpenRouterByokKey -Disabled -ErrorVariable notChanged -ErrorAction SilentlyContinue
$made.Id -join ','; $notCreated.Count; $notChanged.Count`;

const remove = (ids) => `
'${ids}'.Split(',') | Remove-OpenRouterByokKey -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
$failed.Count`;

console.log(`${count} creates, updates and deletes, 8 at once; faults ${faults}\n`);
console.log(
  '| client | created | reported as failed | on the server | unreported | updates failed | deletes failed '
  + '| left |');
console.log('|---|---|---|---|---|---|---|---|');
report('OpenRouter.Byok', await measureModule());
report('@openrouter/sdk 1.3.19', await measureSdk());

async function measureModule() {
  const sandbox = await startSandbox('--keys', '0', '--faults', faults);
  try {
    const [ids, createFailures, updateFailures] = await sandbox.cmdlets(create);
    const there = (await idsOn(sandbox)).length;
    const [deleteFailures] = await sandbox.cmdlets(remove(ids));
    const made = ids.split(',').length;
    return { made, createFailures, there, updateFailures, deleteFailures, left: (await idsOn(sandbox)).length };
  } finally {
    await sandbox.stop();
  }
}

async function measureSdk() {
  const sandbox = await startSandbox('--keys', '0', '--faults', faults);
  try {
    const client = new OpenRouter({ apiKey: sandbox.managementKey, serverURL: sandbox.address });
    const made = [];
    const createFailures = await eightAtOnce(count, async (number) => {
      const { data } = await client.byok.create({
        createBYOKKeyRequest: { provider: providers[number % 8], name: `Key ${number}`, key: 'sk-live-abcd1234' },
      });
      made.push(data.id);
    });
    const updateFailures = await eightAtOnce(made.length, (number) => client.byok.update({
      id: made[number], updateBYOKKeyRequest: { disabled: true },
    }));
    const there = (await idsOn(sandbox)).length;
    const deleteFailures = await eightAtOnce(made.length, (number) => client.byok.delete({ id: made[number] }));
    return {
      made: made.length, createFailures, there, updateFailures, deleteFailures, left: (await idsOn(sandbox)).length,
    };
  } finally {
    await sandbox.stop();
  }
}

async function eightAtOnce(many, work) {
  let next = 0;
  let failures = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next < many) {
      const number = next++;
      await work(number).catch(() => failures++);
    }
  }));
  return failures;
}

/** What is really there, asked for until the faults let an answer through. */
async function idsOn(sandbox) {
  const ids = new Set();
  for (let offset = 0; ;) {
    const page = await fetch(`${sandbox.address}/byok?offset=${offset}&limit=100`, {
      headers: { authorization: `Bearer ${sandbox.managementKey}` },
    }).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
    if (!page) continue;
    page.data.forEach(({ id }) => ids.add(id));
    offset += page.data.length;
    if (page.data.length === 0 || offset >= page.total_count) return [...ids];
  }
}

function report(client, { made, createFailures, there, updateFailures, deleteFailures, left }) {
  const cells = [client, made, createFailures, there, there - made, updateFailures, deleteFailures, left];
  console.log(`| ${cells.join(' | ')} |`);
}
