// The printed page is light, whole, without controls, and on A4: the table of credentials across.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { browserTest, open } from './stage.mjs';

/** What is left of the width of A4 between the margins, in pixels. */
const uprightWidth = widthOf(210);
const acrossWidth = widthOf(297);

/** An id breaks at its hyphens. */
const mostLines = 5;

const printed = { media: 'print', width: uprightWidth };
const printedAcross = { media: 'print', width: acrossWidth };

describe('in print', () => {
  browserTest('the page is light where dark is preferred', async (t) => {
    const dark = await colors(await open(t, 'sample', { ...printed, dark: true }));

    assert.deepEqual(dark, await colors(await open(t, 'sample')));
    assert.equal(dark.background, 'rgb(255, 255, 255)');
  });

  browserTest('what is folded is shown', async (t) => {
    const page = await open(t, 'sample', printed);
    const hidden = await page.$$eval('details:not([open]) :is(p, table)', (all) => ({
      all: all.length,
      hidden: all.filter((element) => !element.checkVisibility() || element.getBoundingClientRect().height < 1).length,
    }));

    assert.ok(hidden.all > 0);
    assert.equal(hidden.hidden, 0);
  });

  browserTest('a browser that cannot do that opens them, and folds them again', async (t) => {
    const page = await open(t, 'sample');
    const openCount = () => page.$$eval('details', (all) => all.filter((details) => details.open).length);
    const count = (await page.$$('details')).length;
    const before = await openCount();
    assert.ok(before < count);

    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await openCount(), count);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.equal(await openCount(), before);
  });

  browserTest('there are no controls', async (t) => {
    const page = await open(t, 'sample', printed);
    const shown = await page.$$eval('nav, .remedy button, label, input, #status', (all) =>
      all.filter((element) => element.checkVisibility()).map((element) => element.outerHTML));

    assert.deepEqual(shown, []);
  });

  browserTest('every column keeps its header', async (t) => {
    const page = await open(t, 'sample', printed);
    const headers = await page.$$eval('thead th', (all) => all.map((header) => header.innerText.trim()));

    assert.ok(headers.length > 0);
    assert.ok(headers.every(Boolean), JSON.stringify(headers));
  });

  browserTest('no label and no id is squeezed', async (t) => {
    const page = await open(t, 'sample', printedAcross);
    const lines = await page.$$eval('#credential-table td.code', (all) => all.map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return new Set([...range.getClientRects()].map(({ top }) => top)).size;
    }));

    assert.ok(lines.length > 0);
    assert.ok(Math.max(...lines) <= mostLines, `${Math.max(...lines)} lines`);
  });

  for (const report of ['sample', 'hostile']) {
    browserTest(`the ${report} report is not wider than the paper`, async (t) => {
      const upright = await widerThan(uprightWidth, await open(t, report, printed), 'body *:not(.list, .list *)');
      const across = await widerThan(acrossWidth, await open(t, report, printedAcross), '.list *');

      assert.deepEqual([...upright, ...across].slice(0, 5), []);
    });
  }

  browserTest('the paper is A4', async (t) => {
    const page = await open(t, 'sample');
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)]
      .map(([, width, height]) => `${Math.round(width)} x ${Math.round(height)}`);

    t.diagnostic(`${sizes.length} pages`);
    assert.deepEqual([...new Set(sizes)], ['595 x 842', '842 x 595']);
  });
});

function widthOf(millimeters) {
  return Math.floor((millimeters - 2 * 15) / 25.4 * 96);
}

/** The elements that reach beyond the width. */
function widerThan(width, page, selector) {
  return page.$$eval(selector, (all, most) => all
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > most + 1)
    .map((element) => element.outerHTML.slice(0, 100)), width);
}

function colors(page) {
  return page.$eval('body', (body) => {
    const { backgroundColor, color } = getComputedStyle(body);
    return { background: backgroundColor, text: color };
  });
}
