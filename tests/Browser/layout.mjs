// The page fits a phone, a tablet, and a desk, in light and in dark.
import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { browserTest, open, unfold } from './stage.mjs';

const widths = [360, 768, 1280];
const screenshots = join(dirname(fileURLToPath(import.meta.url)), 'screenshots');

/** A picture of this size shows more than a background. */
const smallestPicture = 10_000;

describe('the layout', () => {
  for (const report of ['sample', 'hostile']) {
    for (const width of widths) {
      browserTest(`of the ${report} report does not scroll sideways, ${width} wide`, async (t) => {
        const page = await open(t, report, { width });
        await unfold(page);

        assert.deepEqual(await page.evaluate(protruding), []);
      });
    }
  }

  for (const width of widths) {
    for (const scheme of ['light', 'dark']) {
      browserTest(`of the sample report is photographed, ${scheme}, ${width} wide`, async (t) => {
        const page = await open(t, 'sample', { width, dark: scheme === 'dark' });
        await mkdir(screenshots, { recursive: true });
        const path = join(screenshots, `sample-${scheme}-${width}.png`);
        await page.screenshot({ path, fullPage: true });

        assert.ok((await stat(path)).size > smallestPicture);
      });
    }
  }

  browserTest('has dark colours only where they are preferred', async (t) => {
    const light = await brightness(await open(t, 'sample'));
    const dark = await brightness(await open(t, 'sample', { dark: true }));

    assert.ok(light.page > light.text);
    assert.ok(dark.page < dark.text);
  });
});

/** Runs in the page: what makes the document wider than the window. */
function protruding() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isTooWide = (element) => element.getBoundingClientRect().right > clientWidth && !element.closest('.scroll');
  const found = [...document.body.querySelectorAll('*')].filter(isTooWide);
  return [`${scrollWidth} > ${clientWidth}`, ...found.slice(0, 5).map((element) => element.outerHTML.slice(0, 200))];
}

function brightness(page) {
  return page.$eval('body', (body) => {
    const sum = (color) => color.match(/\d+/g).slice(0, 3).reduce((total, part) => total + Number(part), 0);
    const { backgroundColor, color } = getComputedStyle(body);
    return { page: sum(backgroundColor), text: sum(color) };
  });
}
