// Finds a Chromium and starts it.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const executablePath = process.env.CHROMIUM || findOnPath();

/** Why nothing can be tested here; false if it can. */
export const whyNoBrowser = executablePath
  ? false
  : `There is no ${names.join(', ')} on PATH. Install one, such as by apt-get install chromium, or set CHROMIUM.`;

export function launch() {
  const isRoot = process.getuid?.() === 0;
  return puppeteer.launch({
    executablePath,
    // Containers have little shared memory, and no sandbox for root.
    args: ['--disable-dev-shm-usage', ...(isRoot ? ['--no-sandbox'] : [])],
    timeout: 180_000,
    protocolTimeout: 300_000,
  });
}

function findOnPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
