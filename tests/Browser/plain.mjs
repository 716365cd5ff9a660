// Without JavaScript, everything is there, and nothing that would not work. The numbers are those of other cmdlets.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { browserTest, open, read, stage, unfold } from './stage.mjs';

const plain = { javaScript: false };

describe('without JavaScript', () => {
  browserTest('all credentials are there', async (t) => {
    const page = await open(t, 'sample', plain);
    const { keys } = stage.account;
    const ids = await visibleTexts(page, '#credential-table tbody td.id');

    assert.deepEqual(ids.toSorted(), keys.map((key) => key.Id).toSorted());
    assert.equal(await text(page, '#credential-count'), String(keys.length));
    assert.equal(await text(page, '#enabled-count'), String(keys.filter((key) => !key.Disabled).length));
  });

  browserTest('all findings are there, with their commands', async (t) => {
    const page = await open(t, 'sample', plain);
    await unfold(page);
    const { findings } = stage.account;

    assert.deepEqual(
      (await visibleTexts(page, '.remedy code')).toSorted(),
      findings.map((finding) => finding.Remedy).filter(Boolean).toSorted());
    assert.equal((await visibleTexts(page, '.rule li')).length, findings.length);
    const tiles = await Promise.all(['error', 'warning', 'information'].map((name) => text(page, `#${name}-count`)));
    assert.equal(tiles.reduce((total, count) => total + Number(count), 0), findings.length);
  });

  browserTest('the numbers and the charts are there', async (t) => {
    const page = await open(t, 'sample', plain);
    await unfold(page);
    const { usage } = stage.account;

    assert.ok(Math.abs(await value(page, '#own-spend data') - usage.OwnSpend) < 1e-9);
    assert.ok(Math.abs(await value(page, '#credits-spent data') - usage.CreditsSpent) < 1e-9);
    assert.equal((await visibleTexts(page, '#days tbody tr')).length, 30);
    assert.equal((await visibleTexts(page, 'figure g')).length, 30);
    for (const chart of ['figure', '#providers', '#models']) {
      for (const bar of ['own', 'credits']) {
        const sizes = await page.$$eval(`${chart} rect.${bar}`, (all) => all.map((rect) => {
          const { width, height } = rect.getBoundingClientRect();
          return width * height;
        }));
        assert.ok(sizes.some((size) => size > 10), `${chart} ${bar}`);
      }
    }
  });

  browserTest('there is no control that would do nothing', async (t) => {
    const page = await open(t, 'sample', plain);
    await unfold(page);

    assert.deepEqual(await visibleTexts(page, 'button, input, select, textarea, label, output'), []);
  });

  browserTest('details can be opened', async (t) => {
    const page = await open(t, 'sample', plain);
    assert.equal(await page.$eval('#days', (table) => table.checkVisibility()), false);
    await page.click('#spend ~ details summary');

    assert.equal(await page.$eval('#days', (table) => table.checkVisibility()), true);
  });
});

describe('the reduced report', () => {
  browserTest('has no labels and no email addresses, which the whole report has', async () => {
    const labels = stage.account.keys.map((key) => key.Label).filter(Boolean);
    const whole = await read('sample');
    const reduced = await read('reduced');
    const address = /[\w.+-]+@[\w-]+\.\w+/;

    assert.ok(labels.length > 0);
    assert.ok(labels.every((label) => whole.includes(label)));
    assert.deepEqual(labels.filter((label) => reduced.includes(label)), []);
    assert.match(whole, address);
    assert.doesNotMatch(reduced, address);
  });

  browserTest('still tells its credentials apart', async (t) => {
    const page = await open(t, 'reduced');
    const names = await visibleTexts(page, '#credential-table tbody th');
    const headers = await visibleTexts(page, '#credential-table thead th');

    assert.equal(names.length, stage.account.keys.length);
    assert.ok(names.every((name) => name.trim()));
    assert.ok(!headers.includes('Label'));
  });
});

async function text(page, selector) {
  return page.$eval(selector, (element) => element.textContent);
}

async function value(page, selector) {
  return Number(await page.$eval(selector, (element) => element.getAttribute('value')));
}

function visibleTexts(page, selector) {
  return page.$$eval(selector, (all) =>
    all.filter((element) => element.checkVisibility()).map((element) => element.textContent));
}
