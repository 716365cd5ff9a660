// Opening the page, and using it, is silent: no message, no error, no request.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { describe } from 'node:test';
import { addressOf, browserTest, newPage, read, stage } from './stage.mjs';

const largestSize = 8_000_000;
const hang = 60_000;

describe('opening', () => {
  for (const report of ['sample', 'hostile', 'reduced']) {
    browserTest(`the ${report} report as a file requests only that file`, async (t) => {
      const page = await newPage(t);
      const seen = watch(page);
      await page.goto(addressOf(report));
      await use(page);

      assert.deepEqual(seen, { messages: [], requests: [addressOf(report)] });
    });

    browserTest(`the ${report} report over HTTP requests only that page`, async (t) => {
      const path = stage.server.serve(await read(report));
      const served = stage.server.watch();
      const page = await newPage(t);
      const seen = watch(page);
      await page.goto(stage.server.origin + path);
      await use(page);

      assert.deepEqual(seen, { messages: [], requests: [stage.server.origin + path] });
      assert.deepEqual(served(), [path]);
    });
  }

  browserTest('another page is seen to write, to fail, and to request an image and its icon', async (t) => {
    const path = stage.server.serve(`<script>
      console.log('written');
      new Image().src = '/opening/image';
      throw new Error('failed');
    </script>`);
    const page = await newPage(t);
    const seen = watch(page);
    await page.goto(stage.server.origin + path, { waitUntil: 'networkidle0' });
    await stage.server.requested('/favicon.ico');

    assert.ok(seen.messages.includes('written'));
    assert.ok(seen.messages.includes('failed'));
    assert.ok(seen.requests.includes(`${stage.server.origin}/opening/image`));
    assert.deepEqual(stage.server.requestsBelow('/opening/'), ['/opening/image']);
  });

  browserTest('10,000 credentials fit into 8 MB and open', async (t) => {
    const { size } = await stat(stage.files.large);
    const page = await newPage(t);
    const seen = watch(page);
    await page.evaluateOnNewDocument(noteWhenShown);
    await page.goto(addressOf('large'));
    const shown = await page.waitForFunction(() => window.shownAfter);
    const milliseconds = Math.round(await shown.jsonValue());
    const rows = await page.$$eval('#credential-table tbody tr', (all) => all.length);
    t.diagnostic(`${rows} credentials: ${size} bytes, shown after ${milliseconds} ms`);

    assert.equal(rows, 10_000);
    assert.ok(size < largestSize, `${size} bytes`);
    assert.ok(milliseconds < hang, `${milliseconds} ms`);
    assert.deepEqual(seen, { messages: [], requests: [addressOf('large')] });
  });
});

/** Everything that the page says on the console or asks for; errors count as messages. */
function watch(page) {
  const seen = { messages: [], requests: [] };
  page.on('console', (message) => seen.messages.push(message.text()));
  page.on('pageerror', (error) => seen.messages.push(error.message));
  page.on('request', (request) => {
    // The empty icon is part of the page.
    if (request.url() !== 'data:,') seen.requests.push(request.url());
  });
  return seen;
}

/** Presses every button, types a filter, and waits for what comes of it. */
async function use(page) {
  await page.$$eval('button', (all) => all.forEach((button) => button.click()));
  await page.type('#filter-text', 'openai');
  await page.waitForFunction(() => document.querySelector('#filter output').textContent !== '');
  await page.waitForNetworkIdle();
}

/** Runs in the page: notes the time from the start of the navigation until the loaded page was painted. */
function noteWhenShown() {
  addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.shownAfter = performance.now();
  })));
}
