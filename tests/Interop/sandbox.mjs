// Starts the sandbox's server, and runs cmdlets against it.
import { execFile, spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const bin = join(here, '..', '..', 'src', 'OpenRouter.Sandbox', 'bin');
const line = /on (\S+), management key (\S+), inference key ([^\s,]+)/;

const program = findProgram();

export async function startSandbox(...options) {
  const child = spawn('dotnet', [program, 'serve', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The sandbox ended with ${code} before it served.`)));
  });
  const [, address, managementKey, inferenceKey] = line.exec(said) ?? [];
  if (!address) throw new Error(`The sandbox said something else than its address: ${said}`);
  return {
    address,
    managementKey,
    inferenceKey,
    cmdlets: (command) => runCmdlets(address, managementKey, command),
    stop: () => stopped(child),
  };
}

/** What the sandbox answers, such as "GET /byok/{}". */
export async function endpoints() {
  const { stdout } = await promisify(execFile)('dotnet', [program, 'endpoints']);
  return stdout.trim().split(/\r?\n/);
}

/** What the command outputs, as an array of objects. */
async function runCmdlets(address, key, command) {
  const script = join(here, 'cmdlets.ps1');
  const words = [program, 'run', '--embedded', script, '-BaseUri', address, '-Command', command];
  const { stdout } = await promisify(execFile)('dotnet', words, { env: { ...process.env, INTEROP_KEY: key } });
  return JSON.parse(stdout);
}

function stopped(child) {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill();
  });
}

function findProgram() {
  const built = readdirSync(bin, { recursive: true })
    .filter((file) => /net[\d.]+[\\/]OpenRouter\.Sandbox\.dll$/.test(file))
    .map((file) => join(bin, file))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (built.length === 0) throw new Error('The sandbox is not built. Run dotnet build first.');
  return built[0];
}
