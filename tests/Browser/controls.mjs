// Copying commands, and sorting and filtering credentials.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { browserTest, open, openServed, stage } from './stage.mjs';

describe('copying', () => {
  browserTest('puts the whole command on the clipboard and says so', async (t) => {
    const page = await openServed(t, 'sample');
    const permissions = ['clipboard-read', 'clipboard-sanitized-write'];
    await page.browserContext().overridePermissions(stage.server.origin, permissions);
    await page.bringToFront();
    await page.evaluate(noteStatus);
    const commands = await texts(page, '.remedy code');
    const buttons = await page.$$('.remedy button');

    assert.ok(commands.length > 1);
    assert.equal(buttons.length, commands.length);
    for (const index of [0, commands.length - 1]) {
      await buttons[index].evaluate((button) => { button.closest('details').open = true; });
      await buttons[index].click();
      await page.waitForFunction(
        async (command) => await navigator.clipboard.readText() === command, {}, commands[index]);
    }
    await page.waitForFunction(() => window.said.includes('Copied.'));
    await page.waitForFunction(() => window.said.at(-1) === '');
  });

  browserTest('is offered beside each command', async (t) => {
    const page = await open(t, 'sample');
    const commands = await texts(page, '.remedy code');
    const findings = await page.$$eval('.remedy', (all) => all.map((one) => one.closest('li').textContent));

    assert.ok(findings.every((finding, index) => finding.includes(commands[index])));
    assert.deepEqual([...new Set(await texts(page, '.remedy button'))], ['Copy']);
  });

  for (const clipboard of ['refuses', 'is not there']) {
    browserTest(`selects the command where the clipboard ${clipboard}`, async (t) => {
      const page = await openServed(t, 'sample');
      await page.evaluate((isThere) => {
        const value = isThere ? { writeText: () => Promise.reject(new Error('refused')) } : undefined;
        Object.defineProperty(navigator, 'clipboard', { value });
      }, clipboard === 'refuses');
      await page.evaluate(noteStatus);
      await page.click('.remedy button');
      await page.waitForFunction(() => window.said.some((text) => text.startsWith('Selected.')));

      const [command] = await texts(page, '.remedy code');
      assert.equal(await page.evaluate(() => getSelection().toString()), command);
    });
  }
});

describe('sorting', () => {
  browserTest('goes by a header, upward and then downward', async (t) => {
    const page = await open(t, 'sample');
    const before = await column(page, 'Name');

    await sortBy(page, 'Name');
    assert.deepEqual(await sorted(page), { Name: 'ascending' });
    const ascending = await column(page, 'Name');
    assert.deepEqual(ascending, before.toSorted(new Intl.Collator('en', { numeric: true }).compare));

    await sortBy(page, 'Name');
    assert.deepEqual(await sorted(page), { Name: 'descending' });
    assert.deepEqual(await column(page, 'Name'), ascending.toReversed());

    await sortBy(page, 'Provider');
    assert.deepEqual(await sorted(page), { Provider: 'ascending' });
  });

  browserTest('keeps the rows whole', async (t) => {
    const page = await open(t, 'sample');
    const before = await texts(page, '#credential-table tbody tr');
    await sortBy(page, 'Created');

    assert.deepEqual((await texts(page, '#credential-table tbody tr')).toSorted(), before.toSorted());
  });

  for (const name of ['Order', 'Findings']) {
    browserTest(`takes the column ${name} as numbers`, async (t) => {
      const page = await open(t, 'large');
      await sortBy(page, name);

      const numbers = (await column(page, name)).map((text) => Number(text.replaceAll(',', '')));
      assert.ok(numbers.every(Number.isInteger));
      const wrong = numbers.findIndex((number, index) => index > 0 && number < numbers[index - 1]);
      assert.equal(wrong, -1, `${numbers[wrong]} comes after ${numbers[wrong - 1]}`);
    });
  }

  browserTest('and filtering of 10,000 credentials ends', async (t) => {
    const page = await open(t, 'large');
    const sorting = await page.evaluate(async () => {
      const start = performance.now();
      document.querySelector('#credential-table th:nth-child(3) button').click();
      await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
      return performance.now() - start;
    });
    const start = performance.now();
    await page.type('#filter-text', '99');
    await page.waitForFunction(() => document.querySelector('#filter output').textContent !== '');
    t.diagnostic(`sorted after ${Math.round(sorting)} ms, filtered after ${Math.round(performance.now() - start)} ms`);

    assert.deepEqual(await sorted(page), { Name: 'ascending' });
  });
});

describe('filtering', () => {
  browserTest('narrows the rows to those that have every word', async (t) => {
    const page = await open(t, 'sample');
    const all = await texts(page, '#credential-table tbody tr');
    const words = ['openai', 'production'];
    const having = (count) => all.filter((row) => words.slice(0, count)
      .every((word) => row.toLowerCase().includes(word)));
    assert.ok(all.length > having(1).length && having(1).length > having(2).length && having(2).length > 0);

    await page.type('#filter-text', words[0].toUpperCase());
    await waitForCount(page, `${having(1).length} of ${all.length} credentials`);
    assert.deepEqual(await visibleRows(page), having(1));

    await page.type('#filter-text', `  ${words[1]}`);
    await waitForCount(page, `${having(2).length} of ${all.length} credentials`);
    assert.deepEqual(await visibleRows(page), having(2));
  });

  browserTest('shows none, and all again when it is cleared', async (t) => {
    const page = await open(t, 'sample');
    const all = await texts(page, '#credential-table tbody tr');
    await page.type('#filter-text', 'no such credential');
    await waitForCount(page, `0 of ${all.length} credentials`);
    assert.deepEqual(await visibleRows(page), []);

    await page.$eval('#filter-text', (field) => field.select());
    await page.keyboard.press('Backspace');
    await waitForCount(page, '');
    assert.deepEqual(await visibleRows(page), all);
  });

  browserTest('stays when the rows are sorted', async (t) => {
    const page = await open(t, 'sample');
    await page.type('#filter-text', 'openai');
    await page.waitForFunction(() => document.querySelector('#filter output').textContent !== '');
    const before = await visibleRows(page);
    await sortBy(page, 'Id');

    assert.deepEqual((await visibleRows(page)).toSorted(), before.toSorted());
  });
});

/** Runs in the page: notes what the status says, which it says only for a while. */
function noteStatus() {
  window.said = [];
  const status = document.getElementById('status');
  new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
}

function texts(page, selector) {
  return page.$$eval(selector, (all) => all.map((element) => element.textContent));
}

function visibleRows(page) {
  return page.$$eval('#credential-table tbody tr', (all) =>
    all.filter((row) => row.checkVisibility()).map((row) => row.textContent));
}

function waitForCount(page, text) {
  return page.waitForFunction(
    (wanted) => document.querySelector('#filter output').textContent === wanted, {}, text);
}

function sortBy(page, name) {
  return page.$$eval('#credential-table th button', (all, wanted) =>
    all.find((button) => button.textContent === wanted).click(), name);
}

/** The columns that the table says it is sorted by. */
async function sorted(page) {
  return Object.fromEntries(await page.$$eval('#credential-table th[aria-sort]', (all) =>
    all.map((header) => [header.textContent, header.getAttribute('aria-sort')])));
}

function column(page, name) {
  return page.$eval('#credential-table', (table, wanted) => {
    const index = [...table.tHead.rows[0].cells].findIndex((header) => header.textContent === wanted);
    return [...table.tBodies[0].rows].map((row) => row.cells[index].textContent);
  }, name);
}
