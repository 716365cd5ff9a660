// What all tests share: the browser, the reports, and the server.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch, whyNoBrowser } from './browser.mjs';
import { makeFolder, makeHostile, makeLarge, makeSample } from './reports.mjs';
import { startServer } from './server.mjs';

// Guards against hanging: other work on the machine must not fail a test.
const patience = 300_000;

export const stage = {};

before(async () => {
  if (whyNoBrowser) return;
  stage.folder = await makeFolder();
  stage.account = await makeSample(stage.folder.path);
  stage.files = {
    sample: stage.account.sample,
    reduced: stage.account.reduced,
    hostile: await makeHostile(stage.folder.path),
    large: await makeLarge(stage.folder.path),
  };
  stage.server = await startServer();
  stage.browser = await launch();
}, { timeout: 4 * patience });

after(async () => {
  await stage.browser?.close();
  await stage.server?.stop();
  await stage.folder?.remove();
}, { timeout: patience });

/** A test in the browser, which is skipped where there is none. */
export function browserTest(name, work) {
  test(name, { skip: whyNoBrowser, timeout: patience }, work);
}

/** The HTML of a report. */
export function read(report) {
  return readFile(stage.files[report], 'utf8');
}

/** A new page that is closed after the test. */
export async function newPage(t, { width = 1280, height = 900, dark = false, media, javaScript = true } = {}) {
  const page = await stage.browser.newPage();
  t.after(() => page.close());
  page.setDefaultTimeout(patience);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  if (media) await page.emulateMediaType(media);
  await page.setJavaScriptEnabled(javaScript);
  return page;
}

/** A new page that shows a report, opened as a file. */
export async function open(t, report, options) {
  const page = await newPage(t, options);
  await page.goto(addressOf(report));
  return page;
}

/** A new page that shows a report, or the HTML that it was changed to, from the server. */
export async function openServed(t, report, { change = (html) => html, ...options } = {}) {
  const page = await newPage(t, options);
  await page.goto(stage.server.origin + stage.server.serve(change(await read(report))));
  return page;
}

export function addressOf(report) {
  return pathToFileURL(stage.files[report]).href;
}

/** Shows what is folded away. */
export function unfold(page) {
  return page.$$eval('details', (all) => all.forEach((details) => { details.open = true; }));
}

/** The HTML without its content security policy. */
export function withoutPolicy(html) {
  const changed = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  assert.notEqual(changed, html);
  return changed;
}
