// Everything that can be used can be reached with the Tab key, and shows that it was.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { browserTest, open } from './stage.mjs';

const kinds = ['nav a', '.rule a', 'summary', '.remedy button', '#filter-text', 'th button', '.scroll'];
const mostStops = 500;
const leastContrast = 3;

describe('the Tab key', () => {
  for (const dark of [false, true]) {
    browserTest(`reaches every control, which shows its focus, ${dark ? 'dark' : 'light'}`, async (t) => {
      const page = await open(t, 'sample', { dark });
      const wanted = await page.$$eval(
        'a, summary, .scroll, button, input',
        (all) => all.filter((element) => element.checkVisibility()).map((element, index) => {
          element.dataset.stop = index;
          return index;
        }));
      const stops = await pressTabUntilAround(page);

      assert.deepEqual(stops.map(({ stop }) => stop), wanted, 'in the order of the page');
      for (const kind of kinds) assert.ok(stops.some((stop) => stop.kinds.includes(kind)), kind);
      for (const { html, outline } of stops) {
        assert.ok(outline.width >= 2 && outline.isInView, `${html} ${JSON.stringify(outline)}`);
        assert.ok(contrast(outline.color, outline.page) >= leastContrast, `${html} ${JSON.stringify(outline)}`);
      }
    });
  }

  browserTest('is followed by Enter or text to sort, to unfold, and to filter', async (t) => {
    const page = await open(t, 'sample');
    await page.focus('th button');
    await page.keyboard.press('Enter');
    assert.equal(await page.$eval('#credential-table th', (header) => header.ariaSort), 'ascending');

    await page.focus('#spend ~ details summary');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#days', { visible: true });

    await page.focus('#filter-text');
    await page.keyboard.type('azure');
    await page.waitForFunction(() => document.querySelector('#filter output').textContent !== '');
  });
});

async function pressTabUntilAround(page) {
  const stops = [];
  while (stops.length < mostStops) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus, kinds);
    if (!stop || stop.stop === stops[0]?.stop) return stops;
    stops.push(stop);
  }
  throw new Error(`There are more than ${mostStops} stops.`);
}

/** Runs in the page: what has the focus and how that shows; null if nothing has. */
function describeFocus(kinds) {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const { top, bottom } = element.getBoundingClientRect();
  return {
    stop: Number(element.dataset.stop),
    html: element.outerHTML.slice(0, 120),
    kinds: kinds.filter((kind) => element.matches(kind)),
    outline: {
      width: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
      color: style.outlineColor,
      page: getComputedStyle(document.body).backgroundColor,
      isInView: bottom > 0 && top < innerHeight,
    },
  };
}

/** The contrast of two colours as WCAG defines it. */
function contrast(first, second) {
  const [darker, brighter] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (brighter + 0.05) / (darker + 0.05);
}

function luminance(color) {
  const [red, green, blue] = color.match(/\d+/g).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
