// Makes the reports under test with the cmdlets, each of an account of its own sandbox.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../Interop/sandbox.mjs';

/** Markup that would execute if it were not text. */
export const attacks = [
  '<script>window.executed = true</script>',
  '"><img src=x onerror="window.executed=true">',
  "'",
  "' onmouseover='window.executed=true' autofocus onfocus='window.executed=true",
  ']]></title></svg><svg onload=window.executed=true>',
  '</style><script>window.executed=true</script>',
  '</textarea>--><b>',
  '<!--',
  'javascript:window.executed=true',
  '{{title}}{{{title}}}{{> report.js}}',
];

/** Characters that would steer the text around them, or that have to fit. */
export const oddities = [
  'turned \u202Egnitset\u202C',
  'isolated \u2066on\u2069',
  'controls \u0001\u0007\u001B[31m\u007F\u009B',
  'nothing \u0000',
  'lines\r\nand\ttabs\u2028and\u2029more',
  'no space \u200B\uFEFF\u00AD',
  '😀'.repeat(127),
  '☂'.repeat(255),
  'W'.repeat(255),
  'مرحبا بالعالم',
];

export const hostileTitle = '</title><script>window.executed = true</script>"><svg onload=window.executed=true>';

export async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'reports-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The sample account, as it is and without what is personal, and what the other cmdlets say of it. */
export function makeSample(folder) {
  return withSandbox([], async (sandbox) => {
    const sample = await exportReport(sandbox, folder, 'sample', '-AllWorkspaces');
    const reduced = await exportReport(sandbox, folder, 'reduced', '-AllWorkspaces -NoLabel -Anonymous');
    const keys = await sandbox.cmdlets('Get-OpenRouterByokKey -AllWorkspaces');
    const findings = await sandbox.cmdlets('Get-OpenRouterByokKey -AllWorkspaces | Invoke-OpenRouterByokAudit');
    const [usage] = await sandbox.cmdlets('Get-OpenRouterByokUsage Total');
    return { sample, reduced, keys, findings, usage };
  });
}

/** The sample account with credentials whose names, models, members, and keys attack the page. */
export function makeHostile(folder) {
  return withSandbox([], async (sandbox) => {
    for (const [index, name] of [...attacks, ...oddities].entries()) {
      await create(sandbox, { provider: 'openai', name, is_fallback: index % 2 === 1, allowed_models: [name] });
    }
    // A credential without a name is shown by its label, which begins and ends like its key.
    await create(sandbox, { provider: 'groq', key: `<b>${'x'.repeat(20)}</b>`, allowed_user_ids: attacks });
    const title = hostileTitle.replaceAll("'", "''");
    return exportReport(sandbox, folder, 'hostile', `-AllWorkspaces -Title '${title}'`);
  });
}

/** 10,000 credentials. */
export function makeLarge(folder) {
  return withSandbox(['--keys', '10000'], (sandbox) => exportReport(sandbox, folder, 'large', '-AllWorkspaces'));
}

async function withSandbox(options, work) {
  const sandbox = await startSandbox(...options);
  try {
    return await work(sandbox);
  } finally {
    await sandbox.stop();
  }
}

async function exportReport(sandbox, folder, name, options) {
  const file = join(folder, `${name}.html`);
  await sandbox.cmdlets(`Export-OpenRouterByokReport '${file.replaceAll("'", "''")}' ${options}`);
  return file;
}

async function create(sandbox, fields) {
  const answer = await fetch(`${sandbox.address}/byok`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.managementKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'sk-proj-0123456789abcdef', ...fields }),
  });
  if (!answer.ok) throw new Error(`The sandbox refused ${JSON.stringify(fields)}: ${await answer.text()}`);
}
