// axe finds nothing serious, whatever the width and the colours.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import axe from 'axe-core';
import { browserTest, newPage, open, unfold } from './stage.mjs';

describe('axe', () => {
  for (const report of ['sample', 'hostile']) {
    for (const width of [360, 1280]) {
      for (const dark of [false, true]) {
        const looks = `${dark ? 'dark' : 'light'}, ${width} wide`;
        browserTest(`finds nothing serious in the ${report} report, ${looks}`, async (t) => {
          const page = await open(t, report, { width, dark });
          await unfold(page);

          assert.deepEqual(await seriousViolations(page), []);
        });
      }
    }
  }

  browserTest('finds bad contrast', async (t) => {
    const page = await newPage(t);
    await page.setContent(`<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad</h1>
      <p style="color: #bbbbbb; background: #ffffff">Hard to read</p></main></html>`);

    const violations = await seriousViolations(page);
    assert.deepEqual(violations.map(({ id }) => id), ['color-contrast']);
  });
});

async function seriousViolations(page) {
  // What the debugger evaluates is not subject to the policy of the page.
  await page.evaluate(`${axe.source}; undefined`);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 5).map(({ html }) => html.slice(0, 300)) }));
}
